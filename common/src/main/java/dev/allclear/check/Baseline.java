package dev.allclear.check;

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
}
