package dev.allclear.model;

/** What a finding does to its check, worst first. */
public enum Severity {
    /** Fails the check. */
    ERROR,
    /** The question could not be answered; the check is inconclusive. */
    UNPROVEN,
    /** Worth a person's attention; does not change the outcome. */
    WARNING,
    /** For the record. */
    INFO
}
