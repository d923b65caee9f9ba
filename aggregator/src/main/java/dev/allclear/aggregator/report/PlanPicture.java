package dev.allclear.aggregator.report;

import java.util.List;
import java.util.Set;

/** Two plans side by side, a line for each node, indented as the plan is; what only one of them has is marked. */
final class PlanPicture {
    private static final int DEEPEST = 12;

    private PlanPicture() {}

    /** @param isBlamed whether the check objects to the query: its plans are then unfolded */
    static void draw(Measured query, String name, boolean isBlamed, Markup html) {
        List<Measured> before = query.list("beforePlanNodes");
        List<Measured> after = query.list("afterPlanNodes");
        String was = query.text("beforePlan");
        String is = query.text("afterPlan");
        if (is.isBlank() || was.isBlank() || was.equals(is)) {
            return;
        }
        if (isBlamed) {
            html.open("details", "open", "open");
        } else {
            html.open("details");
        }
        html.leaf("summary", "The plan of " + Plain.line(name) + ", before and after");
        html.open("div", "class", "plans");
        if (before.isEmpty() || after.isEmpty()) {
            text("Before", was, html);
            text("After", is, html);
        } else {
            Unmatched changed = Unmatched.of(namesOf(before), namesOf(after));
            nodes("Before", before, changed.before(), "gone", html);
            nodes("After", after, changed.after(), "new", html);
        }
        html.close().close();
    }

    private static List<String> namesOf(List<Measured> nodes) {
        return nodes.stream().map(node -> node.text("node")).toList();
    }

    private static void text(String when, String plan, Markup html) {
        html.open("div")
                .leaf("p", when, "class", "label")
                .leaf("pre", plan, "tabindex", "0")
                .close();
    }

    private static void nodes(String when, List<Measured> nodes, Set<Integer> changed, String word, Markup html) {
        html.open("div").leaf("p", when, "class", "label").open("ol", "class", "plan");
        for (int i = 0; i < nodes.size(); i++) {
            Measured node = nodes.get(i);
            boolean isChanged = changed.contains(i);
            long depth = Math.round(
                    Math.max(0, Math.min(DEEPEST, node.number("depth").orElse(0))));
            html.open("li", "class", "depth-" + depth + (isChanged ? " " + word : ""));
            html.leaf("code", Plain.line(node.text("node")));
            if (isChanged) {
                html.leaf("span", word, "class", "pill " + (word.equals("gone") ? "muted" : "bad"));
            }
            html.leaf("span", " " + expected(node), "class", "small").close();
        }
        html.close().close();
    }

    private static String expected(Measured node) {
        double rows = node.number("rows").orElse(0);
        return "cost " + Quantity.count((double) Math.round(node.number("cost").orElse(0))) + ", "
                + Quantity.count((double) Math.round(rows)) + (Math.round(rows) == 1 ? " row" : " rows");
    }
}
