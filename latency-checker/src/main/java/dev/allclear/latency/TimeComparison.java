package dev.allclear.latency;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Whether a query became slower by the clock, beyond what the machine became slower. The last and least trusted signal: it needs a
 * bound on the ratio, an absolute rise, and a second measurement before it may fail a run. Where blocks show that the query does
 * more work, they are that second measurement, a lower confidence is enough, and a machine that has become faster meanwhile is
 * taken into account as one that has become slower always is. Pure.
 *
 * @param ratio times after by times before
 * @param atLeast the ratio's lower bound, with the machine's own slowing taken out; empty where blocks bear the proof
 * @param sure whether it is proven; if not, it was executed too rarely to tell
 */
record TimeComparison(double beforeMillis, double afterMillis, double ratio, OptionalDouble atLeast, boolean sure) {
    static final double LIMIT = 1.2;
    static final double LEAST_RISE_MILLIS = 5;
    /** With too few samples for a bound, every time after must exceed every time before by this factor. */
    static final double LIMIT_OF_FEW = 3;
    /** From here on, up to that, too few samples neither prove that it is slower nor that it is not. */
    static final double DOUBT_OF_FEW = 1.5;
    /** Fewer executions may all have been disturbed. */
    private static final int LEAST_SAMPLES = 3;

    /** Empty when the query did not become slower, or when nothing says so. */
    static Optional<TimeComparison> slower(Probe before, Probe after) {
        if (before.millis().isEmpty() || after.millis().isEmpty()) {
            return Optional.empty();
        }
        Optional<TimeComparison> byBound = byBound(before, after);
        return byBound.filter(TimeComparison::sure)
                .or(() -> byLeastTimes(before, after))
                .or(() -> byBound);
    }

    private static Optional<TimeComparison> byBound(Probe before, Probe after) {
        boolean moreWork = doesMoreWork(before, after);
        double load = slowingOfMachine(before, after, moreWork);
        double old = before.medianMillis().orElseThrow();
        double now = after.medianMillis().orElseThrow();
        if (now / load - old < LEAST_RISE_MILLIS) {
            return Optional.empty();
        }
        Optional<HodgesLehmann> bounded = HodgesLehmann.ratio(
                before.millis(), after.millis(), moreWork ? HodgesLehmann.LIKELY : HodgesLehmann.SURE);
        double atLeast = bounded.map(HodgesLehmann::atLeast).orElse(worst(before.millis(), after.millis())) / load;
        boolean sure = atLeast > (bounded.isPresent() ? LIMIT : LIMIT_OF_FEW);
        boolean doubtful = bounded.isEmpty() && atLeast / Math.max(1, loadByLeast(before, after)) > DOUBT_OF_FEW;
        return sure || doubtful
                ? Optional.of(new TimeComparison(
                        old,
                        now,
                        bounded.map(HodgesLehmann::ratio).orElse(now / Math.max(old, 1e-6)) / Math.min(load, 1),
                        OptionalDouble.of(atLeast),
                        sure))
                : Optional.empty();
    }

    /**
     * Load only ever adds to a time, so the least of some is the least disturbed. It has no bound, so that it counts only where blocks
     * prove already that the query does half as much work again: then the clock need not prove it but only show that it matters.
     */
    private static Optional<TimeComparison> byLeastTimes(Probe before, Probe after) {
        boolean isEnough = Math.min(before.millis().size(), after.millis().size()) >= LEAST_SAMPLES
                && !before.controlMillis().isEmpty()
                && !after.controlMillis().isEmpty();
        boolean needsHalfAsManyBlocksAgain =
                BlockDiff.of(before, after).flatMap(BlockDiff::severity).isPresent();
        if (!isEnough || !needsHalfAsManyBlocksAgain) {
            return Optional.empty();
        }
        double load = loadByLeast(before, after);
        double old = Collections.min(before.millis());
        double now = Collections.min(after.millis());
        double ratio = now / Math.max(old, 1e-6) / load;
        return now / load - old >= LEAST_RISE_MILLIS && ratio > LIMIT
                ? Optional.of(new TimeComparison(old, now, ratio, OptionalDouble.empty(), true))
                : Optional.empty();
    }

    /** Whether one execution touches so many more blocks that time alone need not bear the proof. */
    static boolean doesMoreWork(Probe before, Probe after) {
        return BlockDiff.of(before, after)
                .filter(blocks -> blocks.after() >= LIMIT * blocks.before() + BlockDiff.WARNING_RISE)
                .isPresent();
    }

    /** Above 1 when the machine is slower now; below 1, as far as that is certain, only where it is asked for. */
    private static double slowingOfMachine(Probe before, Probe after, boolean mayBeFaster) {
        Optional<HodgesLehmann> control =
                HodgesLehmann.ratio(before.controlMillis(), after.controlMillis(), HodgesLehmann.LIKELY);
        double slowing = control.map(HodgesLehmann::ratio).orElse(1.0);
        if (slowing >= 1) {
            return slowing;
        }
        return mayBeFaster ? Math.min(1, control.map(HodgesLehmann::atMost).orElse(1.0)) : 1;
    }

    private static double loadByLeast(Probe before, Probe after) {
        return before.controlMillis().isEmpty() || after.controlMillis().isEmpty()
                ? 1
                : Collections.min(after.controlMillis()) / Math.max(Collections.min(before.controlMillis()), 1e-6);
    }

    private static double worst(List<Double> before, List<Double> after) {
        return Collections.min(after) / Math.max(Collections.max(before), 1e-6);
    }
}
