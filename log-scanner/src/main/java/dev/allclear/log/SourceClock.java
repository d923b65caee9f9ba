package dev.allclear.log;

import java.time.Duration;
import java.time.Instant;

/**
 * What to add to a log's times. Two things are certain enough to mend: times without a zone that are whole half hours off the moment
 * the file was last written were written in another zone, and a time later than now comes from a clock that is ahead, unless it is
 * so much later that it must be a date in the line's text. A log that seems late stays late, since that cannot be told from one that lags.
 */
final class SourceClock {
    private static final long HALF_HOUR = 1800;
    private static final long WIDEST_ZONE = 14 * 3600L;
    private static final long SLACK = 60;

    private SourceClock() {}

    /**
     * @param newest the time of the file's last line
     * @param written when the file was last written
     */
    static Duration correction(Instant newest, Instant written, Instant now) {
        long ahead = Duration.between(written, newest).toSeconds();
        long zones = Math.round((double) ahead / HALF_HOUR) * HALF_HOUR;
        if (zones != 0 && Math.abs(zones) <= WIDEST_ZONE && Math.abs(ahead - zones) <= SLACK) {
            return Duration.ofSeconds(-zones);
        }
        Duration future = Duration.between(now, newest);
        return future.toSeconds() >= 2 && future.toSeconds() <= WIDEST_ZONE ? future.negated() : Duration.ZERO;
    }
}
