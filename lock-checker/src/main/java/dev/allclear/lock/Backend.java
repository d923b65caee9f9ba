package dev.allclear.lock;

import java.time.Instant;

/**
 * One server process over its life; process ids are reused, so its start belongs to its identity.
 *
 * @param pid 0 for a prepared transaction, which has no process; {@code pg_blocking_pids} says 0 for it, too
 * @param startedAt {@link #HIDDEN} when our role may not see it
 */
record Backend(int pid, Instant startedAt) {
    static final Instant HIDDEN = Instant.EPOCH;

    boolean isPrepared() {
        return pid == 0;
    }
}
