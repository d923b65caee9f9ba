package dev.allclear.latency;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a plan does, without what it does it with: node types, relations and indexes, never conditions or values.
 *
 * @param shape every node in order, nested in parentheses; equal text means equal plan
 * @param summary the nodes that read, join or sort, such as {@code Index Scan using orders_customer_idx on orders}
 * @param cost the planner's total cost
 * @param tables {@code schema.name} of what it reads
 * @param indexes {@code schema.name} of the indexes it uses
 * @param casts columns that conditions convert before they compare, such as {@code public.customers.id::numeric}
 * @param indexOnly the tables that it hopes to answer from an index alone
 * @param nodes the plan's first nodes, for the eye; empty in a baseline of an older release
 */
record PlanShape(
        String shape,
        String summary,
        double cost,
        List<String> tables,
        List<String> indexes,
        List<String> casts,
        List<String> indexOnly,
        @Nullable List<PlanNode> nodes) {
    private static final Set<String> UNREMARKABLE =
            Set.of("Limit", "Result", "Gather", "Gather Merge", "Materialize", "Memoize", "Hash", "Subquery Scan");

    PlanShape {
        tables = List.copyOf(tables);
        indexes = List.copyOf(indexes);
        casts = List.copyOf(casts);
        indexOnly = List.copyOf(indexOnly);
        nodes = nodes == null ? List.of() : List.copyOf(nodes);
    }

    /** Reads the {@code Plan} object of {@code EXPLAIN (VERBOSE, FORMAT JSON)}. */
    static PlanShape of(Map<?, ?> plan) {
        Relations relations = new Relations(new TreeSet<>(), new TreeSet<>(), new TreeSet<>());
        collect(plan, "", relations);
        return new PlanShape(
                describe(plan, Set.of()),
                describe(plan, UNREMARKABLE),
                number(plan, "Total Cost"),
                List.copyOf(relations.tables),
                List.copyOf(relations.indexes),
                PlanCasts.of(plan),
                List.copyOf(relations.indexOnly),
                PlanNode.of(plan));
    }

    static double number(Map<?, ?> node, String key) {
        return node.get(key) instanceof Number number ? number.doubleValue() : 0;
    }

    /** The nodes to draw; none of a plan that an older release kept. */
    List<PlanNode> drawn() {
        return nodes == null ? List.of() : nodes;
    }

    boolean reads(String table) {
        return tables.contains(table);
    }

    private record Relations(TreeSet<String> tables, TreeSet<String> indexes, TreeSet<String> indexOnly) {}

    static String text(Map<?, ?> node, String key) {
        return node.get(key) instanceof String text ? text : "";
    }

    static List<? extends Map<?, ?>> children(Map<?, ?> node) {
        return node.get("Plans") instanceof List<?> plans
                ? plans.stream()
                        .filter(Map.class::isInstance)
                        .map(plan -> (Map<?, ?>) plan)
                        .toList()
                : List.of();
    }

    /** A bitmap's index scan does not say which table it belongs to; its parent does. */
    private static void collect(Map<?, ?> node, String tableAbove, Relations into) {
        String relation = text(node, "Relation Name");
        String table = relation.isEmpty() ? tableAbove : text(node, "Schema") + "." + relation;
        if (!relation.isEmpty()) {
            into.tables.add(table);
        }
        String index = text(node, "Index Name");
        if (!index.isEmpty() && table.indexOf('.') >= 0) {
            into.indexes.add(table.substring(0, table.indexOf('.')) + "." + index);
        }
        if (text(node, "Node Type").equals("Index Only Scan")) {
            into.indexOnly.add(table);
        }
        children(node).forEach(child -> collect(child, table, into));
    }

    private static String describe(Map<?, ?> node, Set<String> skipped) {
        List<String> below = children(node).stream()
                .map(child -> describe(child, skipped))
                .filter(text -> !text.isEmpty())
                .toList();
        String rest = below.size() > 1 ? "(" + String.join(", ", below) + ")" : String.join("", below);
        String type = text(node, "Node Type");
        if (skipped.contains(type) && (!below.isEmpty() || !type.equals("Result"))) {
            return rest;
        }
        String own = PlanNode.nameOf(node);
        if (rest.isEmpty()) {
            return own;
        }
        return own + (below.size() > 1 ? " " : " > ") + rest;
    }
}
