package dev.allclear.latency;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What can be said of a statement's text without a parser: literals, quoted names and comments are blanked out, and what remains
 * is looked at. A first fence with a clear message; the boundary is the READ ONLY transaction and the role's rights. Pure.
 */
final class SqlShape {
    /** In {@code name'\'} the string is an ordinary one. As PostgreSQL has it, whatever is not ASCII may be part of a name. */
    private static final String NOT_IN_A_NAME = "(?<![A-Za-z0-9_$\\x{80}-\\x{10FFFF}])";

    private static final Pattern HIDDEN = Pattern.compile(
            NOT_IN_A_NAME + "[eE]'(?:[^'\\\\]|\\\\.|'')*+'" // escape string
                    + "|'(?:[^']|'')*+'"
                    + "|\"(?:[^\"]|\"\")*+\""
                    + "|--[^\\n\\r]*+"
                    + "|" + NOT_IN_A_NAME + "\\$([A-Za-z_][A-Za-z0-9_]*)?\\$.*?\\$\\1\\$"
                    + "|/\\*.*?\\*/",
            Pattern.DOTALL);
    private static final Pattern PARAMETER = Pattern.compile("\\$(\\d{1,4})");
    private static final Pattern WRITES =
            Pattern.compile("[()]\\s*(insert\\s+into|update|delete\\s+from|merge\\s+into)\\b");
    private static final Pattern LOCKS =
            Pattern.compile("\\bfor\\s+(no\\s+key\\s+update|update|key\\s+share|share)\\b");
    private static final Pattern INTO = Pattern.compile("\\binto\\b");
    private static final Pattern BEGINS = Pattern.compile("[\\s(]*(select|with|values|table)\\b.*", Pattern.DOTALL);

    private final String visible;

    private SqlShape(String visible) {
        this.visible = visible;
    }

    static SqlShape of(String sql) {
        return new SqlShape(HIDDEN.matcher(sql).replaceAll(" ' ").strip().toLowerCase(Locale.ROOT));
    }

    /** Why this is not a single statement that only reads; empty when it looks like one. */
    Optional<String> objection() {
        if (visible.indexOf(';') >= 0) {
            return Optional.of("it holds a semicolon; one statement only, without a semicolon");
        }
        if (visible.contains("/*") || visible.contains("*/")) {
            return Optional.of("it holds a nested or unfinished comment");
        }
        if (!BEGINS.matcher(visible).matches()) {
            return Optional.of("it is not a SELECT");
        }
        if (WRITES.matcher(visible).find()) {
            return Optional.of("it changes data");
        }
        if (LOCKS.matcher(visible).find()) {
            return Optional.of("it locks rows (FOR UPDATE or FOR SHARE)");
        }
        if (INTO.matcher(visible).find()) {
            return Optional.of("it creates a table (SELECT INTO)");
        }
        return Optional.empty();
    }

    int highestParameter() {
        int highest = 0;
        Matcher matcher = PARAMETER.matcher(visible);
        while (matcher.find()) {
            highest = Math.max(highest, Integer.parseInt(matcher.group(1)));
        }
        return highest;
    }
}
