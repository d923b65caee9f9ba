package dev.allclear.lock;

import java.time.Instant;
import java.util.Optional;

/**
 * The clock readings of one session at one moment, without its locks.
 *
 * @param waiting waits for a lock, and has for some time
 * @param changed began or ended a statement since the lock table was read
 */
record Pulse(
        Backend backend,
        Optional<Instant> transactionSince,
        Optional<Instant> queryStart,
        Optional<Instant> idleSince,
        boolean waiting,
        boolean changed) {
    static Pulse of(SeenSession session) {
        return new Pulse(
                session.backend(),
                session.transactionSince(),
                session.queryStart(),
                session.isIdle() ? session.stateChange() : Optional.empty(),
                false,
                false);
    }
}
