package dev.allclear.aggregator.policy;

import dev.allclear.model.Finding;
import dev.allclear.model.FindingCode;
import java.time.Instant;
import java.util.Optional;

/**
 * Somebody's word that a finding is accepted for a while. It names the finding; there is none for everything a check says, nor for what
 * the pipeline says of missing evidence.
 *
 * @param subject the object it is about; empty accepts the finding of any object
 * @param by who answers for it
 * @param until from when on it no longer holds
 */
public record Waiver(FindingCode code, Optional<String> subject, String by, String reason, Instant until) {
    /** What the pipeline says is no finding about a database: that an answer is missing cannot be accepted as an answer. */
    static final String NOT_TO_BE_WAIVED = "pipeline.";

    public Waiver {
        if (code.value().startsWith(NOT_TO_BE_WAIVED)) {
            throw new IllegalArgumentException(code + " cannot be waived: it says that evidence is missing");
        }
        if (by.isBlank() || reason.isBlank()) {
            throw new IllegalArgumentException("a waiver of " + code + " needs somebody and a reason");
        }
    }

    /** Whether it names this very finding. */
    public boolean names(Finding finding) {
        return finding.code().equals(code)
                && subject.filter(named -> !named.equals(finding.subject())).isEmpty();
    }

    /** Whether it holds for a migration that was over at this time. */
    public boolean holdsAt(Instant time) {
        return time.isBefore(until);
    }
}
