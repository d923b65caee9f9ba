package dev.allclear.aggregator.ledger;

import dev.allclear.model.CheckName;
import dev.allclear.model.CheckReport;
import dev.allclear.model.CheckVerdict;
import dev.allclear.model.Cost;
import dev.allclear.model.Excerpt;
import dev.allclear.model.Finding;
import dev.allclear.model.Outcome;
import dev.allclear.model.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One check's answer, cut down to what a verdict needs, so that a ledger stays a few kilobytes however much a check has to say; the
 * whole answer is on the results topic.
 */
public record Answer(
        CheckName check, String eventId, Outcome outcome, String summary, List<Finding> findings, Cost cost) {
    private static final int MOST_FINDINGS = 20;
    private static final int LONGEST_TEXT = 600;
    private static final int MOST_EVIDENCE = 8;
    private static final int LONGEST_NAME = 100;

    /** Beyond so many characters findings are kept without remedy and evidence. */
    private static final int LONGEST_ANSWER = 16_000;

    /** Of two answers the first in this order counts: the worse outcome, then the smaller event id, then the smaller text. */
    private static final Comparator<Answer> PRECEDENCE = Comparator.comparing(Answer::outcome)
            .reversed()
            .thenComparing(Answer::eventId)
            .thenComparing(Answer::summary)
            .thenComparing(answer -> answer.findings().toString())
            .thenComparing(answer -> answer.cost().toString());

    public Answer {
        findings = List.copyOf(findings);
    }

    static Answer of(CheckReport report, String eventId) {
        List<Finding> worst = new ArrayList<>();
        int length = 0;
        for (Finding finding : report.findings().stream()
                .sorted(Comparator.comparing(Finding::severity))
                .limit(MOST_FINDINGS)
                .toList()) {
            Finding brief = brief(finding);
            length += lengthOf(brief);
            worst.add(length <= LONGEST_ANSWER ? brief : bare(brief));
        }
        return new Answer(
                report.check(),
                Excerpt.of(eventId, LONGEST_NAME),
                report.outcome(),
                Excerpt.of(report.summary(), LONGEST_TEXT),
                worst,
                report.cost());
    }

    /** The one of two that counts, whichever came first. */
    Answer or(Answer other) {
        return PRECEDENCE.compare(this, other) <= 0 ? this : other;
    }

    CheckVerdict verdict(boolean required) {
        return new CheckVerdict(check, required, outcome, summary, findings, cost);
    }

    /** The severity down to which there may have been more findings than were kept; empty when none that decide can be missing. */
    Optional<Severity> mayBeCut() {
        return findings.size() < MOST_FINDINGS
                ? Optional.empty()
                : Optional.of(findings.get(findings.size() - 1).severity());
    }

    private static Finding brief(Finding finding) {
        Map<String, Object> evidence = new LinkedHashMap<>();
        finding.evidence().forEach((key, value) -> {
            boolean plain = value instanceof String text ? text.length() <= LONGEST_TEXT : isPlain(value);
            if (plain && key.length() <= LONGEST_NAME && evidence.size() < MOST_EVIDENCE) {
                evidence.put(key, value);
            }
        });
        return new Finding(
                finding.code(),
                finding.severity(),
                Excerpt.of(finding.subject(), LONGEST_TEXT),
                Excerpt.of(finding.message(), LONGEST_TEXT),
                finding.remedy().filter(remedy -> remedy.length() <= 2 * LONGEST_TEXT),
                evidence);
    }

    private static Finding bare(Finding finding) {
        return new Finding(
                finding.code(),
                finding.severity(),
                Excerpt.of(finding.subject(), LONGEST_NAME),
                Excerpt.of(finding.message(), 2 * LONGEST_NAME),
                Optional.empty(),
                Map.of());
    }

    private static int lengthOf(Finding finding) {
        int length = finding.subject().length()
                + finding.message().length()
                + finding.remedy().map(String::length).orElse(0);
        for (Map.Entry<String, Object> entry : finding.evidence().entrySet()) {
            length += entry.getKey().length() + String.valueOf(entry.getValue()).length();
        }
        return length;
    }

    private static boolean isPlain(Object value) {
        return value instanceof Number || value instanceof Boolean;
    }
}
