package dev.allclear.event;

import dev.allclear.model.CheckReport;
import dev.allclear.model.DatabaseName;
import dev.allclear.model.RunId;
import java.time.Instant;

/** A check has answered. */
public record CheckCompleted(CheckReport report) implements AllclearEvent {
    @Override
    public RunId run() {
        return report.run();
    }

    @Override
    public DatabaseName database() {
        return report.database();
    }

    @Override
    public Instant time() {
        return report.completedAt();
    }

    @Override
    public EventType type() {
        return EventType.CHECK_COMPLETED;
    }

    @Override
    public String discriminator() {
        return report.check().value();
    }
}
