package dev.allclear.aggregator.report;

import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** How many blocks one execution of each query touches, before and after: the same however busy the machine is. */
final class BlockPicture {
    private static final int MOST = 30;

    private BlockPicture() {}

    static void draw(List<Measured> queries, Function<Measured, String> name, Set<String> blamed, Markup html) {
        List<Measured> counted = queries.stream()
                .filter(query -> query.number("afterBlocks").isPresent())
                .limit(MOST)
                .toList();
        if (counted.isEmpty()) {
            return;
        }
        html.open("table", "class", "plain")
                .leaf("caption", "Blocks that one execution touches, and the planner's cost");
        html.open("tr").leaf("th", "query", "scope", "col");
        for (String column : List.of("blocks before", "blocks after", "cost before", "cost after")) {
            html.leaf("th", column, "scope", "col", "class", "number");
        }
        html.close();
        for (Measured query : counted) {
            boolean isWorse = blamed.contains(query.text("name"))
                    && query.number("afterBlocks").orElse(0)
                            > query.number("beforeBlocks").orElse(Double.MAX_VALUE);
            html.open("tr").leaf("th", Plain.line(name.apply(query)), "scope", "row");
            cell(query, "beforeBlocks", "number", html);
            cell(query, "afterBlocks", isWorse ? "number strong" : "number", html);
            cell(query, "beforeCost", "number", html);
            cell(query, "afterCost", "number", html);
            html.close();
        }
        html.close();
    }

    private static void cell(Measured query, String key, String style, Markup html) {
        String number = query.number(key).isPresent()
                ? Quantity.count((double) Math.round(query.number(key).getAsDouble()))
                : "–";
        html.leaf("td", number, "class", style);
    }
}
