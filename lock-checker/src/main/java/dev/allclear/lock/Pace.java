package dev.allclear.lock;

import java.time.Duration;

/** How often to sample: the configured interval, or less often where a sample takes more than a tenth of it. Not thread-safe. */
final class Pace {
    private static final double SHARE = 0.1;
    private static final double WEIGHT_OF_NEWEST = 0.2;
    private static final int SLOWEST = 20;

    private final Duration interval;
    private double cost;

    Pace(Duration interval) {
        this.interval = interval;
    }

    /** Takes note of what one sample took. */
    void took(Duration sample) {
        double nanos = sample.toNanos();
        cost = cost == 0 ? Math.min(nanos, interval.toNanos() * SHARE) : cost + WEIGHT_OF_NEWEST * (nanos - cost);
    }

    /** The time from the beginning of one sample to the beginning of the next. */
    Duration period() {
        long nanos = Math.max(interval.toNanos(), (long) (cost / SHARE));
        return Duration.ofNanos(Math.min(nanos, interval.toNanos() * SLOWEST));
    }

    /** How long to wait before trying again after so many failures in a row. */
    Duration backOff(int failures) {
        return Duration.ofMillis(Math.min(5_000, 100L << Math.min(10, failures - 1)));
    }
}
