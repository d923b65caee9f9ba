package dev.allclear.latency;

import dev.allclear.model.Severity;
import java.util.Optional;

/**
 * Whether production's own executions of a statement became slower: the ratio of the means with a lower bound that the true ratio
 * exceeds with 99.5 % confidence (normal approximation of the logarithm of each mean, whose variance is exactly known). Time alone
 * warns, since load, locks and cold caches slow everything; it fails a run when blocks per call have grown as well. Pure.
 *
 * @param ratio mean after by mean before
 * @param atLeast the ratio's lower bound
 */
record TrafficComparison(TrafficWindow before, TrafficWindow after, double ratio, double atLeast) {
    static final int LEAST_CALLS = 20;
    static final double WARNING_RATIO = 1.5;
    static final double ERROR_RATIO = 2;
    static final double LEAST_RISE_MILLIS = 1;
    private static final double Z_995 = 2.576;

    /** Whether there are executions enough on both sides to say anything. */
    static boolean canTell(TrafficWindow before, TrafficWindow after) {
        return before.calls() >= LEAST_CALLS && after.calls() >= LEAST_CALLS && before.millis() > 0;
    }

    /** Empty when it did not become slower, or when that cannot be told. */
    static Optional<TrafficComparison> slower(TrafficWindow before, TrafficWindow after) {
        if (!canTell(before, after) || after.mean() - before.mean() < LEAST_RISE_MILLIS) {
            return Optional.empty();
        }
        double ratio = after.mean() / before.mean();
        double atLeast = ratio * Math.exp(-Z_995 * Math.sqrt(relativeVariance(before) + relativeVariance(after)));
        return atLeast > WARNING_RATIO
                ? Optional.of(new TrafficComparison(before, after, ratio, atLeast))
                : Optional.empty();
    }

    Severity severity() {
        return atLeast > ERROR_RATIO && needsMoreBlocks() ? Severity.ERROR : Severity.WARNING;
    }

    /** How many blocks a call touches does not depend on how busy the machine is. */
    boolean needsMoreBlocks() {
        return after.blocksPerCall() >= BlockDiff.WARNING_RATIO * Math.max(before.blocksPerCall(), 1)
                && after.blocksPerCall() - before.blocksPerCall() >= BlockDiff.WARNING_RISE;
    }

    private static double relativeVariance(TrafficWindow window) {
        return window.variance() / window.calls() / (window.mean() * window.mean());
    }
}
