package dev.allclear.lock;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who held what, from when to when. A lock is taken between two reads of the lock table, and ends with its transaction, which the
 * cheap look at sessions shows as well. Where the session's own clock readings fall between the looks, they are taken for it, else
 * the middle is, and the distance of the looks is stated as the error. Not thread-safe.
 */
final class HoldLedger {
    private static final Duration FRESH = Duration.ofSeconds(5);

    private final Map<Key, Open> open = new LinkedHashMap<>();
    private final List<LockHold> ended = new ArrayList<>();
    private final Predicate<SeenSession> isBefore;

    private record Key(Backend backend, String relation, LockMode mode, Optional<Instant> transaction) {
        boolean goesOn(Optional<Pulse> now) {
            return now.filter(pulse -> pulse.transactionSince().equals(transaction))
                    .isPresent();
        }
    }

    private static final class Open {
        private final Instant earliest;
        private final Instant from;
        private final Duration error;
        private final Set<Backend> waiters = new HashSet<>();
        private SeenSession session;
        /** Last seen in the lock table. */
        private Instant seen;
        /** Its transaction was last seen open. */
        private Instant alive;

        Open(SeenSession session, Instant earliest, Instant from, Duration error, Instant seen) {
            this.session = session;
            this.earliest = earliest;
            this.from = from;
            this.error = error;
            this.seen = seen;
            this.alive = seen;
        }
    }

    /** @param isBefore whether a session's transaction began before the run */
    HoldLedger(Predicate<SeenSession> isBefore) {
        this.isBefore = isBefore;
    }

    void glance(Glance glance) {
        end(entry -> {
            if (entry.getKey().backend().isPrepared()) {
                return Optional.empty();
            }
            Optional<Pulse> now = pulse(
                    entry.getKey(), glance.pulses().get(entry.getKey().backend().pid()));
            if (entry.getKey().goesOn(now)) {
                entry.getValue().alive = glance.at();
                return Optional.empty();
            }
            return Optional.of(withItsTransaction(entry.getKey(), entry.getValue(), now, glance.at()));
        });
    }

    /**
     * @param earliest the earliest moment at which the session may have taken a lock that was not there before
     * @param afterGap whether looks were missed since then, so that several statements may have gone by unseen
     */
    void read(LockSample sample, Function<Backend, Optional<Instant>> earliest, boolean afterGap) {
        Instant at = sample.at();
        Set<Key> held = new HashSet<>();
        sample.locks().stream()
                .filter(lock -> lock.granted() && lock.blocksWrites())
                .forEach(lock -> held.add(see(lock, at, earliest, afterGap)));
        end(entry -> held.contains(entry.getKey())
                ? Optional.empty()
                : Optional.of(released(entry.getKey(), entry.getValue(), sample)));
        sample.locks().stream().filter(lock -> !lock.granted()).forEach(lock -> blames(lock, sample));
        Bounded.keepLongest(ended, Comparator.comparing(LockHold::length));
    }

    private Key see(SeenLock lock, Instant at, Function<Backend, Optional<Instant>> since, boolean afterGap) {
        SeenSession session = lock.session();
        Key key = new Key(
                session.backend(),
                lock.relation().orElseThrow(),
                lock.mode().orElseThrow(),
                session.transactionSince());
        Open hold = open.get(key);
        if (hold == null) {
            Instant earliest = later(
                    since.apply(session.backend()).orElse(at),
                    session.transactionSince().filter(at::isAfter));
            Optional<Instant> said = session.queryStart()
                    .filter(start -> !start.isBefore(earliest))
                    .map(start -> earlier(start, at));
            hold = new Open(
                    session,
                    said.filter(start -> !afterGap).orElse(earliest),
                    said.orElse(middle(earliest, at)),
                    Duration.between(earliest, at),
                    at);
            open.put(key, hold);
        }
        hold.session = session;
        hold.seen = at;
        hold.alive = at;
        return key;
    }

