package dev.allclear.row;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What can be known of a table without reading it: how many tuples everybody has changed since statistics began, partitions
 * included, which files hold it, and its columns.
 *
 * @param files changes when a table is truncated or rewritten, which the counters do not count
 */
record Footprint(
        String schema, String table, long inserted, long updated, long deleted, String files, List<String> columns) {
    Footprint {
        columns = List.copyOf(columns);
    }

    /** Its name for people. */
    String name() {
        return schema + "." + table;
    }

    /** Whether a written name may mean this table. */
    boolean isMeantBy(String written) {
        WrittenName name = new WrittenName(written);
        return Stream.concat(name.asWritten().stream(), name.asSql().stream())
                .anyMatch(meaning -> meaning.fits(schema, table));
    }

    long changed() {
        return inserted + updated + deleted;
    }

    Map<String, Object> content() {
        Map<String, Object> content = new TreeMap<>();
        content.put("schema", schema);
        content.put("table", table);
        content.put("inserted", inserted);
        content.put("updated", updated);
        content.put("deleted", deleted);
        content.put("files", files);
        content.put("columns", columns);
        return content;
    }

    static Footprint of(Map<?, ?> content) {
        return new Footprint(
                String.valueOf(content.get("schema")),
                String.valueOf(content.get("table")),
                number(content, "inserted"),
                number(content, "updated"),
                number(content, "deleted"),
                String.valueOf(content.get("files")),
                content.get("columns") instanceof List<?> list
                        ? list.stream().map(String::valueOf).toList()
                        : List.of());
    }

    private static long number(Map<?, ?> content, String key) {
        return content.get(key) instanceof Number number ? number.longValue() : 0;
    }
}
