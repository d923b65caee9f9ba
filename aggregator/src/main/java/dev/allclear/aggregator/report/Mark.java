package dev.allclear.aggregator.report;

import dev.allclear.model.Decision;
import dev.allclear.model.Outcome;
import dev.allclear.model.Severity;

/** How good or bad something is, to the eye: a sign, a word and a colour, so that no meaning rests on colour alone. */
public enum Mark {
    GOOD("✓", "passed", "good", "32"),
    BAD("✗", "failed", "bad", "31"),
    UNPROVEN("?", "not proven", "unproven", "33"),
    NOT_ASKED("–", "not asked", "muted", "90"),
    WARNING("!", "warning", "warning", "33"),
    NOTE("·", "note", "muted", "90");

    /** One character. */
    public final String sign;
    /** What a screen reader says. */
    public final String word;
    /** The class of the style sheet. */
    public final String style;

    final String ansi;

    Mark(String sign, String word, String style, String ansi) {
        this.sign = sign;
        this.word = word;
        this.style = style;
        this.ansi = ansi;
    }

    /** Of a check's answer. */
    public static Mark of(Outcome outcome) {
        return switch (outcome) {
            case PASSED -> GOOD;
            case FAILED -> BAD;
            case INCONCLUSIVE -> UNPROVEN;
            case NOT_APPLICABLE -> NOT_ASKED;
        };
    }

    /** Of a verdict. */
    public static Mark of(Decision decision) {
        return switch (decision) {
            case PASS -> GOOD;
            case FAIL -> BAD;
            case INCONCLUSIVE -> UNPROVEN;
        };
    }

    static Mark of(Severity severity) {
        return switch (severity) {
            case ERROR -> BAD;
            case UNPROVEN -> UNPROVEN;
            case WARNING -> WARNING;
            case INFO -> NOTE;
        };
    }
}
