package dev.allclear.check;

import dev.allclear.event.MigrationCompleted;
import dev.allclear.model.CheckName;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What "before" was, as JSON-compatible content that only its own checker understands.
 *
 * @param databaseClock the database's clock when it was measured
 */
public record Baseline(Map<String, Object> content, Optional<Instant> databaseClock) {
    private static final Baseline NONE = new Baseline(Map.of(), Optional.empty());

    public Baseline {
        content = Map.copyOf(content);
    }

    /** This check needs no before-measurement. */
    public static Baseline none() {
        return NONE;
    }

    public boolean isNone() {
        return content.isEmpty();
    }

    /**
     * Why this may already hold what the migration did; empty when the publisher said that it waited for it, or when nothing speaks
     * against it. A publisher's word for having waited counts more than clocks, which may differ.
     */
    public Optional<String> whyTooLate(MigrationCompleted completed, CheckName check) {
        if (completed.awaitedBaselines().isPresent()) {
            return completed.awaitedBaselines().get().contains(check)
                    ? Optional.empty()
                    : Optional.of("the publisher let the migration begin before \"before\" was measured");
        }
        return databaseClock
                .filter(clock -> clock.isAfter(completed.completedAt()))
                .map(clock -> "\"before\" was measured at " + clock
                        + " by the database's clock, after the migration had completed at " + completed.completedAt());
    }
}
