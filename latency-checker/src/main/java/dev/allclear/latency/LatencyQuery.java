package dev.allclear.latency;

import java.util.List;
import java.util.Optional;

/**
 * A critical query and the parameter sets to try it with. Its text never shows parameters.
 *
 * @param sql one SELECT with {@code $1 …}
 * @param sqlAfter what the new release sends instead, once the migration is over
 * @param parameters a query without parameters has one empty set
 */
record LatencyQuery(String name, String sql, Optional<String> sqlAfter, List<ParameterSet> parameters) {
    LatencyQuery {
        parameters = List.copyOf(parameters);
        if (parameters.isEmpty()) {
            throw new IllegalArgumentException("query " + name + " needs at least one parameter set");
        }
        if (parameters.stream().map(set -> set.values().size()).distinct().count() > 1) {
            throw new IllegalArgumentException("query " + name + ": all parameter sets need the same number of values");
        }
    }

    /** A statement that is only ever planned, for any parameters. */
    static LatencyQuery planned(String name, String sql) {
        List<Optional<String>> any =
                java.util.Collections.nCopies(SqlShape.of(sql).highestParameter(), Optional.empty());
        return new LatencyQuery(name, sql, Optional.empty(), List.of(new ParameterSet("0", any)));
    }

    int parameterCount() {
        return parameters.get(0).values().size();
    }

    /** The same query as it is sent once the migration is over. */
    LatencyQuery afterwards() {
        return new LatencyQuery(name, sqlAfter.orElse(sql), Optional.empty(), parameters);
    }

    @Override
    public String toString() {
        return "query " + name;
    }
}
