package dev.allclear.latency;

import dev.allclear.config.Section;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads one entry of {@code latency.queries}; what is wrong with it is noted in the section. */
final class QuerySettings {
    private QuerySettings() {}

    /** @param names of the queries so far, to which this one's is added */
    static Optional<LatencyQuery> read(Section item, Set<String> names) {
        String name = item.required("name");
        String sql = item.required("sql").strip();
        Optional<String> sqlAfter = item.string("sql-after").map(String::strip);
        List<ParameterSet> sets = parameterSets(item);
        item.rejectOtherKeys();
        if (!name.isEmpty() && !names.add(name)) {
            item.mistake("name", "\"" + name + "\" is the name of another query already");
            return Optional.empty();
        }
        boolean good = !name.isEmpty()
                && !sql.isEmpty()
                && fits(item, "sql", sql, sets)
                && (sqlAfter.isEmpty() || fits(item, "sql-after", sqlAfter.get(), sets));
        return good
                ? Optional.of(new LatencyQuery(
                        name, sql, sqlAfter, sets.isEmpty() ? List.of(new ParameterSet("0", List.of())) : sets))
                : Optional.empty();
    }

    private static List<ParameterSet> parameterSets(Section item) {
        List<ParameterSet> sets = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Object set : item.list("parameters")) {
            Object name = sets.size();
            Object values = set;
            if (set instanceof Map<?, ?> named) {
                if (named.size() != 2 || !(named.get("name") instanceof String) || !named.containsKey("values")) {
                    item.mistake("parameters", "a named set is { name: rare, values: [7] }");
                    continue;
                }
                name = named.get("name");
                values = named.get("values");
            }
            if (!(values instanceof List<?> list)) {
                item.mistake(
                        "parameters",
                        "must be a list of lists, such as [[42], [7], [null]], or of { name: rare, values: [7] }");
                continue;
            }
            if (!names.add(String.valueOf(name))) {
                item.mistake("parameters", "\"" + name + "\" is the name of another set already");
            }
            sets.add(new ParameterSet(String.valueOf(name), values(item, list)));
        }
        return sets;
    }

    private static List<Optional<String>> values(Section item, List<?> list) {
        List<Optional<String>> values = new ArrayList<>();
        for (Object value : list) {
            if (value instanceof List || value instanceof Map) {
                item.mistake("parameters", "values must be plain; write an array as '{1,2}'");
            }
            values.add(Optional.ofNullable(value).map(Object::toString));
        }
        return values;
    }

    private static boolean fits(Section item, String key, String sql, List<ParameterSet> sets) {
        int needed = SqlShape.of(sql).highestParameter();
        if (sets.isEmpty() && needed > 0) {
            item.mistake("parameters", "is required: the query has $" + needed);
            return false;
        }
        for (ParameterSet set : sets) {
            if (set.values().size() != needed) {
                String which = key.equals("sql") ? "the query" : key;
                item.mistake(
                        "parameters",
                        "has a set of " + set.values().size() + " values, but " + which + " needs " + needed);
                return false;
            }
        }
        return true;
    }
}
