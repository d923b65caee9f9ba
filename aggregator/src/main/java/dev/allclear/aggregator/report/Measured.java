package dev.allclear.aggregator.report;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** A check's measurements, read leniently: they are only for pictures, so what is missing or of another shape is simply not drawn. */
record Measured(Map<?, ?> values) {
    private static final int MOST = 100;

    List<Measured> list(String key) {
        return values.get(key) instanceof List<?> items
                ? items.stream()
                        .filter(Map.class::isInstance)
                        .limit(MOST)
                        .map(item -> new Measured((Map<?, ?>) item))
                        .toList()
                : List.of();
    }

    /** The items of a list of plain values. */
    List<String> texts(String key) {
        return values.get(key) instanceof List<?> items
                ? items.stream()
                        .filter(item -> !(item instanceof Map) && !(item instanceof List))
                        .limit(MOST)
                        .map(String::valueOf)
                        .toList()
                : List.of();
    }

    /** The finite numbers of a list. */
    List<Double> numbers(String key) {
        return values.get(key) instanceof List<?> items
                ? items.stream()
                        .filter(Number.class::isInstance)
                        .map(item -> ((Number) item).doubleValue())
                        .filter(Double::isFinite)
                        .limit(MOST)
                        .toList()
                : List.of();
    }

    Measured part(String key) {
        return new Measured(values.get(key) instanceof Map<?, ?> map ? map : Map.of());
    }

    String text(String key) {
        Object value = values.get(key);
        return value == null ? "" : value.toString();
    }

    OptionalDouble number(String key) {
        return values.get(key) instanceof Number number && Double.isFinite(number.doubleValue())
                ? OptionalDouble.of(number.doubleValue())
                : OptionalDouble.empty();
    }

    Optional<Instant> instant(String key) {
        try {
            return text(key).isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text(key)));
        } catch (DateTimeException notATime) {
            return Optional.empty();
        }
    }
}
