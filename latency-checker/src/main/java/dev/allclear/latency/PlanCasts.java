package dev.allclear.latency;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which columns a plan converts before it compares them, read from its conditions. Only a column's own conversion is looked for,
 * never a constant's, so that no value gets out. Pure.
 */
final class PlanCasts {
    private static final String NAME = "[A-Za-z_][\\w$]*|\"[^\"]+\"";
    private static final Pattern CAST =
            Pattern.compile("\\((" + NAME + ")\\.(" + NAME + ")\\)::([a-z][a-z0-9_]*(?: [a-z]+)*)");

    private PlanCasts() {}

    static List<String> of(Map<?, ?> plan) {
        Map<String, String> tables = new HashMap<>();
        TreeSet<String> casts = new TreeSet<>();
        tables(plan, tables);
        collect(plan, tables, casts);
        return List.copyOf(casts);
    }

    private static void tables(Map<?, ?> node, Map<String, String> into) {
        if (node.get("Alias") instanceof String alias && node.get("Relation Name") instanceof String relation) {
            into.put(alias, node.get("Schema") + "." + relation);
        }
        for (Map<?, ?> child : PlanShape.children(node)) {
            tables(child, into);
        }
    }

    private static void collect(Map<?, ?> node, Map<String, String> tables, Set<String> into) {
        for (Map.Entry<?, ?> entry : node.entrySet()) {
            String key = String.valueOf(entry.getKey());
            if ((key.endsWith("Cond") || key.endsWith("Filter")) && entry.getValue() instanceof String condition) {
                Matcher found = CAST.matcher(condition);
                while (found.find()) {
                    String table = tables.get(found.group(1).replace("\"", ""));
                    if (table != null) {
                        into.add(table + "." + found.group(2) + "::" + found.group(3));
                    }
                }
            }
        }
        for (Map<?, ?> child : PlanShape.children(node)) {
            collect(child, tables, into);
        }
    }
}
