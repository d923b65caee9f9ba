package dev.allclear.model;

import java.util.Collection;

/** What one check answered. Ordered from best to worst, so that the worse of two answers is {@code max}. */
public enum Outcome {
    NOT_APPLICABLE,
    PASSED,
    INCONCLUSIVE,
    FAILED;

    /** Any ERROR fails; else anything UNPROVEN leaves the question open; else the check passed. */
    public static Outcome of(Collection<Finding> findings) {
        if (findings.stream().anyMatch(finding -> finding.severity() == Severity.ERROR)) {
            return FAILED;
        }
        if (findings.stream().anyMatch(finding -> finding.severity() == Severity.UNPROVEN)) {
            return INCONCLUSIVE;
        }
        return PASSED;
    }
}
