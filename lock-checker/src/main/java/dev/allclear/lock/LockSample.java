package dev.allclear.lock;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The lock table at one moment.
 *
 * @param at the database's clock
 * @param sessions by process id, of prepared transactions one for all: all that hold, wait, block, or held in the sample before
 * @param blockers for each waiting process id, the process ids it directly waits for
 * @param cut whether there was more than one look takes in
 */
record LockSample(
        Instant at,
        Map<Integer, SeenSession> sessions,
        List<SeenLock> locks,
        List<AdvisoryLock> advisory,
        Map<Integer, Set<Integer>> blockers,
        boolean cut) {
    private static final int PREPARED = 0;

    LockSample {
        sessions = Map.copyOf(sessions);
        locks = List.copyOf(locks);
        advisory = List.copyOf(advisory);
        blockers = Map.copyOf(blockers);
    }

    LockSample(
            Instant at,
            Map<Integer, SeenSession> sessions,
            List<SeenLock> locks,
            List<AdvisoryLock> advisory,
            Map<Integer, Set<Integer>> blockers) {
        this(at, sessions, locks, advisory, blockers, false);
    }

    /** Everybody the process waits for, directly or behind others in the queue. */
    Set<SeenSession> allBlockersOf(int pid) {
        Set<Integer> seen = new HashSet<>();
        Deque<Integer> next = new ArrayDeque<>(blockers.getOrDefault(pid, Set.of()));
        while (!next.isEmpty()) {
            int blocker = next.pop();
            if (blocker != pid && seen.add(blocker)) {
                next.addAll(blockers.getOrDefault(blocker, Set.of()));
            }
        }
        Set<SeenSession> ahead = new HashSet<>();
        if (seen.contains(PREPARED)) {
            seen.add(pid);
            ahead.addAll(preparedAheadOf(seen));
            seen.remove(pid);
        }
        if (!ahead.isEmpty()) {
            seen.remove(PREPARED);
        }
        seen.forEach(blocker -> Optional.ofNullable(sessions.get(blocker)).ifPresent(ahead::add));
        return ahead;
    }

    /** Prepared transactions share one process id; those are meant that hold what is waited for. */
    private Set<SeenSession> preparedAheadOf(Set<Integer> waiters) {
        Set<String> wanted = new HashSet<>();
        for (SeenLock lock : locks) {
            if (!lock.granted() && waiters.contains(lock.session().backend().pid())) {
                lock.relation().ifPresent(wanted::add);
            }
        }
        Set<SeenSession> holders = new HashSet<>();
        for (SeenLock lock : locks) {
            if (lock.granted()
                    && lock.session().backend().isPrepared()
                    && lock.relation().filter(wanted::contains).isPresent()) {
                holders.add(lock.session());
            }
        }
        return holders;
    }

    /** How many sessions wait because of this one. */
    long waitersBehind(Backend backend) {
        return blockers.keySet().stream()
                .filter(waiter -> allBlockersOf(waiter).stream()
                        .anyMatch(blocker -> blocker.backend().equals(backend)))
                .count();
    }
}
