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
    private static final int LENGTH = 5;
    private static final int REACH_BACK = 300;
    private static final int REACH_ON = 200;
    private static final int MOST_TRIES = 8;
    private static final String STATE = "([0-9A-Z]{5})";
    private static final String SEVERITY =
            "ERROR|FATAL|PANIC|FEHLER|ERREUR|ERRO|ERRORE|FATALE|PANIK|ОШИБКА|ВАЖНО|错误|致命错误";
    private static final Pattern[] PLACES = {
        Pattern.compile("(?i:sql\\s?-?state|state_code)[\"']?\\s*[:=(\\[]*\\s*[\"'E]?\\[?" + STATE + "\\b"),
        Pattern.compile("SQLSTATE " + STATE + "\\b"),
        Pattern.compile("(?:" + SEVERITY + ") ?:? +" + STATE + "(?:: | \\()"),
        Pattern.compile("(?i:pg_?code|err_?code|error_code|status_code)[\"']?\\s*[:=]\\s*[\"'`]?" + STATE + "\\b"),
        Pattern.compile("'C': '" + STATE + "'"),
        Pattern.compile("<<\"" + STATE + "\">>"),
        Pattern.compile(",(?:" + SEVERITY + ")," + STATE + ","),
        Pattern.compile("(?:PostgresException|Exception) \\(0x[0-9A-F]+\\): " + STATE + ": "),
        Pattern.compile(
                "(?:severity|[Pp]ostgres|[Ss]qlState|PgError|pgError|DatabaseError|DbError|Query).*?\\b[Cc]ode[\"']?[:=]\\s*[\"'`]?"
                        + STATE + "\\b"),
        Pattern.compile("\\b[Cc]ode[\"']?[:=]\\s?[\"'`]?" + STATE
                + "\\b.*?(?:severity|routine|[Pp]ostgres|canceling|does not exist|violates|permission denied)"),
        Pattern.compile("(?:ERROR|FATAL|pq): .*?\\(" + STATE + "\\)"),
        Pattern.compile("[\\[ (,=:]" + STATE + "[\\]:), ]{1,3}(?:" + SEVERITY + ") ?: "),
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

    /** The first that stands where a state is told. */
    static Optional<String> in(String text) {
        int tries = 0;
        for (int at = next(text, 0); at >= 0 && tries < MOST_TRIES; at = next(text, at + 1)) {
            tries++;
            String state = text.substring(at, at + LENGTH);
            int from = Math.max(0, at - REACH_BACK);
            String around = text.substring(from, Math.min(text.length(), at + REACH_ON));
            for (Pattern place : PLACES) {
                Matcher matcher = place.matcher(around);
                if (matcher.find() && state.equals(matcher.group(1))) {
                    return Optional.of(state);
                }
            }
        }
        return Optional.empty();
    }

    /** Where the next word stands that could be a state of PostgreSQL's, or -1. */
    private static int next(String text, int from) {
        for (int i = from; i + LENGTH <= text.length(); i++) {
            boolean begins = i == 0
                    || !isWord(text.charAt(i - 1))
                    || (text.charAt(i - 1) == 'E' && text.charAt(Math.max(0, i - 2)) == '(');
            if (begins && (i + LENGTH == text.length() || !isWord(text.charAt(i + LENGTH))) && isPostgres(text, i)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isWord(char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
    }

    static ErrorKind kindOf(String state) {
        ErrorKind other = state.startsWith("08") ? ErrorKind.CONNECTION_FAILURE : ErrorKind.OTHER;
        return KINDS.getOrDefault(state, other);
    }

    private static boolean isPostgres(String text, int at) {
        boolean hasDigit = false;
        for (int i = at; i < at + LENGTH; i++) {
            char c = text.charAt(i);
            boolean isDigit = c >= '0' && c <= '9';
            hasDigit |= isDigit;
            if (!isDigit && (c < 'A' || c > 'Z')) {
                return false;
            }
        }
        return hasDigit
                && text.charAt(at + 2) != 'S'
                && CLASSES.contains(text.substring(at, at + 2))
                && !FOREIGN.contains(text.substring(at, at + LENGTH));
    }
}
