package dev.allclear.model;

/** How urgently an alert wants a person. */
public enum AlertSeverity {
    CRITICAL,
    WARNING
}
