package dev.allclear.event;

/** How a checker answered the announcement of a run. */
public enum BaselineStatus {
    CAPTURED,
    /** This check needs no before-measurement. */
    NONE,
    FAILED
}
