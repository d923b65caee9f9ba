package dev.allclear.latency;

import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Whether a query became slower by the clock, beyond what the machine became slower. The last and least trusted signal: it needs a
 * bound on the ratio, an absolute rise, and a second measurement before it may fail a run. Pure.
 *
 * @param ratio times after by times before
 * @param atLeast the ratio's lower bound, with the machine's own slowing taken out
 */
record TimeComparison(double beforeMillis, double afterMillis, double ratio, double atLeast) {
    static final double LIMIT = 1.2;
    static final double LEAST_RISE_MILLIS = 5;
    /** With too few samples for a bound, every time after must exceed every time before by this factor. */
    static final double LIMIT_OF_FEW = 3;

    /** Empty when the query did not become slower, or when that cannot be told. */
    static Optional<TimeComparison> slower(Probe before, Probe after) {
        if (before.millis().isEmpty() || after.millis().isEmpty()) {
            return Optional.empty();
        }
        double load = Math.max(1, slowingOfMachine(before, after));
        double old = before.medianMillis().orElseThrow();
        double now = after.medianMillis().orElseThrow();
        if (now / load - old < LEAST_RISE_MILLIS) {
            return Optional.empty();
        }
        Optional<HodgesLehmann> bounded = HodgesLehmann.ratio(before.millis(), after.millis());
        double atLeast = bounded.map(HodgesLehmann::atLeast).orElse(worst(before.millis(), after.millis())) / load;
        double limit = bounded.isPresent() ? LIMIT : LIMIT_OF_FEW;
        return atLeast > limit
                ? Optional.of(new TimeComparison(
                        old, now, bounded.map(HodgesLehmann::ratio).orElse(now / Math.max(old, 1e-6)), atLeast))
                : Optional.empty();
    }

    private static double slowingOfMachine(Probe before, Probe after) {
        return HodgesLehmann.ratio(before.controlMillis(), after.controlMillis())
                .map(HodgesLehmann::ratio)
                .orElse(1.0);
    }

    private static double worst(List<Double> before, List<Double> after) {
        return Collections.min(after) / Math.max(Collections.max(before), 1e-6);
    }
}
