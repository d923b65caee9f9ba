package dev.allclear.log;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The time under examination.
 *
 * @param started when the migration began; empty when nobody announced it
 * @param watched from when on the logs were watched: the completion, or later when that was told late or by a clock that is slow
 * @param soak how long they were watched
 * @param before how much of the log before the migration was read; zero when there is no before-measurement
 * @param end when reading ended
 */
record LogWindow(
        Optional<Instant> started, Instant completed, Instant watched, Instant end, Duration soak, Duration before) {
    /** How much of the log after completion was read. */
    Duration after() {
        Duration after = Duration.between(completed, end);
        return after.isNegative() ? Duration.ZERO : after;
    }

    /** From here on an error counts as going on; what stopped earlier may have healed. */
    Instant middle() {
        return watched.plus(soak.dividedBy(2));
    }

    /** The newest line must not be older, or the source may have missed the errors that matter. */
    Instant mustReach(Duration lag) {
        Duration half = soak.dividedBy(2);
        Instant soaked = watched.plus(soak);
        Instant last = soaked.isBefore(end) ? soaked : end;
        Instant reach = last.minus(lag.compareTo(half) < 0 ? lag : half);
        return reach.isBefore(completed) ? completed : reach;
    }
}
