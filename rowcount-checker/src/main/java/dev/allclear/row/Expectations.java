package dev.allclear.row;

import dev.allclear.model.Excerpt;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a run declares about rows, read from the JSON or YAML objects of its event. Nothing is dropped: what cannot be read is kept
 * with every mistake in it, so that it is reported as unproven.
 */
record Expectations(List<Expectation> readable, List<Unreadable> unreadable) {
    /** An expectation that cannot be examined: which one of the list, the table it names, and everything wrong with it. */
    record Unreadable(int index, String table, List<Mistake> mistakes) {
        /** Such as {@code expectations[2]}. */
        String place() {
            return "expectations[" + index + "]";
        }

        String sentence() {
            return mistakes.stream().map(Mistake::what).collect(Collectors.joining("; "));
        }
    }

    Expectations {
        readable = List.copyOf(new LinkedHashSet<>(readable));
        unreadable = List.copyOf(unreadable);
    }

    static Expectations parse(List<Map<String, Object>> declared) {
        List<Expectation> readable = new ArrayList<>();
        List<Unreadable> unreadable = new ArrayList<>();
        for (int i = 0; i < declared.size(); i++) {
            Map<String, Object> one = declared.get(i);
            List<Mistake> mistakes = new ArrayList<>();
            ExpectationReader reader = new ExpectationReader(one, mistakes);
            reader.read().filter(read -> mistakes.isEmpty()).ifPresent(readable::add);
            if (!mistakes.isEmpty()) {
                String table = one.get("table") instanceof String name ? name : "";
                unreadable.add(new Unreadable(i, Excerpt.of(table), List.copyOf(mistakes)));
            }
        }
        return new Expectations(readable, unreadable);
    }

    List<TableExpectation> ofTables() {
        return readable.stream()
                .filter(TableExpectation.class::isInstance)
                .map(TableExpectation.class::cast)
                .toList();
    }

    List<Conserved> sums() {
        return readable.stream()
                .filter(Conserved.class::isInstance)
                .map(Conserved.class::cast)
                .toList();
    }

    /** Every table name that they write. */
    List<String> tables() {
        return readable.stream()
                .flatMap(one -> one.tables().stream())
                .distinct()
                .toList();
    }
}
