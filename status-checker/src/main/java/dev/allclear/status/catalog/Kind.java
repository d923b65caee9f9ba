package dev.allclear.status.catalog;

import java.util.Locale;

/** Kinds of catalog objects, in the order in which they are reported. */
public enum Kind {
    EXTENSION,
    SCHEMA,
    TYPE,
    TABLE,
    PARTITION,
    COLUMN,
    INDEX,
    CONSTRAINT,
    SEQUENCE,
    VIEW,
    TRIGGER,
    RULE,
    POLICY,
    FUNCTION,
    /** The rights that others than its owner hold on one object; absent where nobody ever changed them. */
    GRANT;

    /** As in messages, and the name of the query that reads it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
