package dev.allclear.model;

import java.util.List;

/** How one check's answer stands in a verdict: the answer in brief, and whether the policy requires it. */
public record CheckVerdict(
        CheckName check, boolean required, Outcome outcome, String summary, List<Finding> findings, Cost cost) {
    public CheckVerdict {
        findings = List.copyOf(findings);
    }
}
