package dev.allclear.status.catalog;

import java.util.Locale;

/** Kinds of catalog objects, in the order in which they are reported. */
public enum Kind {
    EXTENSION,
    TABLE,
    COLUMN,
    INDEX,
    CONSTRAINT,
    VIEW,
    FUNCTION;

    /** As in messages, and the name of the query that reads it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
