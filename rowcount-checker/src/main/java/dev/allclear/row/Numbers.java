package dev.allclear.row;

import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Counts as people read them: {@code 498,796}, the same in every locale. */
final class Numbers {
    private static final Pattern WRITTEN = Pattern.compile("\\d{1,3}(,\\d{3}){0,5}");

    private Numbers() {}

    static String text(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** The count that {@link #text} wrote; empty for any other text, such as {@code at least 3}. */
    static OptionalLong count(String text) {
        return WRITTEN.matcher(text).matches()
                ? OptionalLong.of(Long.parseLong(text.replace(",", "")))
                : OptionalLong.empty();
    }

    static String rows(long number) {
        return text(number) + (number == 1 ? " row" : " rows");
    }
}
