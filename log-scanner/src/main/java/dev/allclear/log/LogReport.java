package dev.allclear.log;

import dev.allclear.check.CheckContext;
import dev.allclear.model.CheckReport;
import dev.allclear.model.Cost;
import dev.allclear.model.Durations;
import dev.allclear.model.Finding;
import dev.allclear.model.Outcome;
import dev.allclear.model.Severity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Turns what the sources showed into the check's answer. */
final class LogReport {
    /** When the end was heard of so long after it, errors may have come and gone before. */
    private static final Duration LATE = Duration.ofSeconds(5);

    private static final int MOST_FINDINGS = 30;

    private LogReport() {}

    /**
     * @param wanted how long the logs should have been watched
     * @param tooLate why the baseline may hold what the migration did
     */
    static CheckReport of(
            LogWindow window,
            Duration wanted,
            Optional<LogBaseline> baseline,
            Optional<String> tooLate,
            List<SourceScan> scans,
            CheckContext context) {
        ErrorTally tally = new ErrorTally(window);
        baseline.ifPresent(known -> known.rates().forEach(rate -> tally.addBefore(rate.error(), rate.count())));
        scans.forEach(tally::add);
        List<Judgement> judgements = LogJudge.judge(tally.counts(), window);
        List<Finding> findings = new ArrayList<>();
        judgements.stream()
                .limit(MOST_FINDINGS)
                .map(judgement -> LogFindings.of(judgement, window))
                .forEach(findings::add);
        if (judgements.size() > MOST_FINDINGS) {
            findings.add(LogFindings.more(judgements.size() - MOST_FINDINGS));
        }
        if (baseline.isEmpty() && findings.stream().anyMatch(finding -> finding.severity() == Severity.ERROR)) {
            findings.add(LogFindings.noBaseline(context.database()));
        }
        Duration late = Duration.between(window.completed(), window.watched());
        if (baseline.isEmpty() && tally.unplaced() > 0 && late.compareTo(LATE) > 0) {
            findings.add(LogFindings.unplaced(context.database(), tally.unplaced(), late));
        }
        tooLate.filter(why -> !judgements.isEmpty())
                .ifPresent(why -> findings.add(LogFindings.contaminated(context.database(), why)));
        scans.forEach(scan -> judge(scan, window).ifPresent(findings::add));
        if (window.soak().compareTo(wanted) < 0) {
            findings.add(LogFindings.truncated(
                    context.database().value(),
                    "the deadline left " + Durations.format(window.soak()) + " to watch instead of "
                            + Durations.format(wanted)));
        } else if (window.soak().isZero()) {
            findings.add(LogFindings.truncated(
                    context.database().value(),
                    "the logs were not watched after completion, since the run or the policy says log-watch 0s"));
        }
        return context.report(
                summary(findings, judgements, window, scans),
                findings,
                LogMeasurements.of(
                        window, baseline.map(LogBaseline::recent).orElse(RecentErrors.NONE), scans, judgements),
                Cost.NONE);
    }

    private static Optional<Finding> judge(SourceScan scan, LogWindow window) {
        if (scan.problem().isPresent()) {
            return scan.problem().map(why -> LogFindings.unreachable(scan.source(), why));
        }
        if (!scan.isComplete()) {
            return Optional.of(LogFindings.truncated(
                    scan.source(),
                    "not all that was written could be read: it was too much, or a file was rotated away before"));
        }
        return scan.provesNothing(window) ? Optional.of(LogFindings.behind(scan, window)) : Optional.empty();
    }

    private static String summary(
            List<Finding> findings, List<Judgement> judgements, LogWindow window, List<SourceScan> scans) {
        long lines = scans.stream().mapToLong(SourceScan::lines).sum();
        String watched = Durations.rounded(window.soak()) + " after completion, " + lines + " lines of " + scans.size()
                + (scans.size() == 1 ? " source" : " sources");
        Outcome outcome = Outcome.of(findings);
        List<String> errors = judgements.stream()
                .filter(judgement -> judgement.meaning() == Judgement.Meaning.NEW
                        || judgement.meaning() == Judgement.Meaning.INCREASED)
                .map(judgement -> LogFindings.what(judgement)
                        + (judgement.after() == 1 ? " (once)" : " (" + judgement.after() + " times)"))
                .toList();
        return switch (outcome) {
            case FAILED ->
                capitalized(String.join("; ", errors.subList(0, Math.min(2, errors.size()))))
                        + (errors.size() > 2 ? "; and " + (errors.size() - 2) + " more kinds of errors" : "")
                        + ". Watched: "
                        + watched + ".";
            case INCONCLUSIVE -> "No new database errors seen, but not proven (" + watched + ")";
            case PASSED, NOT_APPLICABLE -> "No new database errors (" + watched + ")";
        };
    }

    private static String capitalized(String sentence) {
        return Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1);
    }
}
