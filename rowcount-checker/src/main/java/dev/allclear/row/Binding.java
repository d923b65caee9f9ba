package dev.allclear.row;

import dev.allclear.model.Finding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Expectations joined with the tables and columns that they mean; those that mean none, several or the wrong kind are findings. */
record Binding(List<Bound> bounds, List<Finding> findings) {
    static Binding of(Expectations expectations, Catalog catalog) {
        List<Bound> bounds = new ArrayList<>();
        List<Finding> findings = new ArrayList<>();
        expectations.unreadable().forEach(one -> findings.add(RowFindings.invalid(one)));
        for (Expectation expectation : expectations.readable()) {
            List<Relation> meant = catalog.find(expectation.table());
            if (meant.size() != 1) {
                findings.add(
                        meant.isEmpty()
                                ? RowFindings.tableNotFound(expectation.table(), expectation.says())
                                : RowFindings.ambiguous(expectation, meant));
                continue;
            }
            Relation relation = meant.get(0);
            Optional<Column> column = expectation.column().flatMap(relation::column);
            if (relation.view()) {
                findings.add(RowFindings.view(expectation, relation));
            } else if (column.isEmpty() && expectation.column().isPresent()) {
                findings.add(RowFindings.columnNotFound(
                        relation, expectation.column().get(), expectation.says()));
            } else {
                bounds.add(new Bound(expectation, relation, column));
            }
        }
        return new Binding(List.copyOf(bounds), List.copyOf(findings));
    }

    /** The expectations of one table together, since they are counted in one statement. */
    List<List<Bound>> byTable() {
        Map<Long, List<Bound>> groups = new LinkedHashMap<>();
        bounds.forEach(bound -> groups.computeIfAbsent(bound.relation().oid(), oid -> new ArrayList<>())
                .add(bound));
        return List.copyOf(groups.values());
    }
}
