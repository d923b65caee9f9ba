package dev.allclear.service;

import dev.allclear.codec.EventJson;
import dev.allclear.event.CheckCompleted;
import dev.allclear.model.CheckReport;
import dev.allclear.model.Excerpt;
import dev.allclear.model.Finding;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes a report fit into a record: a result that is too large to publish would be a result that is missing. */
final class ReportSize {
    /** Below the topic's {@code max.message.bytes} of 1 MiB. */
    static final int LARGEST = 900_000;

    private static final int MOST_FINDINGS = 100;
    private static final int LONGEST_MESSAGE = 2_000;
    private static final int SHORTEST_MESSAGE = 100;

    private ReportSize() {}

    /** The report itself, else without its measurements, else with the worst findings only and those in brief. The outcome stays. */
    static CheckReport fit(CheckReport report) {
        if (fits(report)) {
            return report;
        }
        CheckReport smaller = with(report, report.findings());
        // letters of many bytes, or that JSON escapes, need shorter words
        for (int longest = LONGEST_MESSAGE; !fits(smaller) && longest >= SHORTEST_MESSAGE; longest /= 2) {
            smaller = with(report, brief(report.findings(), longest));
        }
        return smaller;
    }

    private static boolean fits(CheckReport report) {
        return EventJson.write(new CheckCompleted(report)).length <= LARGEST;
    }

    private static List<Finding> brief(List<Finding> findings, int longest) {
        return findings.stream()
                .sorted(Comparator.comparing(Finding::severity))
                .limit(MOST_FINDINGS)
                .map(finding -> new Finding(
                        finding.code(),
                        finding.severity(),
                        Excerpt.of(finding.subject(), longest),
                        Excerpt.of(finding.message(), longest),
                        Optional.<String>empty(),
                        Map.of()))
                .toList();
    }

    private static CheckReport with(CheckReport report, List<Finding> findings) {
        return new CheckReport(
                report.run(),
                report.database(),
                report.check(),
                report.checkerVersion(),
                report.outcome(),
                Excerpt.of(report.summary(), LONGEST_MESSAGE),
                findings,
                Map.of("omitted", "the answer was larger than " + LARGEST + " bytes"),
                report.startedAt(),
                report.completedAt(),
                report.cost());
    }
}
