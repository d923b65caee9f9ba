package dev.allclear.aggregator.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** Results whose run is not known yet, by run; at most {@link #MOST}, and not more than {@link #MOST_BYTES}, in one partition. */
final class Waiting {
    static final int MOST = 10_000;
    static final int MOST_BYTES = 8 << 20;

    private final KeyValueStore<String, byte[]> store;
    private final JsonStore<HeldRecord> records;
    private long bytes;

    Waiting(KeyValueStore<String, byte[]> store) {
        this.store = store;
        this.records = new JsonStore<>(store, HeldRecord.class, 0);
        try (KeyValueIterator<String, byte[]> all = store.all()) {
            all.forEachRemaining(entry -> bytes += entry.value.length);
        }
    }

    boolean isFull() {
        return store.approximateNumEntries() >= MOST || bytes >= MOST_BYTES;
    }

    void hold(String key, HeldRecord record) {
        bytes -= lengthOf(key);
        records.put(key, record);
        bytes += lengthOf(key);
    }

    boolean holds(String key) {
        return store.get(key) != null;
    }

    Optional<HeldRecord> take(String key) {
        Optional<HeldRecord> held = records.get(key);
        bytes -= lengthOf(key);
        records.delete(key);
        return held;
    }

    private int lengthOf(String key) {
        byte[] value = store.get(key);
        return value == null ? 0 : value.length;
    }

    /** The keys of what waits for a run. */
    List<String> keysOf(String run) {
        List<String> keys = new ArrayList<>();
        try (KeyValueIterator<String, byte[]> all = store.range(run + "/", run + "0")) {
            while (all.hasNext()) {
                KeyValue<String, byte[]> next = all.next();
                keys.add(next.key);
            }
        }
        return keys;
    }
}
