package dev.allclear.aggregator.report;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Points in time as people read them; always in UTC, and it is always said. */
final class Moment {
    private static final DateTimeFormatter DATE_AND_TIME = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Moment() {}

    static String of(Instant time) {
        return DATE_AND_TIME.format(time);
    }

    /** On an axis, which says elsewhere that it is in UTC. */
    static String clock(Instant time) {
        return CLOCK.format(time);
    }
}
