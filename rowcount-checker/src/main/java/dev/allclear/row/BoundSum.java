package dev.allclear.row;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A sum over tables that were all found in the catalog. */
record BoundSum(Conserved expectation, List<Relation> from, List<Relation> to) {
    BoundSum {
        from = List.copyOf(from);
        to = List.copyOf(to);
    }

    /** The tables whose rows are counted before, by the catalog's names. */
    String definition() {
        return "sum of " + from.stream().map(Relation::sql).sorted().collect(Collectors.joining(" + "));
    }

    /** What findings are about. */
    String subject() {
        return to.get(0).toString();
    }

    List<Relation> all() {
        return Stream.concat(from.stream(), to.stream()).distinct().toList();
    }
}
