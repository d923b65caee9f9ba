package dev.allclear.codec;

import dev.allclear.model.Durations;
import dev.allclear.model.Excerpt;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a JSON object, read by name and type. A null is an absent field. Whatever is missing or of another type is an
 * {@link IllegalArgumentException} that names the field; unknown fields are never looked at.
 */
final class Fields {
    private static final Instant EARLIEST = Instant.parse("1970-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");
    private static final Duration LONGEST = Duration.ofDays(3650);

    private final Map<String, Object> values;
    private final String path;

    Fields(Map<String, Object> values, String path) {
        this.values = values;
        this.path = path;
    }

    boolean has(String key) {
        return values.get(key) != null;
    }

    String text(String key) {
        return required(key, optionalText(key));
    }

    Optional<String> optionalText(String key) {
        return typed(key, values.get(key), String.class, "a string");
    }

    /** A name of the vocabulary, whose own constructor says what is wrong with it. */
    <T> T name(String key, Function<String, T> create) {
        return create.apply(text(key));
    }

    Optional<Boolean> flag(String key) {
        return typed(key, values.get(key), Boolean.class, "true or false");
    }

    Optional<Integer> integer(String key) {
        return whole(key, Integer.MIN_VALUE, Integer.MAX_VALUE).map(Long::intValue);
    }

    /** A whole number within the bounds; {@code 3.0} is not one. */
    Optional<Long> whole(String key, long least, long most) {
        Object value = values.get(key);
        if (value == null) {
            return Optional.empty();
        }
        if ((value instanceof Integer || value instanceof Long)
                && ((Number) value).longValue() >= least
                && ((Number) value).longValue() <= most) {
            return Optional.of(((Number) value).longValue());
        }
        throw wrong(key, "must be a whole number from " + least + " to " + most);
    }

    Instant instant(String key) {
        return required(key, optionalInstant(key));
    }

    Optional<Instant> optionalInstant(String key) {
        return optionalText(key).map(text -> {
            try {
                Instant instant = OffsetDateTime.parse(text).toInstant();
                if (!instant.isBefore(EARLIEST) && !instant.isAfter(LATEST)) {
                    return instant;
                }
            } catch (DateTimeException notATime) {
                // reported below, like a time out of range
            }
            throw wrong(key, "must be a time such as 2026-01-31T12:00:00Z, not \"" + Excerpt.of(text, 40) + "\"");
        });
    }

    Optional<Duration> duration(String key) {
        return optionalText(key).map(text -> Durations.parse(text)
                .filter(duration -> duration.compareTo(LONGEST) <= 0)
                .orElseThrow(() ->
                        wrong(key, "must be a duration such as PT5M or 5m, not \"" + Excerpt.of(text, 40) + "\"")));
    }

    <E extends Enum<E>> E choice(String key, Class<E> type) {
        return required(key, optionalChoice(key, type));
    }

    <E extends Enum<E>> Optional<E> optionalChoice(String key, Class<E> type) {
        return optionalText(key).map(text -> Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().equals(text))
                .findFirst()
                .orElseThrow(() -> wrong(
                        key,
                        "must be one of " + Arrays.toString(type.getEnumConstants()) + ", not \"" + Excerpt.of(text, 40)
                                + "\"")));
    }

    List<String> texts(String key) {
        return list(key, String.class, "a list of strings");
    }

    List<Integer> integers(String key) {
        return list(key, Integer.class, "a list of whole numbers");
    }

    List<Fields> objects(String key) {
        List<Fields> out = new ArrayList<>();
        for (Map<String, Object> item : maps(key)) {
            out.add(new Fields(item, pathOf(key) + "[" + out.size() + "]"));
        }
        return List.copyOf(out);
    }

    List<Map<String, Object>> maps(String key) {
        return list(key, Map.class, "a list of objects").stream()
                .map(Fields::withoutNulls)
                .toList();
    }

    Optional<Fields> object(String key) {
        return typed(key, values.get(key), Map.class, "an object")
                .map(map -> new Fields(withoutNulls(map), pathOf(key)));
    }

    /** An object of which only its own reader knows more; empty when absent. Its null values are left out. */
    Map<String, Object> map(String key) {
        return object(key).map(fields -> fields.values).orElse(Map.of());
    }

    Map<String, String> textMap(String key) {
        Map<String, String> out = new LinkedHashMap<>();
        object(key).ifPresent(fields -> fields.values.keySet().forEach(name -> out.put(name, fields.text(name))));
        return out;
    }

    private <T> List<T> list(String key, Class<T> type, String expected) {
        List<?> items = typed(key, values.get(key), List.class, expected).orElse(List.of());
        List<T> out = new ArrayList<>();
        for (Object item : items) {
            out.add(typed(key, item, type, expected).orElseThrow(() -> wrong(key, "must be " + expected)));
        }
        return List.copyOf(out);
    }

    private <T> Optional<T> typed(String key, @Nullable Object value, Class<T> type, String expected) {
        if (value != null && !type.isInstance(value)) {
            throw wrong(key, "must be " + expected);
        }
        return Optional.ofNullable(value).map(type::cast);
    }

    private <T> T required(String key, Optional<T> value) {
        return value.orElseThrow(() -> wrong(key, "is required"));
    }

    private IllegalArgumentException wrong(String key, String what) {
        return new IllegalArgumentException(pathOf(key) + " " + what);
    }

    private String pathOf(String key) {
        return path.isEmpty() ? Excerpt.of(key, 60) : path + "." + Excerpt.of(key, 60);
    }

    private static Map<String, Object> withoutNulls(Map<?, ?> map) {
        Map<String, Object> out = new LinkedHashMap<>();
        map.forEach((key, value) -> {
            if (value != null) {
                out.put(String.valueOf(key), value);
            }
        });
        return Collections.unmodifiableMap(out);
    }
}
