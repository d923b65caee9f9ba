package dev.allclear.log;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds SQLSTATEs where drivers and the server print them, and says what they mean (PostgreSQL documentation, appendix A). States
 * that only other databases use, such as {@code 42S02} or {@code HY000}, are no match.
 */
final class SqlStates {
    private static final String STATE = "([0-9A-Z]{5})";
    private static final Pattern[] PLACES = {
        Pattern.compile("(?i:sql\\s?-?state|state_code)[\"']?\\s*[:=(\\[]*\\s*[\"'E]?\\[?" + STATE + "\\b"),
        Pattern.compile("SQLSTATE " + STATE + "\\b"),
        Pattern.compile("(?:ERROR|FATAL|PANIC):? +" + STATE + "(?:: | \\()"),
        Pattern.compile(",(?:ERROR|FATAL|PANIC)," + STATE + ","),
        Pattern.compile("(?:PostgresException|Exception) \\(0x[0-9A-F]+\\): " + STATE + ": "),
        Pattern.compile(
                "(?:severity|[Pp]ostgres|[Ss]qlState|PgError|pgError|DatabaseError|DbError|Query).*?\\b[Cc]ode[\"']?[:=]\\s*[\"']?"
                        + STATE + "\\b"),
        Pattern.compile("\\b[Cc]ode[\"']?[:=]\\s?[\"']?" + STATE
                + "\\b.*?(?:severity|routine|[Pp]ostgres|canceling|does not exist)"),
        Pattern.compile("(?:ERROR|FATAL|pq): .*?\\(" + STATE + "\\)"),
        Pattern.compile("[\\[ (]" + STATE + "[\\]:)] ?:? ?(?:ERROR|FATAL|PANIC): "),
        Pattern.compile("(?:r2dbc|Database_Exception).{0,120}?\\[ ?" + STATE + " ?\\]"),
        Pattern.compile("SqlState\\(E?" + STATE + "\\)"),
    };
    private static final Set<String> CLASSES = Set.of(
            "08", "09", "0A", "0B", "0P", "20", "21", "22", "23", "24", "25", "26", "27", "28", "2B", "2D", "2F", "34",
            "38", "39", "3B", "3D", "3F", "40", "42", "44", "53", "54", "55", "57", "58", "F0", "HV", "P0", "XX");
    private static final Set<String> FOREIGN = Set.of("23000", "42000", "22018", "HV000");
    private static final Map<String, ErrorKind> KINDS = Map.ofEntries(
            Map.entry("42703", ErrorKind.UNDEFINED_COLUMN),
            Map.entry("42P01", ErrorKind.UNDEFINED_TABLE),
            Map.entry("3F000", ErrorKind.UNDEFINED_TABLE),
            Map.entry("42883", ErrorKind.UNDEFINED_FUNCTION),
            Map.entry("42804", ErrorKind.TYPE_MISMATCH),
            Map.entry("42846", ErrorKind.TYPE_MISMATCH),
            Map.entry("42P18", ErrorKind.TYPE_MISMATCH),
            Map.entry("22P02", ErrorKind.TYPE_MISMATCH),
            Map.entry("22P03", ErrorKind.TYPE_MISMATCH),
            Map.entry("22001", ErrorKind.TYPE_MISMATCH),
            Map.entry("22003", ErrorKind.TYPE_MISMATCH),
            Map.entry("22007", ErrorKind.TYPE_MISMATCH),
            Map.entry("22008", ErrorKind.TYPE_MISMATCH),
            Map.entry("23502", ErrorKind.NOT_NULL_VIOLATION),
            Map.entry("23503", ErrorKind.FOREIGN_KEY_VIOLATION),
            Map.entry("23505", ErrorKind.UNIQUE_VIOLATION),
            Map.entry("23P01", ErrorKind.CHECK_VIOLATION),
            Map.entry("23514", ErrorKind.CHECK_VIOLATION),
            Map.entry("42601", ErrorKind.SYNTAX_ERROR),
            Map.entry("42501", ErrorKind.PERMISSION_DENIED),
            Map.entry("55P03", ErrorKind.LOCK_TIMEOUT),
            Map.entry("57014", ErrorKind.STATEMENT_TIMEOUT),
            Map.entry("40P01", ErrorKind.DEADLOCK),
            Map.entry("40001", ErrorKind.SERIALIZATION),
            Map.entry("53300", ErrorKind.TOO_MANY_CONNECTIONS),
            Map.entry("57P01", ErrorKind.CONNECTION_FAILURE),
            Map.entry("57P02", ErrorKind.CONNECTION_FAILURE),
            Map.entry("57P03", ErrorKind.CONNECTION_FAILURE),
            Map.entry("57P05", ErrorKind.CONNECTION_FAILURE),
            Map.entry("3D000", ErrorKind.CONNECTION_FAILURE),
            Map.entry("28000", ErrorKind.CONNECTION_FAILURE),
            Map.entry("28P01", ErrorKind.CONNECTION_FAILURE));

    private SqlStates() {}

    static Optional<String> in(String text) {
        for (Pattern place : PLACES) {
            Matcher matcher = place.matcher(text);
            while (matcher.find()) {
                String state = matcher.group(1);
                if (isPostgres(state)) {
                    return Optional.of(state);
                }
            }
        }
        return Optional.empty();
    }

    static ErrorKind kindOf(String state) {
        ErrorKind other = state.startsWith("08") ? ErrorKind.CONNECTION_FAILURE : ErrorKind.OTHER;
        return KINDS.getOrDefault(state, other);
    }

    private static boolean isPostgres(String state) {
        return CLASSES.contains(state.substring(0, 2))
                && !FOREIGN.contains(state)
                && state.charAt(2) != 'S'
                && hasDigit(state);
    }

    private static boolean hasDigit(String state) {
        return state.chars().anyMatch(c -> c >= '0' && c <= '9');
    }
}
