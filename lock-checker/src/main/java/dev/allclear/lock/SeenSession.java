package dev.allclear.lock;

import dev.allclear.model.Excerpt;
import java.time.Instant;
import java.util.Optional;

/**
 * A session as {@code pg_stat_activity} showed it at one moment, or a prepared transaction in its place.
 *
 * @param type as the server calls it, or {@code vacuum} for a client's VACUUM, which truncates as autovacuum does
 * @param application the name it gave itself; the transaction's identifier for a prepared transaction
 * @param state empty when our role may not see it
 */
record SeenSession(
        Backend backend,
        String application,
        String user,
        String type,
        Optional<String> state,
        Optional<Instant> transactionSince,
        Optional<Instant> queryStart,
        Optional<Instant> stateChange) {
    boolean isIdleInTransaction() {
        return state.filter(text -> text.startsWith("idle in transaction")).isPresent();
    }

    boolean isIdle() {
        return state.filter("idle"::equals).isPresent();
    }

    boolean isActive() {
        return state.filter("active"::equals).isPresent();
    }

    /** Works for the server, not for a client, or as such work does: a vacuum gives way by itself. */
    boolean isServersOwn() {
        return type.startsWith("autovacuum") || type.equals("vacuum");
    }

    /**
     * Since when it does what it does; empty when that is hidden, and outside of a transaction. A procedure that commits by itself goes
     * through many transactions under one statement, which is older than the last of them.
     */
    Optional<Instant> workSince() {
        return transactionSince.map(begun ->
                queryStart.filter(start -> isActive() && start.isBefore(begun)).orElse(begun));
    }

    boolean beganBefore(Instant moment) {
        return workSince().filter(moment::isAfter).isPresent();
    }

    /** {@code pid 812 (application "flyway")}. */
    String words() {
        String name = Excerpt.of(application, 60);
        return backend.isPrepared()
                ? "prepared transaction \"" + name + "\""
                : "pid " + backend.pid() + " (application \"" + name + "\")";
    }
}
