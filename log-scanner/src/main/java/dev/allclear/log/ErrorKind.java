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

    /** What happens to the application; kinds that share a code share it. The object may be unknown (empty). */
    String says(String object) {
        String named = object.isEmpty() ? "" : " " + object;
        return switch (this) {
            case UNDEFINED_COLUMN ->
                "the application still uses" + (object.isEmpty() ? " a column" : " column" + named)
                        + ", which does not exist";
            case UNDEFINED_TABLE ->
                "the application still uses" + (object.isEmpty() ? " a table" : named) + ", which does not exist";
            case UNDEFINED_FUNCTION ->
                "the application still calls" + (object.isEmpty() ? " a function" : named)
                        + ", which does not exist for these types";
            case TYPE_MISMATCH -> "the application writes values that no longer fit" + of(named, " their column");
            case NOT_NULL_VIOLATION ->
                "the application leaves" + of(named, " a column") + " empty, which must be filled";
            case UNIQUE_VIOLATION, FOREIGN_KEY_VIOLATION, CHECK_VIOLATION ->
                "the application's writes break" + of(named, " a constraint");
            case SYNTAX_ERROR -> "the server cannot parse what the application sends" + near(object);
            case PERMISSION_DENIED -> "the application may not use" + of(named, " an object");
            case LOCK_TIMEOUT, STATEMENT_TIMEOUT ->
                "the application's statements run into a time limit" + about(object);
            case DEADLOCK -> "the application's transactions deadlock" + about(object);
            case CONNECTION_FAILURE, TOO_MANY_CONNECTIONS ->
                "the application gets no connection, or loses it" + about(object);
            case STALE_PLAN -> "the application's connections hold plans of the old schema" + about(object);
            case SERIALIZATION, OTHER -> "the application meets another database error" + about(object);
        };
    }

    private static String of(String named, String unnamed) {
        return named.isEmpty() ? unnamed : named;
    }

    private static String near(String object) {
        return object.isEmpty() ? "" : ", near " + object;
    }

    private static String about(String object) {
        return object.isEmpty() ? "" : " (" + object + ")";
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
