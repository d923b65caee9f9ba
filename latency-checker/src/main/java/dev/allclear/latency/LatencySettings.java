package dev.allclear.latency;

import dev.allclear.config.Section;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What {@code databases.NAME.latency} says.
 *
 * @param top how many of the most used statements to choose by themselves; accepted, but not measured yet
 */
record LatencySettings(List<LatencyQuery> queries, int top) {
    private static final int MOST_TOP = 100;

    LatencySettings {
        queries = List.copyOf(queries);
    }

    static LatencySettings read(Section section) {
        List<LatencyQuery> queries = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Section item : section.sections("queries")) {
            String name = item.required("name");
            String sql = item.required("sql").strip();
            List<List<Optional<String>>> sets = parameterSets(item);
            item.rejectOtherKeys();
            if (!name.isEmpty() && !names.add(name)) {
                item.mistake("name", "\"" + name + "\" is the name of another query already");
            } else if (!name.isEmpty() && !sql.isEmpty() && fits(item, sql, sets)) {
                queries.add(new LatencyQuery(name, sql, sets.isEmpty() ? List.of(List.of()) : sets));
            }
        }
        int top = section.integer("top", 0, 0, MOST_TOP);
        section.rejectOtherKeys();
        return new LatencySettings(queries, top);
    }

    private static List<List<Optional<String>>> parameterSets(Section item) {
        List<List<Optional<String>>> sets = new ArrayList<>();
        for (Object set : item.list("parameters")) {
            if (!(set instanceof List<?> values)) {
                item.mistake("parameters", "must be a list of lists, such as [[42], [7], [null]]");
                continue;
            }
            List<Optional<String>> one = new ArrayList<>();
            for (Object value : values) {
                if (value instanceof List || value instanceof java.util.Map) {
                    item.mistake("parameters", "values must be plain; write an array as '{1,2}'");
                }
                one.add(Optional.ofNullable(value).map(Object::toString));
            }
            sets.add(one);
        }
        return sets;
    }

    private static boolean fits(Section item, String sql, List<List<Optional<String>>> sets) {
        int needed = SqlShape.of(sql).highestParameter();
        if (sets.isEmpty() && needed > 0) {
            item.mistake("parameters", "is required: the query has $" + needed);
            return false;
        }
        for (List<Optional<String>> set : sets) {
            if (set.size() != needed) {
                item.mistake("parameters", "has a set of " + set.size() + " values, but the query needs " + needed);
                return false;
            }
        }
        return true;
    }
}
