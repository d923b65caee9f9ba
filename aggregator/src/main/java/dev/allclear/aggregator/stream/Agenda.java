package dev.allclear.aggregator.stream;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** What is due when, in a store ordered by time, so that reading it costs as much as there is to do. Survives a restart. */
final class Agenda {
    private static final byte[] NOTHING = {};
    private static final int TIME_DIGITS = 19;

    private final KeyValueStore<String, byte[]> store;

    Agenda(KeyValueStore<String, byte[]> store) {
        this.store = store;
    }

    void add(Instant when, String what) {
        store.put(key(when, what), NOTHING);
    }

    void remove(Instant when, String what) {
        store.delete(key(when, what));
    }

    boolean isDue(Instant now) {
        try (KeyValueIterator<String, byte[]> due = until(now)) {
            return due.hasNext();
        }
    }

    /** Takes off the agenda, and returns, at most {@code most} of what was due until now, the oldest first. */
    List<String> takeDue(Instant now, int most) {
        List<String> keys = new ArrayList<>();
        try (KeyValueIterator<String, byte[]> due = until(now)) {
            while (due.hasNext() && keys.size() < most) {
                KeyValue<String, byte[]> next = due.next();
                keys.add(next.key);
            }
        }
        keys.forEach(store::delete);
        return keys.stream().map(key -> key.substring(TIME_DIGITS + 1)).toList();
    }

    private KeyValueIterator<String, byte[]> until(Instant now) {
        return store.range(key(Instant.EPOCH, ""), key(now.plusMillis(1), ""));
    }

    private static String key(Instant when, String what) {
        String millis = Long.toString(Math.max(0, when.toEpochMilli()));
        return "0".repeat(TIME_DIGITS - millis.length()) + millis + "|" + what;
    }
}
