package dev.allclear.latency;

import dev.allclear.model.Excerpt;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One node of a plan, as it is drawn: what it does, never the conditions or values it does it with.
 *
 * @param depth 0 for the plan's root
 * @param node such as {@code Index Scan using orders_pkey on orders}
 * @param cost the planner's cost of the node and all below it
 * @param rows how many rows the planner expects of it
 */
record PlanNode(int depth, String node, double cost, double rows) {
    /** A plan over many partitions has a node for each; what is drawn ends here. */
    static final int MOST = 40;

    private static final int LONGEST = 200;

    /** The nodes from the root downwards, each before its children. */
    static List<PlanNode> of(Map<?, ?> plan) {
        List<PlanNode> nodes = new ArrayList<>();
        collect(plan, 0, nodes);
        return nodes;
    }

    private static void collect(Map<?, ?> node, int depth, List<PlanNode> into) {
        if (into.size() < MOST) {
            into.add(new PlanNode(
                    depth,
                    Excerpt.of(nameOf(node), LONGEST),
                    PlanShape.number(node, "Total Cost"),
                    PlanShape.number(node, "Plan Rows")));
            PlanShape.children(node).forEach(child -> collect(child, depth + 1, into));
        }
    }

    static String nameOf(Map<?, ?> node) {
        String index = PlanShape.text(node, "Index Name");
        String relation = PlanShape.text(node, "Relation Name");
        return PlanShape.text(node, "Node Type")
                + (index.isEmpty() ? "" : " using " + index)
                + (relation.isEmpty() ? "" : " on " + relation);
    }

    /** As it stands in a report's measurements. */
    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("depth", depth);
        map.put("node", node);
        map.put("cost", LatencyFindings.rounded(cost));
        map.put("rows", rows);
        return map;
    }
}
