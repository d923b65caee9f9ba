package dev.allclear.log;

import java.util.Locale;

/** What went wrong between an application and its database, as finely as the rules tell it apart. */
public enum ErrorKind {
    UNDEFINED_COLUMN("undefined-column", false),
    UNDEFINED_TABLE("undefined-table", false),
    UNDEFINED_FUNCTION("undefined-function", false),
    TYPE_MISMATCH("type-mismatch", false),
    NOT_NULL_VIOLATION("not-null-violation", false),
    UNIQUE_VIOLATION("constraint-violation", false),
    FOREIGN_KEY_VIOLATION("constraint-violation", false),
    CHECK_VIOLATION("constraint-violation", false),
    SYNTAX_ERROR("syntax-error", false),
    PERMISSION_DENIED("permission-denied", false),
    LOCK_TIMEOUT("timeout", true),
    STATEMENT_TIMEOUT("timeout", true),
    DEADLOCK("deadlock", true),
    SERIALIZATION("other-database-error", true),
    CONNECTION_FAILURE("connection-failure", true),
    TOO_MANY_CONNECTIONS("connection-failure", true),
    STALE_PLAN("stale-plan", true),
    OTHER("other-database-error", false);

    private final String code;
    private final boolean heals;

    ErrorKind(String code, boolean heals) {
        this.code = code;
        this.heals = heals;
    }

    /** The finding code without its area, such as {@code undefined-column}; several kinds share one. */
    public String code() {
        return code;
    }

    /** Whether a burst of it may end without anybody's doing, as when every connection has dropped its stale plan. */
    public boolean healsByItself() {
        return heals;
    }

    /** The name used in {@code rules.txt}. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
