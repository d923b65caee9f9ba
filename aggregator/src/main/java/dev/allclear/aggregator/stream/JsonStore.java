package dev.allclear.aggregator.stream;

import dev.allclear.codec.Json;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.state.KeyValueStore;

/** Records by key, kept as JSON with a version, so that a newer aggregator can tell what an older one has written. */
final class JsonStore<T> {
    private static final int VERSION = 1;

    private final KeyValueStore<String, byte[]> store;
    private final Class<T> type;

    JsonStore(KeyValueStore<String, byte[]> store, Class<T> type) {
        this.store = store;
        this.type = type;
    }

    Optional<T> get(String key) {
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
        return Optional.of(Json.fromMap(fields, type));
    }

    void put(String key, T value) {
        Map<String, Object> versioned = new LinkedHashMap<>();
        versioned.put("v", VERSION);
        versioned.put("is", Json.toMap(value));
        store.put(key, Json.write(versioned).getBytes(StandardCharsets.UTF_8));
    }

    void delete(String key) {
        store.delete(key);
    }
}
