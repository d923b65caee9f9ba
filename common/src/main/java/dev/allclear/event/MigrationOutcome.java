package dev.allclear.event;

/** What the publisher says became of the migration command: a claim to be verified. */
public enum MigrationOutcome {
    SUCCEEDED,
    FAILED,
    CANCELLED,
    /** The command was never run, for example because a baseline was missing. */
    NOT_STARTED
}
