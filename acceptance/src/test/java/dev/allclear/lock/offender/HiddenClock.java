package dev.allclear.lock.offender;

import java.time.Instant;

/** Breaks an architecture rule on purpose. */
public final class HiddenClock {
    Instant now() {
        return Instant.now();
    }
}
