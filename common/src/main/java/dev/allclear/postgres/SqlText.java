package dev.allclear.postgres;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Quoting, for the places where a statement cannot take parameters. */
public final class SqlText {
    private SqlText() {}

    /** {@code orders} becomes {@code "orders"}; several parts are joined by dots. */
    public static String identifier(String... parts) {
        return Arrays.stream(parts)
                .map(part -> '"' + withoutNul(part).replace("\"", "\"\"") + '"')
                .collect(Collectors.joining("."));
    }

    /** An untyped literal: {@code it's} becomes {@code 'it''s'}; backslashes are safe whatever {@code standard_conforming_strings} says. */
    public static String literal(String value) {
        String quoted = "'" + withoutNul(value).replace("'", "''").replace("\\", "\\\\") + "'";
        return value.indexOf('\\') < 0 ? quoted : " E" + quoted;
    }

    private static String withoutNul(String text) {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a NUL character cannot be part of SQL text");
        }
        return text;
    }
}
