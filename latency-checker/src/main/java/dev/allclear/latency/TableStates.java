package dev.allclear.latency;

import dev.allclear.postgres.ResultRow;
import dev.allclear.postgres.Statements;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.List;

/** Reads what the planner finds at the tables of a query. */
final class TableStates {
    private static final String TABLES = SqlFile.read("tables.sql");
    private static final String STATISTICS = SqlFile.read("statistics.sql");
    private static final String INDEXES = SqlFile.read("indexes.sql");

    private TableStates() {}

    /** Tables that no longer exist are left out. */
    static Future<List<TableState>> read(Statements transaction, Collection<String> tables) {
        if (tables.isEmpty()) {
            return Future.succeededFuture(List.of());
        }
        Object names = tables.toArray(String[]::new);
        return transaction.query(TABLES, names).compose(found -> transaction
                .query(STATISTICS, names)
                .compose(statistics -> transaction.query(INDEXES, names).map(indexes -> found.stream()
                        .map(row -> state(row, statistics, indexes))
                        .toList())));
    }

    private static TableState state(ResultRow row, List<ResultRow> statistics, List<ResultRow> indexes) {
        String name = row.text("name");
        return new TableState(
                name,
                row.text("sql_name"),
                row.decimal("rows"),
                row.number("pages"),
                row.number("all_visible"),
                labels(name, statistics, true),
                labels(name, statistics, false),
                indexes.stream()
                        .filter(index -> index.text("name").equals(name))
                        .map(index -> new IndexState(
                                index.text("index_name"),
                                index.text("index_sql_name"),
                                index.text("definition"),
                                index.flag("is_valid"),
                                index.flag("waits")))
                        .toList());
    }

    private static List<String> labels(String table, List<ResultRow> statistics, boolean present) {
        return statistics.stream()
                .filter(row -> row.text("name").equals(table) && row.flag("has_statistics") == present)
                .map(row -> row.text("label"))
                .toList();
    }
}
