package dev.allclear.lock;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes holds and waits of samples. An end of a hold lies between two samples; where the session's own clock readings
 * ({@code query_start}, {@code state_change}) fall between them, they are taken for it, else the middle is, and the distance of
 * the samples is stated as the error. Bounded in memory: the longest holds and waits are kept. Not thread-safe.
 */
final class LockTimeline {
    private static final int KEPT = 2_000;

    private final Optional<Instant> since;
    private final Map<Key, Open> open = new LinkedHashMap<>();
    private final Map<Backend, OpenWait> waiting = new LinkedHashMap<>();
    private final List<LockHold> holds = new ArrayList<>();
    private final List<LockWait> waits = new ArrayList<>();
    private final List<Gap> gaps = new ArrayList<>();
    private final Set<Backend> strong = new HashSet<>();
    private Optional<Instant> runBegan = Optional.empty();
    private Optional<Instant> first = Optional.empty();
    private Optional<Instant> last;
    private Optional<Instant> completion = Optional.empty();
    private long samples;
    private boolean interrupted;

    private record Key(Backend backend, String relation, LockMode mode, Optional<Instant> transaction) {}

    private static final class Open {
        private final Instant from;
        private final Duration error;
        private final Set<Backend> waiters = new HashSet<>();
        private SeenSession session;
        private Instant seen;

        Open(SeenSession session, Instant from, Duration error, Instant seen) {
            this.session = session;
            this.from = from;
            this.error = error;
            this.seen = seen;
        }
    }

    private static final class OpenWait {
        private final SeenLock lock;
        private final Instant from;
        private final Map<Backend, SeenSession> blockers = new LinkedHashMap<>();
        private Instant seen;

        OpenWait(SeenLock lock, Instant at) {
            this.lock = lock;
            this.from = lock.waitingSince().filter(at::isAfter).orElse(at);
            this.seen = at;
        }

        LockWait until(Instant to) {
            return new LockWait(lock.session(), lock.relation(), from, to, Set.copyOf(blockers.values()));
        }
    }

    private LockTimeline(Optional<Instant> since) {
        this.since = since;
        this.last = since;
        this.interrupted = since.isPresent();
    }

    static LockTimeline starting() {
        return new LockTimeline(Optional.empty());
    }

    /** Of an observation that began at {@code since}, whose samples up to now are lost. */
    static LockTimeline resuming(Instant since) {
        return new LockTimeline(Optional.of(since));
    }

    /** The run began earlier than the observation: transactions from then on are not from before. */
    void began(Instant moment) {
        runBegan = Optional.of(moment);
    }

    void add(LockSample sample) {
        Instant at = sample.at();
        if (last.filter(at::isBefore).isPresent()) {
            return; // the server's clock was set back; times would come out negative
        }
        if (interrupted) {
            last.ifPresent(from -> gaps.add(new Gap(from, at)));
            interrupted = false;
        }
        sample.locks().stream().filter(SeenLock::blocksWrites).forEach(lock -> see(lock, at));
        closeHolds(sample);
        addWaits(sample);
        first = first.or(() -> Optional.of(at));
        last = Optional.of(at);
        samples++;
    }

    /** Samples were missed: the time until the next one is a gap. */
    void interrupt() {
        interrupted = true;
    }

    /** The run is over; whoever takes a lock from now on is not the migration. */
    void complete(Instant at) {
        completion = Optional.of(completion.orElse(at));
    }

    private void see(SeenLock lock, Instant at) {
        SeenSession session = lock.session();
        if (completion.isEmpty() && !session.isServersOwn() && !isBefore(session)) {
            strong.add(session.backend());
        }
        if (!lock.granted()) {
            return;
        }
        Key key = new Key(
                session.backend(),
                lock.relation().orElseThrow(),
                lock.mode().orElseThrow(),
                session.transactionSince());
        Open hold = open.get(key);
        if (hold == null) {
            Instant earliest = later(last.orElse(at), session.transactionSince().filter(at::isAfter));
            Instant from = session.queryStart()
                    .filter(start -> !start.isBefore(earliest) && !start.isAfter(at))
                    .orElse(middle(earliest, at));
            hold = new Open(session, from, Duration.between(earliest, at), at);
            open.put(key, hold);
        }
        hold.session = session;
        hold.seen = at;
    }

