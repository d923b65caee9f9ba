package dev.allclear.row;

import java.util.Arrays;
import java.util.List;

/** An index over whole columns of every row of a table. */
record Index(boolean unique, List<Column> columns) {
    Index {
        columns = List.copyOf(columns);
    }

    /** From {@code true 0 2}: whether it is unique, then the places of its columns. */
    static Index of(String text, List<Column> columns) {
        List<String> parts = Arrays.asList(text.split(" "));
        return new Index(
                Boolean.parseBoolean(parts.get(0)),
                parts.stream()
                        .skip(1)
                        .map(place -> columns.get(Integer.parseInt(place)))
                        .toList());
    }
}
