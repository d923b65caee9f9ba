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
        return Map.of("queries", queries);
    }

    private static Map<String, Object> query(Optional<Probe> before, Probe now) {
        Map<String, Object> numbers = new LinkedHashMap<>();
        numbers.put("name", now.query());
        numbers.put("parameters", now.parameters());
        before.ifPresent(old -> put(numbers, "before", old));
        put(numbers, "after", now);
        return numbers;
    }

    private static void put(Map<String, Object> numbers, String when, Probe probe) {
        probe.medianMillis().ifPresent(millis -> numbers.put(when + "Millis", LatencyFindings.rounded(millis)));
        probe.leastBlocks().ifPresent(blocks -> numbers.put(when + "Blocks", blocks));
        probe.custom().ifPresent(plan -> {
            numbers.put(when + "Cost", plan.cost());
            numbers.put(when + "Plan", plan.summary());
        });
    }
}