    private void blames(SeenLock waiting, LockSample sample) {
        Backend backend = waiting.session().backend();
        Set<Backend> blockers = new HashSet<>();
        sample.allBlockersOf(backend.pid()).forEach(blocker -> blockers.add(blocker.backend()));
        open.forEach((key, hold) -> {
            if (blockers.contains(key.backend())
                    && waiting.relation().filter(key.relation()::equals).isPresent()) {
                hold.waiters.add(backend);
            }
        });
    }

    private void end(Function<Map.Entry<Key, Open>, Optional<LockHold>> ending) {
        open.entrySet().removeIf(entry -> {
            Optional<LockHold> hold = ending.apply(entry);
            hold.ifPresent(ended::add);
            return hold.isPresent();
        });
    }

    private LockHold released(Key key, Open hold, LockSample sample) {
        Optional<SeenSession> session =
                Optional.ofNullable(sample.sessions().get(key.backend().pid()));
        Optional<Pulse> now = pulse(key, session.map(Pulse::of).orElse(null));
        return key.goesOn(now)
                ? hold(
                        key,
                        hold,
                        middle(hold.seen, sample.at()),
                        Duration.between(hold.seen, sample.at()),
                        sample.at(),
                        false)
                : withItsTransaction(key, hold, now, sample.at());
    }

    private LockHold withItsTransaction(Key key, Open hold, Optional<Pulse> now, Instant at) {
        Instant latest = now.flatMap(Pulse::transactionSince)
                .filter(begun -> begun.isAfter(hold.alive) && begun.isBefore(at))
                .orElse(at);
        Optional<Instant> said = now.flatMap(Pulse::idleSince)
                .filter(change -> !change.isBefore(hold.alive))
                .map(change -> earlier(change, at));
        return hold(
                key,
                hold,
                said.orElse(middle(hold.alive, latest)),
                Duration.between(hold.alive, latest),
                said.orElse(latest),
                false);
    }

    /**
     * @param error how far the end may be off, beside the beginning
     * @param latest the latest that the end may have been
     */
    private LockHold hold(Key key, Open hold, Instant to, Duration error, Instant latest, boolean stillOpen) {
        return new LockHold(
                hold.session,
                key.relation(),
                key.mode(),
                hold.from,
                to.isBefore(hold.from) ? hold.from : to,
                hold.error.plus(error),
                Duration.between(hold.earliest, latest),
                hold.waiters.size(),
                isBefore.test(hold.session),
                stillOpen);
    }

    private static Optional<Pulse> pulse(Key key, @Nullable Pulse found) {
        return Optional.ofNullable(found).filter(pulse -> pulse.backend().equals(key.backend()));
    }

    /** The process ids whose clock readings every look should bring. */
    Set<Integer> holders() {
        Set<Integer> pids = new HashSet<>();
        open.keySet().forEach(key -> pids.add(key.backend().pid()));
        return pids;
    }

    /** Whether something is held that was taken so lately that its end is worth a closer look. */
    boolean isFresh(Instant at) {
        return open.values().stream().anyMatch(hold -> hold.from.plus(FRESH).isAfter(at));
    }

    /** Longest first; an open one ends with the last look. */
    List<LockHold> holds() {
        Stream<LockHold> still = open.entrySet().stream().map(entry -> open(entry.getKey(), entry.getValue()));
        return Stream.concat(ended.stream(), still)
                .sorted(Comparator.comparing(LockHold::length).reversed())
                .toList();
    }

    private LockHold open(Key key, Open hold) {
        return hold(key, hold, hold.alive, Duration.ZERO, hold.alive, true);
    }

    private static Instant later(Instant one, Optional<Instant> other) {
        return other.filter(one::isBefore).orElse(one);
    }

    /** A look's time is that of its beginning: what it shows may be a little younger. */
    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static Instant middle(Instant from, Instant to) {
        return from.plus(Duration.between(from, to).dividedBy(2));
    }
}
