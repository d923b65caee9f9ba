package dev.allclear.status;

import java.time.Instant;
import java.util.Optional;

/**
 * A lock of a migration tool that was held when a look was taken.
 *
 * @param tool as in {@code --tool}
 * @param where its lock table as {@code schema.table}, or {@code advisory lock KEY}
 * @param holder who holds it, as far as is known
 * @param since since when, as far as is known
 * @param release the SQL that frees it, once it is certain that nobody works any more
 */
record HeldLock(String tool, String where, Optional<String> holder, Optional<Instant> since, String release) {
    /** Tells this hold of the lock from a later one, as far as the lock says who and since when. */
    String identity() {
        return where + "|" + holder.orElse("") + "|"
                + since.map(Instant::toString).orElse("");
    }
}
