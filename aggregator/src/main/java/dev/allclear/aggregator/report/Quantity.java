package dev.allclear.aggregator.report;

import java.time.Duration;
import java.util.Locale;

/** Numbers as people read them. */
final class Quantity {
    private Quantity() {}

    static String time(Duration time) {
        return millis((double) time.toMillis());
    }

    static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    static String millis(double millis) {
        if (millis >= 60_000) {
            return String.format(Locale.ROOT, "%.1f min", millis / 60_000);
        }
        if (millis >= 1_000) {
            return String.format(Locale.ROOT, "%.1f s", millis / 1_000);
        }
        return millis >= 10 || millis == 0
                ? String.format(Locale.ROOT, "%.0f ms", millis)
                : String.format(Locale.ROOT, "%.2f ms", millis);
    }

    /** A power of ten on an axis of milliseconds, without digits that say nothing: {@code 0.01 ms}, {@code 10 s}. */
    static String tick(double millis) {
        if (millis >= 1_000) {
            return String.format(Locale.ROOT, "%,.0f s", millis / 1_000);
        }
        return millis >= 1
                ? String.format(Locale.ROOT, "%.0f ms", millis)
                : String.format(Locale.ROOT, "%." + (int) Math.round(-Math.log10(millis)) + "f ms", millis);
    }

    static String seconds(double seconds) {
        return millis(seconds * 1000);
    }

    static String count(double count) {
        return count == Math.rint(count)
                ? String.format(Locale.ROOT, "%,.0f", count)
                : String.format(Locale.ROOT, "%,.1f", count);
    }

    /** How many times as much, such as {@code 40×}; empty where that says nothing. */
    static String ratio(double before, double after) {
        if (before <= 0 || after <= 0) {
            return "";
        }
        double ratio = after / before;
        return String.format(Locale.ROOT, ratio >= 10 ? "%,.0f×" : "%.1f×", ratio);
    }
}
