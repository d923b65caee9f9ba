package dev.allclear.log;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;

/** Completes the name that a rule found: an alias becomes its table where the statement is in the record, quotes go. */
final class ObjectNames {
    private static final Pattern QUOTED = Pattern.compile("[\"«»„“”]([^\"«»„“”]{1,63})[\"«»„“”]");
    private static final String STATEMENT =
            "(?i)(?:STATEMENT: |\\[SQL: |SQL \\[|\"statement\": ?\"|\\(SQL: |: (?:SELECT|INSERT|UPDATE|DELETE|WITH)\\b)";

    private static final int LONGEST = 8 * 1024;

    private ObjectNames() {}

    static String of(ErrorKind kind, String found, String text) {
        if (found.isEmpty()) {
            return named(kind, text);
        }
        String object = found.replace("\"", "");
        int dot = object.indexOf('.');
        if (kind == ErrorKind.UNDEFINED_COLUMN && dot > 0 && dot == object.lastIndexOf('.')) {
            return tableOf(object.substring(0, dot), text) + object.substring(dot);
        }
        return object;
    }

    /** The table behind an alias, or the alias itself where no whole statement says. */
    private static String tableOf(String alias, String text) {
        Matcher matcher = Pattern.compile(STATEMENT
                        + ".*?\\b(?:from|join|update|into) +([\\p{L}\\p{N}_$.\"]{1,130}) +(?:as +)?\"?"
                        + Pattern.quote(alias) + "\"?(?:\\W|$)")
                .matcher(text.substring(0, Math.min(text.length(), LONGEST)));
        return matcher.find() ? matcher.group(1).replace("\"", "") : alias;
    }

    /** In a localized sentence the names still stand in quotation marks: a column before its table, a table before its constraint. */
    private static String named(ErrorKind kind, String text) {
        boolean namesSomething =
                switch (kind) {
                    case UNDEFINED_COLUMN,
                            UNDEFINED_TABLE,
                            NOT_NULL_VIOLATION,
                            UNIQUE_VIOLATION,
                            FOREIGN_KEY_VIOLATION,
                            CHECK_VIOLATION -> true;
                    case UNDEFINED_FUNCTION,
                            TYPE_MISMATCH,
                            SYNTAX_ERROR,
                            PERMISSION_DENIED,
                            LOCK_TIMEOUT,
                            STATEMENT_TIMEOUT,
                            DEADLOCK,
                            SERIALIZATION,
                            CONNECTION_FAILURE,
                            TOO_MANY_CONNECTIONS,
                            STALE_PLAN,
                            OTHER -> false;
                };
        if (!namesSomething) {
            return "";
        }
        int from = Math.max(0, text.indexOf("ERROR"));
        Matcher matcher = QUOTED.matcher(text.substring(from, Math.min(text.length(), from + 400)));
        if (!matcher.find() || !looksLikeName(matcher.group(1))) {
            return "";
        }
        String first = matcher.group(1);
        boolean isSecondOfTwo = kind == ErrorKind.FOREIGN_KEY_VIOLATION || kind == ErrorKind.CHECK_VIOLATION;
        boolean mayHaveTwo = isSecondOfTwo || kind == ErrorKind.UNDEFINED_COLUMN;
        if (!mayHaveTwo || !matcher.find() || !looksLikeName(matcher.group(1))) {
            return first;
        }
        if (isSecondOfTwo) {
            return matcher.group(1);
        }
        return matcher.group(1) + "." + first;
    }

    private static boolean looksLikeName(String text) {
        return text.codePoints().allMatch(c -> Character.isLetterOrDigit(c) || c == '_' || c == '.' || c == '$');
    }
}
