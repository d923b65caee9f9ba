package dev.allclear.latency;

import java.util.List;
import java.util.stream.Stream;

/**
 * A statement of the application whose traffic is compared.
 *
 * @param name the configured query's name, or the beginning of the text
 * @param ids of its entries in {@code pg_stat_statements}: after a reset a prepared statement comes back with another text, its
 *     constants unmasked, but with the same id
 * @param chosen by itself, rather than configured
 * @param window what it cost: before the migration since its counters began; after it, in the time watched
 * @param restarted whether its counters were reset or evicted while it was watched
 */
record WatchedStatement(
        String name,
        String sql,
        String fingerprint,
        List<String> ids,
        boolean chosen,
        TrafficWindow window,
        boolean restarted) {
    WatchedStatement {
        ids = List.copyOf(ids);
    }

    private static final int NAME_LENGTH = 60;
    private static final int FINGERPRINT_LENGTH = 6;

    static String nameOf(String sql, String fingerprint) {
        String start =
                sql.length() > NAME_LENGTH ? sql.substring(0, NAME_LENGTH).strip() + "…" : sql;
        return start + " [" + fingerprint.substring(0, FINGERPRINT_LENGTH) + "]";
    }

    /** The same statement under one more entry, such as that of another role. */
    WatchedStatement and(WatchedStatement other) {
        List<String> all = Stream.concat(ids.stream(), other.ids.stream()).toList();
        return new WatchedStatement(name, sql, fingerprint, all, chosen, window.plus(other.window), false);
    }

    WatchedStatement counting(TrafficWindow counted, boolean wasRestarted) {
        return new WatchedStatement(name, sql, fingerprint, ids, chosen, counted, wasRestarted);
    }
}
