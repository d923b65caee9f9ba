package dev.allclear.row;

import dev.allclear.model.Finding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Expectations joined with the tables and columns that they mean; those that mean none, several or the wrong kind are findings. */
record Binding(List<Bound> bounds, List<BoundSum> sums, List<Finding> findings) {
    static Binding of(Expectations expectations, Catalog catalog) {
        List<Bound> bounds = new ArrayList<>();
        List<Finding> findings = new ArrayList<>();
        expectations.unreadable().forEach(one -> findings.add(RowFindings.invalid(one)));
        for (TableExpectation expectation : expectations.ofTables()) {
            table(expectation, expectation.table(), catalog, findings)
                    .flatMap(relation -> bound(expectation, relation, findings))
                    .ifPresent(bounds::add);
        }
        List<BoundSum> sums = new ArrayList<>();
        expectations.sums().forEach(sum -> bound(sum, catalog, findings).ifPresent(sums::add));
        return new Binding(List.copyOf(bounds), List.copyOf(sums), List.copyOf(findings));
    }

    private static Optional<Relation> table(
            Expectation expectation, String name, Catalog catalog, List<Finding> findings) {
        List<Relation> meant = catalog.find(name);
        if (meant.size() != 1) {
            findings.add(
                    meant.isEmpty()
                            ? RowFindings.tableNotFound(name, expectation.says())
                            : RowFindings.ambiguous(name, expectation, meant));
            return Optional.empty();
        }
        if (meant.get(0).view()) {
            findings.add(RowFindings.view(expectation, meant.get(0)));
            return Optional.empty();
        }
        return Optional.of(meant.get(0));
    }

    private static Optional<Bound> bound(TableExpectation expectation, Relation relation, List<Finding> findings) {
        List<Column> columns = new ArrayList<>();
        for (String name : expectation.columns()) {
            Optional<Column> column = relation.column(name);
            if (column.isEmpty()) {
                findings.add(RowFindings.columnNotFound(relation, name, expectation.says()));
                return Optional.empty();
            }
            columns.add(column.get());
        }
        return Optional.of(new Bound(expectation, relation, columns));
    }

    private static Optional<BoundSum> bound(Conserved sum, Catalog catalog, List<Finding> findings) {
        List<Relation> from = tables(sum, sum.from(), catalog, findings);
        List<Relation> to = tables(sum, sum.to(), catalog, findings);
        if (from.size() < sum.from().size() || to.size() < sum.to().size()) {
            return Optional.empty();
        }
        if (countsTwice(from) || countsTwice(to)) {
            findings.add(RowFindings.countedTwice(sum));
            return Optional.empty();
        }
        return Optional.of(new BoundSum(sum, from, to));
    }

    private static List<Relation> tables(Conserved sum, List<String> names, Catalog catalog, List<Finding> findings) {
        return names.stream()
                .flatMap(name -> table(sum, name, catalog, findings).stream())
                .toList();
    }

    private static boolean countsTwice(List<Relation> relations) {
        for (int i = 0; i < relations.size(); i++) {
            for (int j = 0; j < i; j++) {
                if (relations.get(i).overlaps(relations.get(j))) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The tables whose totals will be compared with those from before. */
    List<Relation> comparedWithBefore() {
        return Stream.concat(
                        bounds.stream()
                                .filter(bound -> bound.expectation().needsBefore())
                                .map(Bound::relation),
                        sums.stream().flatMap(sum -> sum.all().stream()))
                .distinct()
                .toList();
    }

    /** The expectations of one table together, since they are counted in one statement. */
    List<List<Bound>> byTable() {
        Map<Long, List<Bound>> groups = new LinkedHashMap<>();
        bounds.forEach(bound -> groups.computeIfAbsent(bound.relation().oid(), oid -> new ArrayList<>())
                .add(bound));
        return List.copyOf(groups.values());
    }
}
