package dev.allclear.lock;

import dev.allclear.config.Section;
import java.time.Duration;

/**
 * {@code databases.NAME.locks}.
 *
 * @param warn a lock that blocks ordinary writes is a warning when held longer
 * @param fail … and an error
 * @param interval the time between two samples; longer where a sample is expensive
 * @param settle how long after completion sessions may take to end by themselves
 */
record LockSettings(Duration warn, Duration fail, Duration interval, Duration settle) {
    private static final Duration SHORTEST_INTERVAL = Duration.ofMillis(10);

    static final LockSettings DEFAULT = new LockSettings(
            Duration.ofSeconds(2), Duration.ofSeconds(10), Duration.ofMillis(100), Duration.ofSeconds(5));

    LockSettings {
        if (fail.compareTo(warn) < 0) {
            throw new IllegalArgumentException("fail (" + fail + ") must not be shorter than warn (" + warn + ")");
        }
        if (interval.compareTo(SHORTEST_INTERVAL) < 0) {
            throw new IllegalArgumentException("interval must be at least " + SHORTEST_INTERVAL);
        }
    }

    static LockSettings read(Section section) {
        Duration warn = section.duration("warn", DEFAULT.warn);
        Duration fail = section.duration("fail", max(warn, DEFAULT.fail));
        Duration interval = section.duration("interval", DEFAULT.interval);
        Duration settle = section.duration("settle", DEFAULT.settle);
        section.rejectOtherKeys();
        if (fail.compareTo(warn) < 0) {
            section.mistake("fail", "must not be shorter than warn");
        }
        if (interval.compareTo(SHORTEST_INTERVAL) < 0) {
            section.mistake("interval", "must be at least 10ms");
        }
        return new LockSettings(warn, max(warn, fail), max(SHORTEST_INTERVAL, interval), settle);
    }

    private static Duration max(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
