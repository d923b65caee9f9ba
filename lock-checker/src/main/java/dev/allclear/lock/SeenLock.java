package dev.allclear.lock;

import java.time.Instant;
import java.util.Optional;

/**
 * A table-level lock, or any wait, as {@code pg_locks} showed it at one moment.
 *
 * @param relation the table, schema-qualified; an index or TOAST table stands for its table, a partition for its root; empty for
 *     a wait for a row, and for a relation that nobody else can see (new in its transaction, or temporary)
 * @param mode empty when it is no table-level mode
 * @param waitingSince set for waiters only, and not always
 * @param onIndex on an index of the table, not on the table itself
 */
record SeenLock(
        SeenSession session,
        Optional<String> relation,
        Optional<LockMode> mode,
        boolean granted,
        Optional<Instant> waitingSince,
        boolean onIndex) {
    SeenLock(
            SeenSession session,
            Optional<String> relation,
            Optional<LockMode> mode,
            boolean granted,
            Optional<Instant> waitingSince) {
        this(session, relation, mode, granted, waitingSince, false);
    }

    boolean blocksWrites() {
        return relation.isPresent() && mode.filter(LockMode::blocksWrites).isPresent();
    }

    /**
     * Tells that its session changes tables: whoever drops or rebuilds an index in earnest locks its table as well, and DROP INDEX
     * CONCURRENTLY, which does not, is anybody's.
     */
    boolean isOfDdl() {
        return blocksWrites() && !onIndex;
    }
}
