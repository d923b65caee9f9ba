package dev.allclear.row;

import dev.allclear.model.Excerpt;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a run declares about rows, read from the JSON or YAML objects of its event. Nothing is dropped: what cannot be read is kept
 * with every mistake in it, so that it is reported as unproven.
 */
record Expectations(List<Expectation> readable, List<Unreadable> unreadable) {
    private static final Set<String> KEYS = Set.of("table", "filled", "rows", "where", "tolerance");
    private static final Set<String> NOT_YET = Set.of("unique", "conserved");

    /**
     * An expectation that cannot be examined.
     *
     * @param place such as {@code expectations[2]}
     */
    record Unreadable(String place, String table, List<String> mistakes) {}

    Expectations {
        readable = List.copyOf(new LinkedHashSet<>(readable));
        unreadable = List.copyOf(unreadable);
    }

    static Expectations parse(List<Map<String, Object>> declared) {
        List<Expectation> readable = new ArrayList<>();
        List<Unreadable> unreadable = new ArrayList<>();
        for (int i = 0; i < declared.size(); i++) {
            Map<String, Object> one = declared.get(i);
            List<String> mistakes = new ArrayList<>();
            List<Expectation> read = new ArrayList<>();
            if (one.keySet().stream().anyMatch(NOT_YET::contains)) {
                mistakes.add("unique and conserved are not supported yet");
            } else {
                readOne(one, mistakes, read);
            }
            if (mistakes.isEmpty()) {
                readable.addAll(read);
            } else {
                String table = one.get("table") instanceof String name ? name : "";
                unreadable.add(new Unreadable("expectations[" + i + "]", Excerpt.of(table), List.copyOf(mistakes)));
            }
        }
        return new Expectations(readable, unreadable);
    }

    private static void readOne(Map<String, Object> one, List<String> mistakes, List<Expectation> read) {
        one.keySet().stream()
                .filter(key -> !KEYS.contains(key))
                .sorted()
                .forEach(key -> mistakes.add("\"" + Excerpt.of(key)
                        + "\" is not a known key; known: table, filled, rows, where, tolerance"));
        String table = name(one, "table", mistakes);
        boolean filled = one.containsKey("filled");
        if (filled == one.containsKey("rows")) {
            mistakes.add("needs either filled or rows");
        } else if (filled) {
            if (one.containsKey("where") || one.containsKey("tolerance")) {
                mistakes.add("where and tolerance go with rows, not with filled");
            }
            String column = name(one, "filled", mistakes);
            read.add(new Filled(table, column));
        } else {
            RowCountReader reader = new RowCountReader(mistakes);
            RowGoal goal = reader.goal(one.get("rows"));
            Tolerance tolerance = reader.tolerance(one.get("tolerance"));
            read.add(new RowCount(table, reader.where(one), goal, tolerance));
        }
    }

    static String name(Map<?, ?> from, String key, List<String> mistakes) {
        @Nullable Object value = from.get(key);
        if (value instanceof String text && !text.isBlank()) {
            return text;
        }
        mistakes.add(key + " must be a name");
        return "";
    }
}
