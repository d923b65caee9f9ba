package dev.allclear.acceptance.latency;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Rules in common use that would call a query slower by its times alone, for comparison on the same measurements. */
enum OtherRule {
    MEAN("mean > 1.5×") {
        @Override
        boolean fires(List<Double> before, List<Double> after) {
            return mean(after) > 1.5 * mean(before);
        }
    },
    /**
     * Kayenta's Mann–Whitney classifier as configured by default: the shift's 98 % confidence interval lies above a quarter of the
     * shift's estimate.
     */
    KAYENTA("Mann–Whitney as Kayenta uses it") {
        @Override
        boolean fires(List<Double> before, List<Double> after) {
            List<Double> shifts = new ArrayList<>();
            before.forEach(old -> after.forEach(now -> shifts.add(now - old)));
            Collections.sort(shifts);
            double pairs = shifts.size();
            double lower = pairs / 2 - 2.326 * Math.sqrt(pairs * (before.size() + after.size() + 1) / 12);
            double estimate = shifts.get(shifts.size() / 2);
            return lower >= 0 && shifts.get((int) lower) > 0.25 * Math.abs(estimate);
        }
    },
    P95("p95 +10 %") {
        @Override
        boolean fires(List<Double> before, List<Double> after) {
            return p95(after) > 1.1 * p95(before);
        }
    };

    private final String label;

    OtherRule(String label) {
        this.label = label;
    }

    abstract boolean fires(List<Double> before, List<Double> after);

    String label() {
        return label;
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElse(0);
    }

    private static double p95(List<Double> values) {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted.isEmpty() ? 0 : sorted.get((int) Math.ceil(0.95 * sorted.size()) - 1);
    }
}
