package dev.allclear.latency;

import java.util.List;
import java.util.Map;

/**
 * What an execution showed that no plan shows by itself.
 *
 * @param misjudged the relation whose rows the planner underestimated most, empty when none a hundredfold; reading less than
 *     expected is no sign, since a LIMIT ends early
 * @param expectedRows by the planner, each time the relation was read
 * @param actualRows on average
 * @param jitMillis spent on compiling, 0 when nothing was compiled
 * @param workersPlanned parallel workers
 * @param workersLaunched of them
 */
record Observed(
        String misjudged,
        double expectedRows,
        double actualRows,
        double jitMillis,
        long workersPlanned,
        long workersLaunched) {
    private static final double ORDERS_OF_MAGNITUDE = 100;

    /** Reads what {@code EXPLAIN (ANALYZE, FORMAT JSON)} says of one execution. */
    static Observed of(Map<String, Object> explained) {
        Observed found = new Observed("", 0, 0, jit(explained), 0, 0);
        return explained.get("Plan") instanceof Map<?, ?> plan ? found.with(plan) : found;
    }

    boolean isMisjudged() {
        return !misjudged.isEmpty();
    }

    private Observed with(Map<?, ?> node) {
        Observed sum = new Observed(
                misjudged,
                expectedRows,
                actualRows,
                jitMillis,
                workersPlanned + (long) PlanShape.number(node, "Workers Planned"),
                workersLaunched + (long) PlanShape.number(node, "Workers Launched"));
        if (node.get("Relation Name") instanceof String relation && PlanShape.number(node, "Actual Loops") > 0) {
            double expected = Math.max(1, PlanShape.number(node, "Plan Rows"));
            double actual = Math.max(1, PlanShape.number(node, "Actual Rows"));
            if (actual / expected >= Math.max(ORDERS_OF_MAGNITUDE, sum.factor())) {
                sum = new Observed(
                        node.get("Schema") + "." + relation,
                        expected,
                        actual,
                        jitMillis,
                        sum.workersPlanned,
                        sum.workersLaunched);
            }
        }
        if (node.get("Plans") instanceof List<?> below) {
            for (Object child : below) {
                sum = child instanceof Map<?, ?> plan ? sum.with(plan) : sum;
            }
        }
        return sum;
    }

    private double factor() {
        return misjudged.isEmpty() ? 0 : actualRows / expectedRows;
    }

    private static double jit(Map<String, Object> explained) {
        return explained.get("JIT") instanceof Map<?, ?> jit && jit.get("Timing") instanceof Map<?, ?> timing
                ? PlanShape.number(timing, "Total")
                : 0;
    }
}
