package dev.allclear.postgres;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One row of a result, by column name. SQL is expected to cast to {@code text}, {@code int8}, {@code float8}, {@code bool},
 * {@code timestamptz} or {@code text[]}. The plain accessors are for columns that cannot be null and throw when they are.
 */
public final class ResultRow {
    private final Map<String, @Nullable Object> values;

    ResultRow(Map<String, @Nullable Object> values) {
        this.values = values;
    }

    public boolean isNull(String column) {
        return value(column) == null;
    }

    public String text(String column) {
        return present(column).toString();
    }

    public Optional<String> optionalText(String column) {
        return Optional.ofNullable(value(column)).map(Object::toString);
    }

    public long number(String column) {
        return asNumber(column, present(column)).longValue();
    }

    public Optional<Long> optionalNumber(String column) {
        return Optional.ofNullable(value(column))
                .map(value -> asNumber(column, value).longValue());
    }

    public double decimal(String column) {
        return asNumber(column, present(column)).doubleValue();
    }

    public Optional<Double> optionalDecimal(String column) {
        return Optional.ofNullable(value(column))
                .map(value -> asNumber(column, value).doubleValue());
    }

    public boolean flag(String column) {
        return (Boolean) present(column);
    }

    public Instant instant(String column) {
        return ((OffsetDateTime) present(column)).toInstant();
    }

    public Optional<Instant> optionalInstant(String column) {
        return Optional.ofNullable((OffsetDateTime) value(column)).map(OffsetDateTime::toInstant);
    }

    /** A {@code text[]}; null is an empty list. */
    public List<String> texts(String column) {
        Object value = value(column);
        return value == null
                ? List.of()
                : Arrays.stream((Object[]) value).map(String::valueOf).toList();
    }

    /** An {@code int8[]} or {@code int4[]}; null is an empty list. */
    public List<Long> numbers(String column) {
        Object value = value(column);
        return value == null
                ? List.of()
                : Arrays.stream((Object[]) value)
                        .map(item -> asNumber(column, item).longValue())
                        .toList();
    }

    public List<String> columns() {
        return List.copyOf(values.keySet());
    }

    private @Nullable Object value(String column) {
        if (!values.containsKey(column)) {
            throw new NoSuchElementException("no column " + column + " among " + values.keySet());
        }
        return values.get(column);
    }

    private Object present(String column) {
        Object value = value(column);
        if (value == null) {
            throw new NoSuchElementException("column " + column + " is null");
        }
        return value;
    }

    private static Number asNumber(String column, Object value) {
        if (value instanceof Number number) {
            return number;
        }
        throw new NoSuchElementException(
                "column " + column + " is no number but " + value.getClass().getSimpleName());
    }
}
