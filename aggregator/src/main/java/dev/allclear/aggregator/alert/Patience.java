package dev.allclear.aggregator.alert;

import java.time.Duration;

/**
 * How long a target is waited for, and how often it is tried again.
 *
 * @param timeout of one attempt, from connecting to the last byte of the answer
 * @param firstPause before the second attempt; doubled each time up to {@code longestPause}, unless the target names its own
 * @param expireAfter the age at which an alert is given up
 * @param refusedAfter the age at which one is given up that the target calls malformed, counted from the first attempt
 * @param remember how far back alerts that still fire are repeated to a target that wants repetitions
 */
record Patience(
        Duration timeout,
        Duration firstPause,
        Duration longestPause,
        Duration expireAfter,
        Duration refusedAfter,
        Duration remember) {
    static final Patience DEFAULT = new Patience(
            Duration.ofSeconds(5),
            Duration.ofSeconds(1),
            Duration.ofMinutes(1),
            Duration.ofHours(24),
            Duration.ofMinutes(10),
            Duration.ofDays(7));

    /** The longest that a target's own {@code Retry-After} is heeded. */
    private static final Duration LONGEST_WISH = Duration.ofMinutes(15);

    Patience withTimes(Duration newTimeout, Duration newExpireAfter) {
        return new Patience(newTimeout, firstPause, longestPause, newExpireAfter, refusedAfter, remember);
    }

    /** The pause after the given failed attempt, the first being 1. */
    Duration pauseAfter(int attempt, Reply reply) {
        Duration doubled = firstPause.multipliedBy(1L << Math.min(attempt - 1, 20));
        Duration own = doubled.compareTo(longestPause) > 0 ? longestPause : doubled;
        return reply.retryAfter()
                .map(wish -> wish.compareTo(LONGEST_WISH) > 0 ? LONGEST_WISH : wish)
                .filter(wish -> wish.compareTo(own) > 0)
                .orElse(own);
    }
}
