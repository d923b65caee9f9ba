package dev.allclear.row;

import java.util.Locale;

/** Counts as people read them: {@code 498,796}, the same in every locale. */
final class Numbers {
    private Numbers() {}

    static String text(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    static String rows(long number) {
        return text(number) + (number == 1 ? " row" : " rows");
    }
}
