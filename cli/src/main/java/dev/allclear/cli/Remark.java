package dev.allclear.cli;

import dev.allclear.cli.history.PastRun;
import dev.allclear.event.BaselineCaptured;
import dev.allclear.model.CheckName;
import dev.allclear.model.Finding;
import dev.allclear.model.FindingCode;
import dev.allclear.model.Severity;
import dev.allclear.model.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What the command line did that a reader of the report must know, added to a verdict's reasons: it changes no decision. */
final class Remark {
    private static final FindingCode CHECKS_NARROWED = new FindingCode("pipeline.checks-narrowed");
    private static final FindingCode BEFORE_REUSED = new FindingCode("pipeline.before-reused");

    private Remark() {}

    /** That only these checks were asked: a narrow PASS must not look like a whole one. */
    static Verdict narrowedTo(Set<CheckName> asked, Verdict verdict) {
        Set<CheckName> left = new TreeSet<>(CheckName.builtIn());
        left.removeAll(asked);
        if (asked.isEmpty() || left.isEmpty()) {
            return verdict;
        }
        return with(
                verdict,
                CHECKS_NARROWED,
                "this run was narrowed by --checks to " + RunClient.names(asked) + "; not asked: "
                        + RunClient.names(left));
    }

    /** That "before" is that of an earlier run: whatever changed since counts as this migration's. */
    static Verdict reused(PastRun earlier, Verdict verdict) {
        Instant measured = earlier.baselines().stream()
                .map(BaselineCaptured::capturedAt)
                .min(Comparator.naturalOrder())
                .orElse(Instant.EPOCH);
        return with(
                verdict,
                BEFORE_REUSED,
                earlier.baselines().isEmpty()
                        ? "run " + earlier.run() + " has no \"before\" that could be used"
                        : "\"before\" is that of run " + earlier.run() + ", measured at " + measured
                                + "; whatever changed since then counts");
    }

    private static Verdict with(Verdict verdict, FindingCode code, String message) {
        List<Finding> reasons = new ArrayList<>(verdict.reasons());
        reasons.add(Finding.of(code, Severity.INFO, verdict.database().value(), message));
        return new Verdict(
                verdict.run(),
                verdict.database(),
                verdict.decision(),
                verdict.isFinal(),
                verdict.revision(),
                verdict.decidedAt(),
                reasons,
                verdict.checks(),
                verdict.missing(),
                verdict.diagnosis(),
                verdict.recommendation());
    }
}
