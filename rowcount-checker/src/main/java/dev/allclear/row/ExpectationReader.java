package dev.allclear.row;

import dev.allclear.model.Excerpt;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one expectation; every mistake is noted under the key that has it. */
final class ExpectationReader {
    private static final List<String> FORMS = List.of("filled", "rows", "unique", "conserved");
    private static final List<String> KEYS =
            List.of("table", "filled", "rows", "where", "tolerance", "unique", "conserved");
    private static final int MOST_NAMES = 32;

    private final Map<String, Object> one;
    private final List<Mistake> mistakes;
    private final RowCountReader values;

    ExpectationReader(Map<String, Object> one, List<Mistake> mistakes) {
        this.one = one;
        this.mistakes = mistakes;
        this.values = new RowCountReader(mistakes);
    }

    /** What it could be read as; of use only if no mistake was noted. */
    Optional<Expectation> read() {
        one.keySet().stream()
                .filter(key -> !KEYS.contains(key))
                .sorted()
                .forEach(key -> mistake(
                        key, "\"" + Excerpt.of(key) + "\" is not a known key; known: " + String.join(", ", KEYS)));
        List<String> forms = FORMS.stream().filter(one::containsKey).toList();
        if (forms.size() != 1) {
            if (!one.containsKey("conserved")) {
                name(one, "table", "table");
            }
            mistake(
                    "",
                    "needs exactly one of filled, rows, unique or conserved, "
                            + (forms.isEmpty() ? "not none" : "not " + String.join(" and ", forms)));
            return Optional.empty();
        }
        String form = forms.get(0);
        rejectKeysOfOthers(form);
        Tolerance tolerance = values.tolerance(one.get("tolerance"));
        if (form.equals("conserved")) {
            return conserved(tolerance);
        }
        String table = name(one, "table", "table");
        return Optional.of(
                switch (form) {
                    case "filled" -> new Filled(table, name(one, "filled", "filled"));
                    case "unique" -> new Unique(table, names(one.get("unique"), "unique"));
                    default -> {
                        Optional<RowCount.Where> where = values.where(one);
                        yield new RowCount(table, where, values.goal(one.get("rows")), tolerance);
                    }
                });
    }

    private void rejectKeysOfOthers(String form) {
        if (!form.equals("rows") && one.containsKey("where")) {
            mistake("where", "where goes with rows, not with " + form);
        }
        if ((form.equals("filled") || form.equals("unique")) && one.containsKey("tolerance")) {
            mistake("tolerance", "tolerance goes with rows or conserved, not with " + form);
        }
        if (form.equals("conserved") && one.containsKey("table")) {
            mistake("table", "conserved names its tables under from and to; table does not go with it");
        }
    }

    private Optional<Expectation> conserved(Tolerance tolerance) {
        if (!(one.get("conserved") instanceof Map<?, ?> map) || !map.keySet().equals(Set.of("from", "to"))) {
            mistake("conserved", "conserved must be {from: [tables], to: [tables]}");
            return Optional.empty();
        }
        return Optional.of(new Conserved(
                names(map.get("from"), "conserved.from"), names(map.get("to"), "conserved.to"), tolerance));
    }

    /** A name, or a list of different names. */
    private List<String> names(@Nullable Object value, String key) {
        List<?> items = value instanceof List<?> list ? list : value instanceof String ? List.of(value) : List.of();
        List<String> names = new ArrayList<>();
        items.forEach(item -> {
            if (item instanceof String text && !text.isBlank()) {
                names.add(text);
            }
        });
        if (names.isEmpty() || names.size() != items.size() || names.size() > MOST_NAMES) {
            mistake(key, key + " must be a list of 1 to " + MOST_NAMES + " names");
        } else if (new HashSet<>(names).size() < names.size()) {
            mistake(key, key + " names one of them twice");
        }
        return names;
    }

    private String name(Map<?, ?> from, String key, String path) {
        return name(from, key, path, mistakes);
    }

    static String name(Map<?, ?> from, String key, String path, List<Mistake> mistakes) {
        if (from.get(key) instanceof String text && !text.isBlank()) {
            return text;
        }
        mistakes.add(new Mistake(path, path + " must be a name"));
        return "";
    }

    private void mistake(String key, String what) {
        mistakes.add(new Mistake(key, what));
    }
}
