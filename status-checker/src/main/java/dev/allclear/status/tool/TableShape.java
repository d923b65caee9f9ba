package dev.allclear.status.tool;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What a table looks like from outside: by it tools are told apart that give their tables the same name.
 *
 * @param columns type by column name, as {@code format_type} writes it
 * @param neighbours names of the other tables in its schema that some tool uses
 */
public record TableShape(Map<String, String> columns, Set<String> neighbours) {
    public TableShape {
        columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
        neighbours = Set.copyOf(neighbours);
    }

    public boolean has(Set<String> names) {
        return columns.keySet().containsAll(names);
    }

    public boolean hasOnly(Set<String> names) {
        return columns.keySet().equals(names);
    }

    /** The column's type; empty when there is no such column. */
    public String type(String column) {
        return columns.getOrDefault(column, "");
    }
}
