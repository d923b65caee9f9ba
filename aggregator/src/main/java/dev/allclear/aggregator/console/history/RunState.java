package dev.allclear.aggregator.console.history;

/** How far a run has got. */
public enum RunState {
    /** Announced; the migration has not been said to be over. */
    MIGRATING,
    /** The migration is over and checks are being awaited. */
    CHECKING,
    /** There is a final verdict. */
    DECIDED
}
