package dev.allclear.lock;

import java.time.Duration;
import java.util.Locale;

/** Words that several findings share. */
final class LockWords {
    private LockWords() {}

    static String mode(SeenLock lock) {
        return lock.mode().map(LockMode::words).orElse("a row");
    }

    /** In tenths of a second, so that a length just above a limit does not read like the limit. */
    static String length(Duration duration) {
        long millis = duration.toMillis();
        return millis < 1000 ? millis + " ms" : String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
    }

    /** Names the start as well: process ids are reused, and the remedy may be pasted much later. */
    static String end(String function, SeenSession session) {
        Backend backend = session.backend();
        String started =
                backend.startedAt().equals(Backend.HIDDEN) ? "" : " and backend_start = '" + backend.startedAt() + "'";
        return "select " + function + "(pid) from pg_stat_activity where pid = " + backend.pid() + started + ";";
    }
}
