package dev.allclear.lock;

import dev.allclear.postgres.MigrationLockKeys;
import java.util.Optional;

/**
 * An advisory lock that is held. PostgreSQL splits the one-argument key into two halves and marks it with {@code objsubid} 1.
 *
 * @param high {@code pg_locks.classid}
 * @param low {@code pg_locks.objid}
 */
record AdvisoryLock(SeenSession session, long high, long low, int kind) {
    long key() {
        return (high << 32) | low;
    }

    String words() {
        return kind == 1 ? Long.toString(key()) : high + "," + low;
    }

    /** The migration tool that uses this key, in the database of this name. */
    Optional<String> tool(String database) {
        return kind == 1 ? MigrationLockKeys.toolOf(key(), database) : Optional.empty();
    }

    /** Tells this lock of this session from all others. */
    String identity() {
        return session.backend().pid() + "@" + session.backend().startedAt() + ":" + words();
    }
}
