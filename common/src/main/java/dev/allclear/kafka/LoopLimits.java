package dev.allclear.kafka;

import java.time.Duration;

/**
 * How much a {@link ConsumerLoop} takes on, and how long it waits.
 *
 * @param inFlight events of one partition that may be unfinished before its intake pauses
 * @param drain how long unfinished events are waited for when a partition goes or the loop closes; well below the group's
 *     {@code max.poll.interval.ms}
 * @param attempts how often an event is handed to a failing handler before it is skipped
 * @param firstPause before the second attempt; doubled each time
 */
public record LoopLimits(int inFlight, Duration drain, int attempts, Duration firstPause) {
    public static final LoopLimits DEFAULT = new LoopLimits(256, Duration.ofSeconds(10), 4, Duration.ofMillis(250));

    public LoopLimits {
        if (inFlight < 1 || attempts < 1 || drain.isNegative() || firstPause.isNegative()) {
            throw new IllegalArgumentException("limits of a consumer loop must be positive: " + inFlight
                    + " in flight, " + attempts + " attempts, drain " + drain + ", pause " + firstPause);
        }
    }

    /** The pause after the given failed attempt, the first being 1. */
    Duration pauseAfter(int attempt) {
        return firstPause.multipliedBy(1L << Math.min(attempt - 1, 20));
    }
}
