package dev.allclear.model;

import java.time.Instant;
import java.util.List;

/**
 * The decision on a run, and why.
 *
 * @param isFinal false while answers are still awaited; a late answer makes a new revision of a final verdict
 * @param revision counts from 1 for each run
 * @param reasons findings of the pipeline itself and sentences of the checks that decided, worst first
 * @param missing required checks that gave no answer
 */
public record Verdict(
        RunId run,
        DatabaseName database,
        Decision decision,
        boolean isFinal,
        int revision,
        Instant decidedAt,
        List<Finding> reasons,
        List<CheckVerdict> checks,
        List<CheckName> missing,
        List<Diagnosis> diagnosis,
        Recommendation recommendation) {
    public Verdict {
        reasons = List.copyOf(reasons);
        checks = List.copyOf(checks);
        missing = List.copyOf(missing);
        diagnosis = List.copyOf(diagnosis);
        if (revision < 1) {
            throw new IllegalArgumentException("a verdict's revision counts from 1, not " + revision);
        }
        if (decision == Decision.PASS && !missing.isEmpty()) {
            throw new IllegalArgumentException("a PASS cannot miss required checks: " + missing);
        }
    }

    /** What joins findings that count against the run: its causes. The rest of the diagnosis is worth a look; a PASS has no cause. */
    public List<Diagnosis> causes() {
        return diagnosis.stream().filter(this::decides).toList();
    }

    /** Whether it rests on a finding of a required check that is more than a warning. */
    public boolean decides(Diagnosis joined) {
        return checks.stream()
                .filter(CheckVerdict::required)
                .flatMap(check -> check.findings().stream())
                .filter(finding -> finding.severity() == Severity.ERROR || finding.severity() == Severity.UNPROVEN)
                .anyMatch(finding -> joined.findings().contains(finding.code()));
    }
}
