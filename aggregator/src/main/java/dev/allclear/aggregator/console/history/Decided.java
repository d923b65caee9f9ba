package dev.allclear.aggregator.console.history;

import dev.allclear.model.Decision;
import dev.allclear.model.Excerpt;
import dev.allclear.model.Finding;
import dev.allclear.model.Verdict;
import java.time.Instant;

/**
 * A verdict in brief.
 *
 * @param cause the first cause or, where none was found, the first reason; empty for a PASS, which needs none
 */
public record Decided(Decision decision, boolean isFinal, int revision, Instant at, String cause) {
    private static final int LONGEST_CAUSE = 240;

    static Decided of(Verdict verdict) {
        String cause = verdict.causes().stream()
                .map(diagnosis -> diagnosis.cause())
                .findFirst()
                .or(() -> verdict.reasons().stream().map(Finding::message).findFirst())
                .filter(words -> verdict.decision() != Decision.PASS)
                .orElse("");
        return new Decided(
                verdict.decision(),
                verdict.isFinal(),
                verdict.revision(),
                verdict.decidedAt(),
                Excerpt.of(cause, LONGEST_CAUSE));
    }
}
