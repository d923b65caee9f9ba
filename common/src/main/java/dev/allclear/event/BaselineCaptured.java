package dev.allclear.event;

import dev.allclear.model.CheckName;
import dev.allclear.model.DatabaseName;
import dev.allclear.model.RunId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A checker's "before" is durable, or it says why there is none. Every checker answers {@link MigrationStarted} with exactly one.
 *
 * @param reason why it FAILED
 * @param databaseClock the database's own clock at the time of measuring
 * @param content opaque to all but the checker that wrote it
 * @param started the announcement it answers, so that an observation can be taken up again after a restart
 */
public record BaselineCaptured(
        RunId run,
        DatabaseName database,
        CheckName check,
        BaselineStatus status,
        Optional<String> reason,
        Instant capturedAt,
        Optional<Instant> databaseClock,
        Map<String, Object> content,
        Optional<MigrationStarted> started)
        implements AllclearEvent {
    public BaselineCaptured {
        content = Map.copyOf(content);
    }

    @Override
    public Instant time() {
        return capturedAt;
    }

    @Override
    public EventType type() {
        return EventType.BASELINE_CAPTURED;
    }

    @Override
    public String discriminator() {
        return check.value();
    }
}
