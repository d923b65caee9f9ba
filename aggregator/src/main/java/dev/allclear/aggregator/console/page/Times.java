package dev.allclear.aggregator.console.page;

import dev.allclear.aggregator.report.Markup;
import dev.allclear.model.Durations;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times as pages show them: with their zone, and how long ago. */
final class Times {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private Times() {}

    static String text(Instant at) {
        return TIME.format(at);
    }

    static void write(Markup html, Instant at) {
        html.leaf("time", text(at), "datetime", at.toString());
    }

    /** Clocks differ a little, so that what is ahead of ours is "now". */
    static String age(Instant at, Instant now) {
        Duration age = Duration.between(at, now);
        return age.compareTo(Duration.ofSeconds(1)) < 0 ? "now" : Durations.rounded(age) + " ago";
    }
}
