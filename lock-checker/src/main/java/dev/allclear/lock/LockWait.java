package dev.allclear.lock;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** A session that waited, for what and because of whom. */
record LockWait(SeenSession waiter, Optional<String> relation, Instant from, Instant to, Set<SeenSession> blockers) {
    LockWait {
        blockers = Set.copyOf(blockers);
    }

    Duration length() {
        return Duration.between(from, to);
    }
}
