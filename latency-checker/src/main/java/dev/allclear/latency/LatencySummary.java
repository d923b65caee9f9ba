package dev.allclear.latency;

import dev.allclear.model.Finding;
import dev.allclear.model.FindingCode;
import dev.allclear.model.Outcome;
import dev.allclear.model.Severity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The one sentence that answers the question. */
final class LatencySummary {
    private static final int MOST = 3;

    /** What tells most about a query that became worse, first. */
    private static final List<FindingCode> TELLING = List.of(
            LatencyFindings.QUERY_FAILED,
            LatencyFindings.SLOWER,
            LatencyFindings.SLOWER_IN_PRODUCTION,
            LatencyFindings.MORE_BUFFERS,
            LatencyFindings.PLAN_REGRESSED);

    private LatencySummary() {}

    /** @param chosen how many statements of production were chosen by themselves */
    static String of(int configured, int chosen, List<Finding> findings) {
        return switch (Outcome.of(findings)) {
            case PASSED, NOT_APPLICABLE -> capitalized(all(configured, chosen)) + " within range of before.";
            case INCONCLUSIVE ->
                String.join(", ", with(Severity.UNPROVEN, findings).keySet()) + " could not be compared.";
            case FAILED -> worse(findings) + "; " + within(configured + chosen, findings) + ".";
        };
    }

    private static String all(int configured, int chosen) {
        String queries = configured == 1 ? "the critical query" : "all " + configured + " critical queries";
        String statements = chosen == 1 ? "the most used statement" : "the " + chosen + " most used statements";
        if (chosen == 0) {
            return queries + (configured == 1 ? " is" : " are");
        }
        return configured == 0 ? statements + (chosen == 1 ? " is" : " are") : queries + " and " + statements + " are";
    }

    private static String worse(List<Finding> findings) {
        List<String> sentences = new ArrayList<>();
        Map<String, List<Finding>> failed = with(Severity.ERROR, findings);
        failed.values().stream().limit(MOST).forEach(ofOne -> sentences.add(sentence(ofOne)));
        if (failed.size() > MOST) {
            sentences.add((failed.size() - MOST) + " more became worse or fail");
        }
        return String.join("; ", sentences);
    }

    private static String sentence(List<Finding> ofOne) {
        for (FindingCode code : TELLING) {
            for (Finding finding : ofOne) {
                if (finding.code().equals(code)) {
                    return finding.subject() + " " + what(finding);
                }
            }
        }
        return ofOne.get(0).subject() + " became worse";
    }

    private static String what(Finding finding) {
        Map<String, Object> evidence = finding.evidence();
        if (finding.code().equals(LatencyFindings.QUERY_FAILED)) {
            return "worked before and fails now";
        }
        if (finding.code().equals(LatencyFindings.SLOWER_IN_PRODUCTION)) {
            return "takes " + millis(evidence.get("after")) + " in production, " + millis(evidence.get("before"))
                    + " before";
        }
        if (finding.code().equals(LatencyFindings.SLOWER)) {
            String before = millis(evidence.get("before")) + " before";
            return evidence.get("after") instanceof Number after
                    ? "takes " + millis(after) + ", " + before
                    : evidence.get("after") + ", " + before;
        }
        if (finding.code().equals(LatencyFindings.MORE_BUFFERS)) {
            return "touches " + evidence.get("after") + " blocks, " + evidence.get("before") + " before";
        }
        return "has a plan that costs " + evidence.get("ratio") + " times as much as before";
    }

    private static String millis(@org.jspecify.annotations.Nullable Object value) {
        return value instanceof Number number ? LatencyFindings.number(number.doubleValue()) + " ms" : "unknown";
    }

    private static String within(int queries, List<Finding> findings) {
        long open = findings.stream()
                .filter(finding -> finding.severity() == Severity.ERROR || finding.severity() == Severity.UNPROVEN)
                .map(Finding::subject)
                .distinct()
                .count();
        long within = Math.max(0, queries - open);
        return within + " of " + queries + (queries == 1 ? " query " : " queries ")
                + (within == 1 || queries == 1 ? "is" : "are") + " within range";
    }

    private static Map<String, List<Finding>> with(Severity severity, List<Finding> findings) {
        Map<String, List<Finding>> found = new LinkedHashMap<>();
        for (Finding finding : findings) {
            if (finding.severity() == severity) {
                found.computeIfAbsent(finding.subject(), subject -> new ArrayList<>())
                        .add(finding);
            }
        }
        return found;
    }

    private static String capitalized(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
