package dev.allclear.row;

import dev.allclear.codec.Json;
import dev.allclear.postgres.ResultRow;
import java.util.List;
import java.util.Map;

/** What the planner intends; read from JSON, since in text a table's name may look like anything. */
record Plan(Map<?, ?> root) {
    static final String EXPLAIN = "EXPLAIN (FORMAT JSON) ";

    static Plan of(List<ResultRow> rows) {
        String list = rows.get(0).text("QUERY PLAN").strip();
        Map<String, Object> first = Json.parse(list.substring(1, list.length() - 1));
        if (first.get("Plan") instanceof Map<?, ?> root) {
            return new Plan(root);
        }
        throw new IllegalArgumentException("no plan among " + first.keySet());
    }

    /** How many rows come out of it, by the planner's estimate. */
    long rows() {
        return root.get("Plan Rows") instanceof Number rows ? rows.longValue() : 0;
    }

    /** Whether other processes take part. */
    boolean isParallel() {
        return isParallel(root);
    }

    private static boolean isParallel(Map<?, ?> node) {
        return node.containsKey("Workers Planned")
                || (node.get("Plans") instanceof List<?> parts
                        && parts.stream().anyMatch(part -> part instanceof Map<?, ?> map && isParallel(map)));
    }
}
