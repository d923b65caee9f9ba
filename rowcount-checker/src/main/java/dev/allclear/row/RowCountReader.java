package dev.allclear.row;

import dev.allclear.model.Excerpt;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the values of {@code rows}, {@code where} and {@code tolerance}; what is wrong is noted and something harmless returned. */
final class RowCountReader {
    private static final BigDecimal MOST = BigDecimal.valueOf(1_000_000_000_000_000L);
    private static final Pattern PERCENT = Pattern.compile("([0-9]{1,3}(?:\\.[0-9]{1,9})?)\\s*%");
    private static final RowGoal UNREAD = new RowGoal.Absolute(0, 0);

    private final List<Mistake> mistakes;

    RowCountReader(List<Mistake> mistakes) {
        this.mistakes = mistakes;
    }

    RowGoal goal(@Nullable Object value) {
        if ("unchanged".equals(value)) {
            return new RowGoal.Relative(0);
        }
        if (value instanceof Map<?, ?> map) {
            return goalOf(map);
        }
        Optional<Long> number = whole(value);
        if (number.filter(rows -> rows >= 0).isPresent()) {
            return new RowGoal.Absolute(number.get(), number.get());
        }
        return wrong("rows must be unchanged, a whole number from 0, {min, max} or {change}, not " + shown(value));
    }

    private RowGoal goalOf(Map<?, ?> map) {
        if (map.size() == 1 && map.containsKey("change")) {
            return whole(map.get("change"))
                    .<RowGoal>map(RowGoal.Relative::new)
                    .orElseGet(() -> wrong("rows.change must be a whole number, not " + shown(map.get("change"))));
        }
        if (map.isEmpty() || !List.of("min", "max").containsAll(map.keySet())) {
            return wrong("rows takes {min, max} or {change}, not the keys " + shown(map.keySet()));
        }
        Optional<Long> least = map.containsKey("min") ? whole(map.get("min")) : Optional.of(0L);
        Optional<Long> most = map.containsKey("max") ? whole(map.get("max")) : Optional.of(Long.MAX_VALUE);
        if (least.isEmpty() || most.isEmpty() || least.get() < 0 || most.get() < least.get()) {
            return wrong("rows.min and rows.max must be whole numbers from 0, min at most max");
        }
        return new RowGoal.Absolute(least.get(), most.get());
    }

    Tolerance tolerance(@Nullable Object value) {
        if (value == null) {
            return Tolerance.NONE;
        }
        Optional<Long> rows = whole(value).filter(number -> number >= 0);
        if (rows.isPresent()) {
            return new Tolerance(rows.get(), 0);
        }
        Matcher percent = PERCENT.matcher(value instanceof String text ? text.strip() : "");
        if (percent.matches() && Double.parseDouble(percent.group(1)) <= 100) {
            return new Tolerance(0, Double.parseDouble(percent.group(1)));
        }
        mistakes.add(new Mistake(
                "tolerance", "tolerance must be a number of rows or a percentage such as 0.1%, not " + shown(value)));
        return Tolerance.NONE;
    }

    Optional<RowCount.Where> where(Map<String, Object> one) {
        if (!one.containsKey("where")) {
            return Optional.empty();
        }
        if (!(one.get("where") instanceof Map<?, ?> map)
                || map.size() != 2
                || !map.containsKey("column")
                || !map.containsKey("equals")) {
            mistakes.add(new Mistake("where", "where must be {column, equals}"));
            return Optional.empty();
        }
        String column = ExpectationReader.name(map, "column", "where.column", mistakes);
        Object equals = map.get("equals");
        if (equals instanceof String text && text.indexOf('\0') < 0) {
            return Optional.of(new RowCount.Where(column, text));
        }
        if (equals instanceof Boolean || equals instanceof Number) {
            return Optional.of(new RowCount.Where(
                    column, equals instanceof Number number ? decimal(number).toPlainString() : equals.toString()));
        }
        mistakes.add(new Mistake(
                "where.equals", "where.equals must be a text, a number, true or false, not " + shown(equals)));
        return Optional.empty();
    }

    private RowGoal wrong(String mistake) {
        mistakes.add(new Mistake("rows", mistake));
        return UNREAD;
    }

    private static Optional<Long> whole(@Nullable Object value) {
        if (!(value instanceof Number number)) {
            return Optional.empty();
        }
        BigDecimal exact = decimal(number);
        return exact.abs().compareTo(MOST) <= 0 && exact.stripTrailingZeros().scale() <= 0
                ? Optional.of(exact.longValueExact())
                : Optional.empty();
    }

    private static BigDecimal decimal(Number number) {
        if (number instanceof BigDecimal exact) {
            return exact;
        }
        if (number instanceof BigInteger big) {
            return new BigDecimal(big);
        }
        return number instanceof Double || number instanceof Float
                ? BigDecimal.valueOf(Double.isFinite(number.doubleValue()) ? number.doubleValue() : Double.MAX_VALUE)
                : BigDecimal.valueOf(number.longValue());
    }

    private static String shown(@Nullable Object value) {
        return "\"" + Excerpt.of(String.valueOf(value), 40) + "\"";
    }
}
