package dev.allclear.row;

import java.util.Optional;

/** An expectation whose table and column were found in the catalog. */
record Bound(Expectation expectation, Relation relation, Optional<Column> column) {
    /** What is counted, by the catalog's names: two counts are comparable when this is the same. */
    String definition() {
        String counted = expectation.countSql(column, 1);
        return relation.sql() + " " + counted + " " + expectation.parameters();
    }
}
