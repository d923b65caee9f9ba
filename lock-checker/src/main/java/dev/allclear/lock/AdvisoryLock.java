package dev.allclear.lock;

import java.util.Optional;

/**
 * An advisory lock that is held. PostgreSQL splits the one-argument key into two halves and marks it with {@code objsubid} 1.
 *
 * @param high {@code pg_locks.classid}
 * @param low {@code pg_locks.objid}
 */
record AdvisoryLock(SeenSession session, long high, long low, int kind) {
    private static final long GOOSE = 4097083626L;
    private static final long PRISMA = 72707369L;
    /** "Flyway" in ASCII, to which Flyway adds the hash of its history table's name: a signed 32-bit number. */
    private static final long FLYWAY = 0x466C_7977_6179L;

    long key() {
        return (high << 32) | low;
    }

    String words() {
        return kind == 1 ? Long.toString(key()) : high + "," + low;
    }

    /** The migration tool that uses this key. */
    Optional<String> tool() {
        if (kind != 1) {
            return Optional.empty();
        }
        if (key() == GOOSE) {
            return Optional.of("goose");
        }
        if (key() == PRISMA) {
            return Optional.of("Prisma");
        }
        return key() >= FLYWAY + Integer.MIN_VALUE && key() <= FLYWAY + Integer.MAX_VALUE
                ? Optional.of("Flyway")
                : Optional.empty();
    }

    /** Tells this lock of this session from all others. */
    String identity() {
        return session.backend().pid() + "@" + session.backend().startedAt() + ":" + words();
    }
}
