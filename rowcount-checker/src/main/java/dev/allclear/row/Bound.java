package dev.allclear.row;

import java.util.List;
import java.util.Optional;

/** An expectation whose table and columns were found in the catalog. */
record Bound(TableExpectation expectation, Relation relation, List<Column> columns) {
    Bound {
        columns = List.copyOf(columns);
    }

    /** What is counted, by the catalog's names: two counts are comparable when this is the same. */
    String definition() {
        return relation.sql() + " " + countSql(1) + " " + expectation.parameters();
    }

    String countSql(int parameter) {
        return expectation.countSql(columns, parameter);
    }

    Optional<String> suspectsSql(int parameter) {
        return expectation.suspectsSql(relation, columns, parameter);
    }
}
