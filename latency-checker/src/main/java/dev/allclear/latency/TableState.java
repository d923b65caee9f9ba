package dev.allclear.latency;

import java.util.List;

/**
 * What the planner and the executor find at a table.
 *
 * @param name {@code schema.table}
 * @param sqlName the same, quoted where SQL wants it
 * @param rows the server's estimate, -1 when it has none
 * @param withStatistics columns and expression indexes that have statistics, quoted
 * @param withoutStatistics those that could have statistics and do not
 * @param indexes every index on it
 */
record TableState(
        String name,
        String sqlName,
        double rows,
        long pages,
        long allVisiblePages,
        List<String> withStatistics,
        List<String> withoutStatistics,
        List<IndexState> indexes) {
    TableState {
        withStatistics = List.copyOf(withStatistics);
        withoutStatistics = List.copyOf(withoutStatistics);
        indexes = List.copyOf(indexes);
    }
}
