package dev.allclear.latency;

import dev.allclear.model.Finding;
import dev.allclear.model.Outcome;
import dev.allclear.model.Severity;
import java.util.List;

/** The one sentence that answers the question. */
final class LatencySummary {
    private LatencySummary() {}

    static String of(LatencySettings settings, List<Finding> findings) {
        int queries = settings.queries().size();
        String all = queries == 1 ? "the critical query" : "all " + queries + " critical queries";
        String unmeasured = settings.top() > 0 ? " (top " + settings.top() + " is not measured yet)" : "";
        return switch (Outcome.of(findings)) {
            case PASSED, NOT_APPLICABLE ->
                capitalized(all) + (queries == 1 ? " is" : " are") + " within range of before" + unmeasured + ".";
            case INCONCLUSIVE -> queriesWith(Severity.UNPROVEN, findings) + " could not be compared" + unmeasured + ".";
            case FAILED -> queriesWith(Severity.ERROR, findings) + " became worse or fails" + unmeasured + ".";
        };
    }

    private static String queriesWith(Severity severity, List<Finding> findings) {
        return String.join(
                ", ",
                findings.stream()
                        .filter(finding -> finding.severity() == severity)
                        .map(Finding::subject)
                        .distinct()
                        .toList());
    }

    private static String capitalized(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