    private void closeHolds(LockSample sample) {
        Instant at = sample.at();
        Iterator<Map.Entry<Key, Open>> entries = open.entrySet().iterator();
        while (entries.hasNext()) {
            Map.Entry<Key, Open> entry = entries.next();
            Open hold = entry.getValue();
            if (hold.seen.equals(at)) {
                continue;
            }
            Optional<SeenSession> now = Optional.ofNullable(
                            sample.sessions().get(entry.getKey().backend().pid()))
                    .filter(session -> session.backend().equals(entry.getKey().backend()));
            Instant latest = now.flatMap(SeenSession::transactionSince)
                    .filter(begun -> begun.isAfter(hold.seen) && begun.isBefore(at))
                    .orElse(at);
            Instant to = now.filter(SeenSession::isIdle)
                    .flatMap(SeenSession::stateChange)
                    .filter(change -> !change.isBefore(hold.seen) && !change.isAfter(at))
                    .orElse(middle(hold.seen, latest));
            holds.add(hold(entry.getKey(), hold, to, hold.error.plus(Duration.between(hold.seen, latest)), false));
            entries.remove();
        }
        shorten(holds, Comparator.comparing(LockHold::length));
    }

    private void addWaits(LockSample sample) {
        Instant at = sample.at();
        for (SeenLock lock : sample.locks()) {
            if (lock.granted()) {
                continue;
            }
            Backend backend = lock.session().backend();
            OpenWait known = waiting.get(backend);
            if (known == null
                    || lock.waitingSince().filter(known.seen::isBefore).isPresent()) {
                closeWait(known, at);
                known = new OpenWait(lock, at);
                waiting.put(backend, known);
            }
            Map<Backend, SeenSession> blockers = new LinkedHashMap<>();
            sample.allBlockersOf(backend.pid()).forEach(blocker -> blockers.put(blocker.backend(), blocker));
            known.blockers.putAll(blockers);
            known.seen = at;
            open.forEach((key, hold) -> {
                if (blockers.containsKey(key.backend())
                        && lock.relation().filter(key.relation()::equals).isPresent()) {
                    hold.waiters.add(backend);
                }
            });
        }
        waiting.values().removeIf(wait -> !wait.seen.equals(at) && closeWait(wait, at));
        shorten(waits, Comparator.comparing(LockWait::length));
    }

    private boolean closeWait(@Nullable OpenWait wait, Instant at) {
        if (wait != null) {
            waits.add(wait.until(middle(wait.seen, at)));
        }
        return true;
    }

    private LockHold hold(Key key, Open hold, Instant to, Duration error, boolean stillOpen) {
        return new LockHold(
                hold.session,
                key.relation(),
                key.mode(),
                hold.from,
                to,
                error,
                hold.waiters.size(),
                isBefore(hold.session),
                stillOpen);
    }

    private boolean isBefore(SeenSession session) {
        // in the very first sample everything that is there was there before
        return runBegan.or(() -> since)
                .or(() -> first)
                .map(session::beganBefore)
                .orElse(true);
    }

    private static <T> void shorten(List<T> list, Comparator<T> length) {
        if (list.size() > 2 * KEPT) {
            list.sort(length.reversed());
            list.subList(KEPT, list.size()).clear();
        }
    }

    private static Instant later(Instant one, Optional<Instant> other) {
        return other.filter(one::isBefore).orElse(one);
    }

    private static Instant middle(Instant from, Instant to) {
        return from.plus(Duration.between(from, to).dividedBy(2));
    }

    /** Closed and open holds, longest first; an open one ends with the last sample. */
    List<LockHold> holds() {
        Stream<LockHold> still = open.entrySet().stream()
                .map(entry ->
                        hold(entry.getKey(), entry.getValue(), entry.getValue().seen, entry.getValue().error, true));
        return Stream.concat(holds.stream(), still)
                .sorted(Comparator.comparing(LockHold::length).reversed())
                .toList();
    }

    List<LockWait> waits() {
        return Stream.concat(waits.stream(), waiting.values().stream().map(wait -> wait.until(wait.seen)))
                .sorted(Comparator.comparing(LockWait::length).reversed())
                .toList();
    }

    /** Sessions that, during the run, took or wanted a lock that blocks ordinary writes. */
    Set<Backend> strong() {
        return Set.copyOf(strong);
    }

    /** The process ids whose clock readings the next sample should bring, even if they hold nothing any more. */
    Set<Integer> holders() {
        Set<Integer> pids = new HashSet<>();
        open.keySet().forEach(key -> pids.add(key.backend().pid()));
        return pids;
    }

    List<Gap> gaps() {
        return List.copyOf(gaps);
    }

    /** Whether at least one sample was taken before the moment. */
    boolean sawAnythingBefore(Instant moment) {
        return first.filter(moment::isAfter).isPresent();
    }

    long samples() {
        return samples;
    }

    Optional<Instant> from() {
        return since.or(() -> first);
    }

    Optional<Instant> to() {
        return last;
    }
}
