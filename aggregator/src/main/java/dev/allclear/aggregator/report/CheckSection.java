package dev.allclear.aggregator.report;

import dev.allclear.model.CheckName;
import dev.allclear.model.CheckReport;
import dev.allclear.model.CheckVerdict;
import dev.allclear.model.Cost;
import dev.allclear.model.Excerpt;
import dev.allclear.model.Finding;
import dev.allclear.model.Outcome;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One check's part of a report.
 *
 * @param outcome empty when a required check gave no answer
 * @param sentence the answer to the check's question
 * @param findings worst first
 */
public record CheckSection(
        CheckName check,
        boolean required,
        Optional<Outcome> outcome,
        String sentence,
        List<Finding> findings,
        Map<String, Object> measurements,
        Cost cost) {
    private static final int BEGINNING = 500;

    public CheckSection {
        findings = findings.stream()
                .sorted(Comparator.comparing(Finding::severity))
                .toList();
    }

    static CheckSection missing(CheckName check, boolean isFinal) {
        String sentence = isFinal ? "No answer by the deadline." : "No answer yet.";
        return new CheckSection(check, true, Optional.empty(), sentence, List.of(), Map.of(), Cost.NONE);
    }

    static CheckSection of(CheckVerdict brief, Optional<CheckReport> whole) {
        return new CheckSection(
                brief.check(),
                brief.required(),
                Optional.of(brief.outcome()),
                whole.filter(report -> !isWaived(brief))
                        .map(CheckReport::summary)
                        .orElse(brief.summary()),
                whole.map(report -> withWaivers(report.findings(), brief.findings()))
                        .orElse(brief.findings()),
                whole.map(CheckReport::measurements).orElse(Map.of()),
                brief.cost());
    }

    /** Whether findings of this answer were waived, so that it counts otherwise than the check gave it. */
    static boolean isWaived(CheckVerdict brief) {
        return brief.findings().stream().anyMatch(CheckSection::isWaived);
    }

    /** The check's own words know nothing of waivers; the verdict's do. */
    private static List<Finding> withWaivers(List<Finding> whole, List<Finding> brief) {
        return whole.stream()
                .map(finding -> brief.stream()
                        .filter(waived -> isWaived(waived) && isSame(waived, finding))
                        .findFirst()
                        .orElse(finding))
                .toList();
    }

    /** The verdict's copy of a finding begins with what the check said, as far as it was not too long. */
    private static boolean isSame(Finding waived, Finding finding) {
        return waived.code().equals(finding.code())
                && waived.subject().equals(finding.subject())
                && waived.message()
                        .startsWith(Excerpt.of(finding.message(), BEGINNING).replace("…", ""));
    }

    private static boolean isWaived(Finding finding) {
        return finding.evidence().get("waived") instanceof Map;
    }

    /** The question that people ask. */
    public String question() {
        return Wording.question(check);
    }

    /** How the answer is to be shown. */
    public Mark mark() {
        return outcome.map(Mark::of).orElse(Mark.UNPROVEN);
    }
}
