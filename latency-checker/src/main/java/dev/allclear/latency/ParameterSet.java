package dev.allclear.latency;

import java.util.List;
import java.util.Optional;

/**
 * Values to try a query with. Its text never shows them.
 *
 * @param name such as {@code rare}; the position from 0 where none is given
 * @param values an empty one is NULL
 */
record ParameterSet(String name, List<Optional<String>> values) {
    ParameterSet {
        values = List.copyOf(values);
    }

    @Override
    public String toString() {
        return "parameters " + name;
    }
}
