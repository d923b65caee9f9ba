package dev.allclear.event;

import dev.allclear.model.CheckName;
import dev.allclear.model.DatabaseName;
import dev.allclear.model.RunId;
import java.time.Instant;

/** A check has begun to look at a completed migration, or says how far it got. */
public record CheckStarted(RunId run, DatabaseName database, CheckName check, Instant startedAt, String activity)
        implements AllclearEvent {
    @Override
    public Instant time() {
        return startedAt;
    }

    @Override
    public EventType type() {
        return EventType.CHECK_STARTED;
    }

    @Override
    public String discriminator() {
        return check.value() + "/" + activity;
    }
}
