package dev.allclear.acceptance.aggregator;

import java.util.List;
import java.util.Map;

/** The figures of a history as Markdown. */
final class CrashTable {
    private CrashTable() {}

    static String of(long seed, List<Fact> facts) {
        HistoryAnalysis analysis = HistoryAnalysis.of(facts);
        HistoryTimes times = HistoryTimes.of(facts);
        StringBuilder text = new StringBuilder();
        text.append("seed ").append(seed).append("\n\n");
        text.append(
                "| runs | records | faults | missing | conflicting | duplicates | wrong | alerts amiss | dead letters amiss | reread amiss |\n");
        text.append("|---|---|---|---|---|---|---|---|---|---|\n");
        text.append("| %d | %d | %d | %d | %d | %d | %d | %d | %d | %d |%n%n"
                .formatted(
                        analysis.runs(),
                        HistoryAnalysis.all(facts, Fact.Published.class).size(),
                        HistoryAnalysis.all(facts, Fact.Fault.class).size(),
                        analysis.missing().size(),
                        analysis.conflicting().size(),
                        analysis.duplicates().size(),
                        analysis.wrong().size(),
                        analysis.alerts().size(),
                        analysis.deadLetters().size(),
                        analysis.reread().size()));
        text.append("| | how many | p50 ms | p99 ms | longest ms |\n|---|---|---|---|---|\n");
        row(text, "last answer to verdict, no fault near", times.undisturbed());
        times.takeovers().forEach((kind, waits) -> row(text, "takeover: " + kind, waits));
        row(text, "deadline overshoot, no fault near", times.overshoots());
        row(text, "deadline overshoot, a fault near", times.disturbedOvershoots());
        for (Map.Entry<String, List<String>> complaint : analysis.complaints().entrySet()) {
            text.append("\n").append(complaint.getKey()).append(":\n");
            complaint.getValue().stream()
                    .limit(20)
                    .forEach(line -> text.append("  ").append(line).append("\n"));
        }
        return text.toString();
    }

    private static void row(StringBuilder text, String name, List<Long> values) {
        text.append("| %s | %d | %d | %d | %d |%n"
                .formatted(
                        name,
                        values.size(),
                        HistoryTimes.percentile(values, 0.5),
                        HistoryTimes.percentile(values, 0.99),
                        HistoryTimes.percentile(values, 1)));
    }
}
