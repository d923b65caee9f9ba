package dev.allclear.model;

/** The verdict on a run. */
public enum Decision {
    /** Every required check answered and none objects: safe to keep. */
    PASS,
    /** A required check found an error: action needed. */
    FAIL,
    /** Something required could not be answered: not proven. */
    INCONCLUSIVE
}
