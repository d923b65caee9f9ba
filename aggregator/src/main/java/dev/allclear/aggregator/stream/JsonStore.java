package dev.allclear.aggregator.stream;

import dev.allclear.codec.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Records by key, kept as JSON with a version, so that a newer aggregator can tell what an older one has written. Whoever has one has its
 * store for himself: what was used last is at hand without being read again.
 */
final class JsonStore<T> {
    private static final int VERSION = 1;

    private final KeyValueStore<String, byte[]> store;
    private final Class<T> type;
    private final Map<String, T> atHand;

    /** @param mostAtHand how many records are kept beside their JSON */
    JsonStore(KeyValueStore<String, byte[]> store, Class<T> type, int mostAtHand) {
        this.store = store;
        this.type = type;
        this.atHand = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, T> eldest) {
                return size() > mostAtHand;
            }
        };
    }

    Optional<T> get(String key) {
        T known = atHand.get(key);
        if (known != null) {
            return Optional.of(known);
        }
        byte[] json = store.get(key);
        if (json == null) {
            return Optional.empty();
        }
        Map<String, Object> versioned = Json.parse(json);
        if (!Integer.valueOf(VERSION).equals(versioned.get("v"))) {
            throw new IllegalStateException("state of version " + versioned.get("v") + " under " + key
                    + " cannot be read by this aggregator, which knows version " + VERSION);
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        if (versioned.get("is") instanceof Map<?, ?> is) {
            is.forEach((name, value) -> fields.put(String.valueOf(name), value));
        }
        T read = Json.fromMap(fields, type);
        atHand.put(key, read);
        return Optional.of(read);
    }

    void put(String key, T value) {
        Map<String, Object> versioned = new LinkedHashMap<>();
        versioned.put("v", VERSION);
        versioned.put("is", value);
        atHand.put(key, value);
        store.put(key, Json.bytes(versioned));
    }

    void delete(String key) {
        atHand.remove(key);
        store.delete(key);
    }
}
