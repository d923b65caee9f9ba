package dev.allclear.event;

import dev.allclear.model.Alert;
import dev.allclear.model.DatabaseName;
import dev.allclear.model.RunId;
import java.time.Instant;

/** A run needs a person. */
public record AlertFiring(Alert alert, Instant at) implements AllclearEvent {
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
        return EventType.ALERT_FIRING;
    }

    @Override
    public String discriminator() {
        return alert.alertId();
    }
}
