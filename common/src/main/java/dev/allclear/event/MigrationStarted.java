package dev.allclear.event;

import dev.allclear.model.DatabaseName;
import dev.allclear.model.RunId;
import java.time.Instant;

/** A migration is about to begin; every checker answers with one {@link BaselineCaptured}. */
public record MigrationStarted(RunId run, DatabaseName database, Instant startedAt, MigrationDescription description)
        implements AllclearEvent {
    @Override
    public Instant time() {
        return startedAt;
    }

    @Override
    public EventType type() {
        return EventType.MIGRATION_STARTED;
    }

    @Override
    public String discriminator() {
        return "";
    }
}
