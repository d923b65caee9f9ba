package dev.allclear.model;

/** What to do next about a run. */
public enum Recommendation {
    KEEP,
    /** Statistics are missing: run ANALYZE, then verify again. */
    ANALYZE,
    ROLL_FORWARD,
    /** Never recommended for a migration that is declared irreversible. */
    ROLL_BACK,
    INVESTIGATE
}
