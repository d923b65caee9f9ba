package dev.allclear.lock;

import java.time.Duration;
import java.time.Instant;

/**
 * A lock that blocks ordinary writes, over the time it was held.
 *
 * @param error the most by which the length may be wrong, from the distance of the samples around both ends
 * @param atMost the longest it may have been held, from the last look without it to the first after it
 * @param waiters how many sessions waited for it
 * @param before its transaction began before the observation
 * @param open still held when last looked
 */
record LockHold(
        SeenSession session,
        String relation,
        LockMode mode,
        Instant from,
        Instant to,
        Duration error,
        Duration atMost,
        int waiters,
        boolean before,
        boolean open) {
    Duration length() {
        return Duration.between(from, to);
    }
}
