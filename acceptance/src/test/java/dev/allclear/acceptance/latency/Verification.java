package dev.allclear.acceptance.latency;

import dev.allclear.model.CheckReport;
import dev.allclear.model.Finding;
import dev.allclear.model.Severity;
import java.util.List;
import java.util.Map;

/** What the check, and others on its measurements, said of one migration. */
record Verification(CheckReport report) {
    /** Whether a finding with this code fails the run. */
    boolean fails(String code) {
        return report.findings().stream()
                .anyMatch(finding -> finding.severity() == Severity.ERROR
                        && finding.code().value().equals(code));
    }

    boolean fails() {
        return errors().size() > 0;
    }

    List<Finding> errors() {
        return report.findings().stream()
                .filter(finding -> finding.severity() == Severity.ERROR)
                .toList();
    }

    /** Whether a rule calls any query slower. */
    boolean fires(OtherRule rule) {
        return ((List<?>) report.measurements().get("queries"))
                .stream()
                        .map(query -> (Map<?, ?>) query)
                        .filter(query -> query.containsKey("beforeTimes") && query.containsKey("afterTimes"))
                        .anyMatch(query -> rule.fires(times(query, "beforeTimes"), times(query, "afterTimes")));
    }

    /** The largest ratio of blocks after by blocks before of any query. */
    double mostBlocks() {
        return ((List<?>) report.measurements().get("queries"))
                .stream()
                        .map(query -> (Map<?, ?>) query)
                        .filter(query -> query.containsKey("beforeBlocks") && query.containsKey("afterBlocks"))
                        .mapToDouble(query -> number(query, "afterBlocks") / Math.max(1, number(query, "beforeBlocks")))
                        .max()
                        .orElse(1);
    }

    private static double number(Map<?, ?> query, String key) {
        return query.get(key) instanceof Number number ? number.doubleValue() : 0;
    }

    private static List<Double> times(Map<?, ?> query, String key) {
        return query.get(key) instanceof List<?> list
                ? list.stream().map(time -> ((Number) time).doubleValue()).toList()
                : List.of();
    }
}
