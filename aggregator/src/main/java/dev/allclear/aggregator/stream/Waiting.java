package dev.allclear.aggregator.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** Results whose run is not known yet, by run; at most {@link #MOST} in one partition. */
final class Waiting {
    static final int MOST = 10_000;

    private final KeyValueStore<String, byte[]> store;
    private final JsonStore<HeldRecord> records;

    Waiting(KeyValueStore<String, byte[]> store) {
        this.store = store;
        this.records = new JsonStore<>(store, HeldRecord.class, 0);
    }

    boolean isFull() {
        return store.approximateNumEntries() >= MOST;
    }

    void hold(String key, HeldRecord record) {
        records.put(key, record);
    }

    boolean holds(String key) {
        return store.get(key) != null;
    }

    Optional<HeldRecord> take(String key) {
        Optional<HeldRecord> held = records.get(key);
        records.delete(key);
        return held;
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
