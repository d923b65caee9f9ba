package dev.allclear.event;

import dev.allclear.model.DatabaseName;
import dev.allclear.model.RunId;
import java.time.Instant;

/** Something that happened to a run. Every event names its run and its database; the database is its key on Kafka. */
public sealed interface AllclearEvent
        permits MigrationStarted,
                MigrationCompleted,
                BaselineCaptured,
                CheckStarted,
                CheckCompleted,
                VerdictReached,
                AlertFiring,
                AlertResolved {
    RunId run();

    DatabaseName database();

    /** When it happened, by the clock of whoever says so. */
    Instant time();

    EventType type();

    /** What tells this event from others of its type and run (a check's name, a revision); part of its deterministic id. */
    String discriminator();
}
