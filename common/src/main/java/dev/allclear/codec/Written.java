package dev.allclear.codec;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A JSON object being written, its fields in the order of the contract; absent and empty optional fields are left out. */
final class Written {
    private final Map<String, Object> fields = new LinkedHashMap<>();

    Written put(String key, Object value) {
        fields.put(key, value);
        return this;
    }

    /** Names, instants and durations as their text. */
    Written text(String key, Object value) {
        return put(key, value.toString());
    }

    Written optional(String key, Optional<?> value) {
        value.ifPresent(present -> put(key, present));
        return this;
    }

    Written optionalText(String key, Optional<?> value) {
        value.ifPresent(present -> text(key, present));
        return this;
    }

    Written unlessEmpty(String key, List<?> list) {
        return list.isEmpty() ? this : put(key, list);
    }

    Written unlessEmpty(String key, Map<String, ?> map) {
        return map.isEmpty() ? this : put(key, map);
    }

    Map<String, Object> map() {
        return fields;
    }
}
