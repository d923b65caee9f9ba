package dev.allclear.lock;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes holds, waits and gaps of looks at a database, for one run. Bounded in memory: the longest holds and waits are kept. Not
 * thread-safe.
 */
final class LockTimeline {
    private final Optional<Instant> since;
    private final HoldLedger holds = new HoldLedger(this::isBefore);
    private final WaitLedger waits = new WaitLedger();
    private final List<Gap> gaps = new ArrayList<>();
    private final List<Gap> unread = new ArrayList<>();
    private final Map<Backend, String> strong = new HashMap<>();
    private Optional<Instant> runBegan = Optional.empty();
    private Optional<Instant> first = Optional.empty();
    private Optional<Instant> lastRead;
    private Optional<Instant> last;
    private Optional<Instant> completion = Optional.empty();
    private long reads;
    private long glances;
    private Optional<Instant> newsSince = Optional.empty();
    private Optional<Instant> setBackTo = Optional.empty();
    private boolean interrupted;
    private boolean cut;

    private LockTimeline(Optional<Instant> since) {
        this.since = since;
        this.last = since;
        this.lastRead = since;
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

    void add(Glance glance) {
        if (!advance(glance.at())) {
            return;
        }
        if (glance.hasNews() || isNews(glance)) {
            newsSince = newsSince.or(() -> Optional.of(glance.at()));
        }
        holds.glance(glance);
        waits.glance(glance);
        glances++;
    }

    void add(LockSample sample) {
        Instant at = sample.at();
        if (!advance(at)) {
            return;
        }
        sample.locks().stream().filter(SeenLock::isOfDdl).forEach(this::attribute);
        boolean afterGap =
                gaps.stream().anyMatch(gap -> lastRead.filter(gap.to()::isAfter).isPresent());
        cut |= sample.cut();
        holds.read(sample, backend -> latest(lastRead, waits.lastSeen(backend)), afterGap);
        waits.read(sample);
        newsSince.ifPresent(from -> unread.add(new Gap(from, at)));
        newsSince = Optional.empty();
        Bounded.keepLongest(unread, Comparator.comparing(Gap::length));
        first = first.or(() -> Optional.of(at));
        lastRead = Optional.of(at);
        reads++;
    }

    /**
     * False for a look that came before the last: the server's clock was set back, and times would come out negative. Nothing counts
     * until it has made up for that, so that time is a gap.
     */
    private boolean advance(Instant at) {
        if (last.filter(at::isBefore).isPresent()) {
            Instant until = setBackTo.or(() -> last).orElseThrow();
            if (at.isBefore(until)) {
                missed(at, until);
                setBackTo = Optional.of(at);
            }
            return false;
        }
        if (interrupted) {
            last.ifPresent(from -> missed(from, at));
        }
        interrupted = false;
        setBackTo = Optional.empty();
        last = Optional.of(at);
        return true;
    }

    private void missed(Instant from, Instant to) {
        missed(new Gap(from, to));
    }

    /** Nothing was seen then. */
    void missed(Gap gap) {
        if (gaps.stream().anyMatch(known -> known.from().equals(gap.from()))) {
            return; // a longer one that began then, as after a restart, says it
        }
        gaps.add(gap);
        Bounded.keepLongest(gaps, Comparator.comparing(Gap::length));
    }

    /** Looks were missed: the time until the next one is a gap. */
    void interrupt() {
        interrupted = true;
    }

    /** A look at this moment comes too late when the last was longer ago than this. */
    void expectBefore(Instant at, Duration longest) {
        interrupted |= last.filter(before -> before.plus(longest).isBefore(at)).isPresent();
    }

    /** The run is over; whoever takes a lock from now on is not the migration. */
    void complete(Instant at) {
        completion = Optional.of(completion.orElse(at));
    }

    private void attribute(SeenLock lock) {
        SeenSession session = lock.session();
        if (completion.isEmpty() && !session.isServersOwn() && !isBefore(session)) {
            strong.put(session.backend(), session.application());
        }
    }

    /** Whether its transaction began before the run. */
    boolean isBefore(SeenSession session) {
        // in the very first sample everything that is there was there before
        return runBegan.or(() -> since)
                .or(() -> first)
                .map(session::beganBefore)
                .orElse(true);
    }

    private static Optional<Instant> latest(Optional<Instant> one, Optional<Instant> other) {
        return one.isPresent() && other.isPresent()
                ? (one.get().isBefore(other.get()) ? other : one)
                : one.or(() -> other);
    }

    /** Closed and open holds, longest first. */
    List<LockHold> holds() {
        return holds.holds();
    }

    /** Longest first. */
    List<LockWait> waits() {
        return waits.waits();
    }

    /** Sessions that, during the run, took or wanted a lock that blocks ordinary writes, with the names they went by. */
    Map<Backend, String> strong() {
        return Map.copyOf(strong);
    }

    /** The process ids whose clock readings the next look should bring, even if they hold nothing any more. */
    Set<Integer> wanted() {
        Set<Integer> pids = holds.holders();
        waits.waiting().forEach(backend -> pids.add(backend.pid()));
        return pids;
    }

    /** Whether a lock was taken so lately that looks at twice the pace are worth it: half a period means less for long ones. */
    boolean isWorthACloserLook() {
        return last.filter(holds::isFresh).isPresent();
    }

    /** Whether somebody began or ceased to wait since the lock table was read. */
    boolean isNews(Glance glance) {
        return !glance.waiting().equals(waits.waiting());
    }

    List<Gap> gaps() {
        return gaps.stream().sorted(Comparator.comparing(Gap::from)).toList();
    }

    /** The times in which sessions did something that may have taken a lock, until the lock table was read. */
    List<Gap> unread() {
        return List.copyOf(unread);
    }

    /** Whether the lock table was read at least once before the moment. */
    boolean sawAnythingBefore(Instant moment) {
        return first.filter(moment::isAfter).isPresent();
    }

    /** Whether a read found more than it takes in: what is not among that looks as if it had been released. */
    boolean wasCut() {
        return cut;
    }

    /** How often anything was looked at. */
    long looks() {
        return glances + reads;
    }

    long reads() {
        return reads;
    }

    Optional<Instant> from() {
        return since.or(() -> first);
    }

    Optional<Instant> to() {
        return last;
    }

    Optional<Instant> completion() {
        return completion;
    }

    /** The mean distance of two reads of the lock table. */
    Duration readPeriod() {
        return first.isPresent() && lastRead.isPresent() && reads > 1
                ? Duration.between(first.get(), lastRead.get()).dividedBy(reads - 1)
                : Duration.ZERO;
    }
}
