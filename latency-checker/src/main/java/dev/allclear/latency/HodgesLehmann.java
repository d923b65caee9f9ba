package dev.allclear.latency;

import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * By which factor one sample of times exceeds another: the median of all pairwise ratios, with a lower bound that the true factor
 * exceeds with 99.5 % confidence whatever the distribution (Hodges and Lehmann 1963; the bound inverts the Mann-Whitney test,
 * normal approximation). Pure.
 *
 * @param ratio the estimate
 * @param atLeast the lower bound
 */
record HodgesLehmann(double ratio, double atLeast) {
    private static final double Z_995 = 2.576;

    /** Empty when there are too few samples (fewer than five each) for any bound. */
    static Optional<HodgesLehmann> ratio(List<Double> before, List<Double> after) {
        int m = before.size();
        int n = after.size();
        double pairs = (double) m * n;
        double position = pairs / 2 - Z_995 * Math.sqrt(pairs * (m + n + 1) / 12);
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
        return Optional.of(new HodgesLehmann(estimate, ratios.get((int) Math.floor(position))));
    }
}
