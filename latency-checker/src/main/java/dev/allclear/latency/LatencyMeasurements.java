package dev.allclear.latency;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The numbers behind the answer, for the pictures of the report; what was not measured is left out. */
final class LatencyMeasurements {
    private LatencyMeasurements() {}

    static Map<String, Object> of(Optional<LatencySnapshot> before, LatencySnapshot after) {
        List<Map<String, Object>> queries = after.probes().stream()
                .map(now -> query(before.flatMap(snapshot -> snapshot.same(now)), now))
                .toList();
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("queries", queries);
        if (!after.traffic().statements().isEmpty()) {
            all.put(
                    "traffic",
                    after.traffic().statements().stream()
                            .map(now -> statement(
                                    before.flatMap(
                                            snapshot -> snapshot.traffic().named(now.name())),
                                    now))
                            .toList());
        }
        return all;
    }

    private static Map<String, Object> query(Optional<Probe> before, Probe now) {
        Map<String, Object> numbers = new LinkedHashMap<>();
        numbers.put("name", now.query());
        numbers.put("parameters", now.parameters());
        if (now.isNamed()) {
            numbers.put("parameterSet", now.set());
        }
        before.ifPresent(old -> put(numbers, "before", old));
        put(numbers, "after", now);
        return numbers;
    }

    /** Production's own calls: before the migration since the counters began, after it while it was watched. */
    private static Map<String, Object> statement(Optional<WatchedStatement> before, WatchedStatement now) {
        Map<String, Object> numbers = new LinkedHashMap<>();
        numbers.put("name", now.name());
        numbers.put("sql", now.sql());
        numbers.put("chosen", now.chosen());
        before.ifPresent(old -> put(numbers, "before", old.window()));
        put(numbers, "after", now.window());
        return numbers;
    }

    private static void put(Map<String, Object> numbers, String when, TrafficWindow window) {
        numbers.put(when + "Calls", window.calls());
        if (window.calls() > 0) {
            numbers.put(when + "MeanMillis", LatencyFindings.rounded(window.mean()));
            numbers.put(when + "DeviationMillis", LatencyFindings.rounded(Math.sqrt(window.variance())));
            numbers.put(when + "BlocksPerCall", LatencyFindings.rounded(window.blocksPerCall()));
        }
    }

    private static void put(Map<String, Object> numbers, String when, Probe probe) {
        if (!probe.millis().isEmpty()) {
            numbers.put(
                    when + "Times",
                    probe.millis().stream().map(LatencyFindings::rounded).toList());
        }
        probe.medianMillis().ifPresent(millis -> numbers.put(when + "Millis", LatencyFindings.rounded(millis)));
        probe.leastBlocks().ifPresent(blocks -> numbers.put(when + "Blocks", blocks));
        probe.custom().or(probe::generic).ifPresent(plan -> {
            numbers.put(when + "Cost", plan.cost());
            numbers.put(when + "Plan", plan.summary());
            numbers.put(
                    when + "PlanNodes",
                    plan.drawn().stream().map(PlanNode::toMap).toList());
        });
    }
}
