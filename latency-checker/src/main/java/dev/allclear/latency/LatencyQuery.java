package dev.allclear.latency;

import java.util.List;
import java.util.Optional;

/**
 * A critical query and the parameter sets to try it with. Its text never shows parameters.
 *
 * @param sql one SELECT with {@code $1 …}
 * @param parameters one list for each set, an empty value is NULL; a query without parameters has one empty set
 */
record LatencyQuery(String name, String sql, List<List<Optional<String>>> parameters) {
    LatencyQuery {
        parameters = parameters.stream().map(List::copyOf).toList();
        if (parameters.isEmpty()) {
            throw new IllegalArgumentException("query " + name + " needs at least one parameter set");
        }
        if (parameters.stream().map(List::size).distinct().count() > 1) {
            throw new IllegalArgumentException("query " + name + ": all parameter sets need the same number of values");
        }
    }

    int parameterCount() {
        return parameters.get(0).size();
    }

    @Override
    public String toString() {
        return "query " + name;
    }
}
