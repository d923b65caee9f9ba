package dev.allclear.event;

import dev.allclear.model.Alert;
import dev.allclear.model.DatabaseName;
import dev.allclear.model.RunId;
import java.time.Instant;

/** A later run of the same change has passed: the alert no longer holds. */
public record AlertResolved(Alert alert, Instant at) implements AllclearEvent {
    @Override
    public RunId run() {
        return alert.run();
    }

    @Override
    public DatabaseName database() {
        return alert.database();
    }

    @Override
    public Instant time() {
        return at;
    }

    @Override
    public EventType type() {
        return EventType.ALERT_RESOLVED;
    }

    @Override
    public String discriminator() {
        return alert.alertId();
    }
}
