package dev.allclear.status.tool;

/** What a tracking table says about one target version. */
public enum Presence {
    PRESENT,
    MISSING,
    /** It is recorded, and recorded as not having succeeded. */
    FAILED,
    /** The tool keeps too little to say. */
    UNKNOWN
}
