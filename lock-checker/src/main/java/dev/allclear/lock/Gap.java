package dev.allclear.lock;

import java.time.Duration;
import java.time.Instant;

/** A part of the run in which nothing was observed, by the database's clock. */
record Gap(Instant from, Instant to) {
    Duration length() {
        return Duration.between(from, to);
    }
}
