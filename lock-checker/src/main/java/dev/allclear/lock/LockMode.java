package dev.allclear.lock;

import java.util.Locale;
import java.util.Optional;

/** PostgreSQL's table-level lock modes, weakest first (documentation, 13.3.1). */
enum LockMode {
    ACCESS_SHARE("AccessShareLock"),
    ROW_SHARE("RowShareLock"),
    ROW_EXCLUSIVE("RowExclusiveLock"),
    SHARE_UPDATE_EXCLUSIVE("ShareUpdateExclusiveLock"),
    SHARE("ShareLock"),
    SHARE_ROW_EXCLUSIVE("ShareRowExclusiveLock"),
    EXCLUSIVE("ExclusiveLock"),
    ACCESS_EXCLUSIVE("AccessExclusiveLock");

    private final String catalogName;

    LockMode(String catalogName) {
        this.catalogName = catalogName;
    }

    /** The mode as {@code pg_locks.mode} spells it; empty for what is no table-level mode, such as {@code SIReadLock}. */
    static Optional<LockMode> of(String catalogName) {
        for (LockMode mode : values()) {
            if (mode.catalogName.equals(catalogName)) {
                return Optional.of(mode);
            }
        }
        return Optional.empty();
    }

    /** Conflicts with ROW EXCLUSIVE, so INSERT, UPDATE and DELETE wait for it. A concurrent index build does not. */
    boolean blocksWrites() {
        return compareTo(SHARE) >= 0;
    }

    /** As the documentation writes it: {@code ACCESS EXCLUSIVE}. */
    String words() {
        return name().replace('_', ' ').toUpperCase(Locale.ROOT);
    }
}
