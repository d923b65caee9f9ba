package dev.allclear.aggregator.ledger;

import dev.allclear.aggregator.policy.Waiver;
import dev.allclear.model.CheckName;
import dev.allclear.model.Durations;
import dev.allclear.model.Finding;
import dev.allclear.model.FindingCode;
import dev.allclear.model.RunId;
import dev.allclear.model.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;

/** What the pipeline itself has to say about a run: codes, severities and words. */
final class PipelineFindings {
    static final FindingCode CHECK_MISSING = new FindingCode("pipeline.check-missing");
    static final FindingCode RUN_ABANDONED = new FindingCode("pipeline.run-abandoned");
    static final FindingCode NOT_STARTED = new FindingCode("pipeline.not-started");
    static final FindingCode RUN_REPEATED = new FindingCode("pipeline.run-repeated");
    static final FindingCode OVERLAPPING_RUNS = new FindingCode("pipeline.overlapping-runs");
    static final FindingCode DEADLINE_RAISED = new FindingCode("pipeline.deadline-raised");

    static final FindingCode COMMAND_FAILED = new FindingCode("pipeline.command-failed");

    static final FindingCode FINDING_WAIVED = new FindingCode("pipeline.finding-waived");
    static final FindingCode WAIVER_EXPIRED = new FindingCode("pipeline.waiver-expired");

    private PipelineFindings() {}

    static Finding findingWaived(CheckName check, Finding finding, Waiver waiver) {
        return Finding.of(
                        FINDING_WAIVED,
                        Severity.INFO,
                        finding.subject(),
                        nameOf(finding) + " of check " + check + " (" + finding.severity()
                                + ") is not counted: waived by " + waiver.by() + " until " + waiver.until() + ": "
                                + waiver.reason())
                .withEvidence("check", check.value())
                .withEvidence("code", finding.code().value());
    }

    static Finding waiverExpired(CheckName check, Finding finding, Waiver waiver) {
        return Finding.of(
                        WAIVER_EXPIRED,
                        Severity.UNPROVEN,
                        finding.subject(),
                        nameOf(finding) + " of check " + check + " counts again: " + waiver.by()
                                + " had waived it until " + waiver.until() + " (" + waiver.reason()
                                + "); mend it, or decide anew in `waivers`")
                .withEvidence("check", check.value())
                .withEvidence("code", finding.code().value());
    }

    private static String nameOf(Finding finding) {
        return finding.code() + (finding.subject().isBlank() ? "" : " about " + finding.subject());
    }

    static Finding commandFailed(RunId run) {
        return Finding.of(
                COMMAND_FAILED,
                Severity.ERROR,
                run.value(),
                "the command of run " + run
                        + " itself reported failure: whatever the checks that were asked say, it failed");
    }

    static Finding checkMissing(CheckName check, Duration deadline) {
        return Finding.of(
                CHECK_MISSING,
                Severity.UNPROVEN,
                check.value(),
                "check " + check + " is required and gave no answer within " + Durations.format(deadline)
                        + " of the migration's completion: deploy it or drop it from policy.required");
    }

    static Finding runAbandoned(RunId run, Duration limit) {
        return Finding.of(
                RUN_ABANDONED,
                Severity.UNPROVEN,
                run.value(),
                "run " + run + " was started but never reported completed within " + Durations.format(limit)
                        + " (policy.abandon-after): whether the migration ran is not known");
    }

    static Finding notStarted(RunId run) {
        return Finding.of(
                NOT_STARTED,
                Severity.UNPROVEN,
                run.value(),
                "run " + run + " was announced but its command was never run: whatever the checks that were asked say,"
                        + " there is nothing to verify");
    }

    /** @param isEnd whether its end came again, not its announcement */
    static Finding runRepeated(RunId run, Instant over, Instant again, boolean isEnd) {
        return Finding.of(
                RUN_REPEATED,
                Severity.UNPROVEN,
                run.value(),
                "run " + run + " was over at " + over + (isEnd ? " and again at " : " and was announced again at ")
                        + again
                        + ": checks answer an id once, so nothing was looked at after its second end; give every attempt"
                        + " an id of its own, and verify");
    }

    static Finding overlapping(RunId run, Collection<RunId> others) {
        return Finding.of(
                OVERLAPPING_RUNS,
                Severity.WARNING,
                run.value(),
                "run " + run + " overlapped "
                        + String.join(", ", others.stream().map(RunId::value).toList())
                        + " on the same database: what belongs to which migration is ambiguous");
    }

    static Finding deadlineRaised(Duration asked, Duration logWatch, Duration effective) {
        return Finding.of(
                DEADLINE_RAISED,
                Severity.INFO,
                "policy.deadline",
                "the deadline was raised from " + Durations.format(asked) + " to " + Durations.format(effective)
                        + ", because logs are watched for " + Durations.format(logWatch) + " and take up to "
                        + Durations.format(effective.minus(logWatch)) + " to judge");
    }
}
