package dev.allclear.latency;

import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * By which factor one sample of times exceeds another: the median of all pairwise ratios, with a lower bound that the true factor
 * exceeds with the confidence asked for, whatever the distribution (Hodges and Lehmann 1963; the bound inverts the Mann-Whitney test,
 * normal approximation). Pure.
 *
 * @param ratio the estimate
 * @param atLeast the lower bound
 * @param atMost the upper bound
 */
record HodgesLehmann(double ratio, double atLeast, double atMost) {
    /** The normal distribution's quantiles. */
    static final double SURE = 2.576; // 99.5 %

    static final double LIKELY = 1.645; // 95 %

    /** Empty when there are too few samples (fewer than five each) for any bound. */
    static Optional<HodgesLehmann> ratio(List<Double> before, List<Double> after, double quantile) {
        int m = before.size();
        int n = after.size();
        double pairs = (double) m * n;
        double position = pairs / 2 - quantile * Math.sqrt(pairs * (m + n + 1) / 12);
        if (m == 0 || n == 0 || position < 0) {
            return Optional.empty();
        }
        List<Double> ratios = new java.util.ArrayList<>(m * n);
        for (double old : before) {
            for (double now : after) {
                ratios.add(now / Math.max(old, 1e-6));
            }
        }
        Collections.sort(ratios);
        double estimate = Probe.median(ratios).orElseThrow();
        int least = (int) Math.floor(position);
        return Optional.of(new HodgesLehmann(estimate, ratios.get(least), ratios.get(ratios.size() - 1 - least)));
    }
}
