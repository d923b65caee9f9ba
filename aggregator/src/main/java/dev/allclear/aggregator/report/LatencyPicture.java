package dev.allclear.aggregator.report;

import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;

/** Before and after of every query: a pair of bars, each pair to its own scale, and the plans to unfold where they changed. */
final class LatencyPicture {
    private static final double NAME = 210;
    private static final double BARS = 360;
    private static final double ROW = 46;

    private LatencyPicture() {}

    /** @param isBlamed whether the check fails this query: a picture must not alarm where the judgement does not */
    private record Pair(String name, double before, double after, boolean isTime, boolean isBlamed) {
        String word(double value) {
            return isTime ? Quantity.millis(value) : Quantity.count(value) + " blocks";
        }
    }

    static void draw(Measured measured, Set<String> blamed, Markup html) {
        List<Measured> queries = measured.list("queries");
        List<Pair> pairs = queries.stream()
                .map(query -> pairOf(query, nameOf(query, queries), blamed.contains(query.text("name"))))
                .filter(pair -> pair.after() >= 0)
                .toList();
        if (!pairs.isEmpty()) {
            Chart chart = Chart.open(html, "Each query before and after", "before and after", pairs.size() * ROW + 4);
            for (int i = 0; i < pairs.size(); i++) {
                draw(chart, pairs.get(i), i * ROW + 4);
            }
            chart.close();
        }
        queries.forEach(query -> plans(query, nameOf(query, queries), html));
    }

    /** The name, and the number of the parameter set where a query has several. */
    private static String nameOf(Measured query, List<Measured> queries) {
        String name = query.text("name");
        boolean several = queries.stream()
                        .filter(other -> other.text("name").equals(name))
                        .count()
                > 1;
        OptionalDouble position = query.number("parameters");
        return several && position.isPresent() ? name + " #" + Math.round(position.getAsDouble() + 1) : name;
    }

    /** Time where it was measured, else shared blocks; a negative number stands for what was not measured. */
    private static Pair pairOf(Measured query, String name, boolean isBlamed) {
        OptionalDouble before = query.number("beforeMillis");
        OptionalDouble after = query.number("afterMillis");
        return after.isPresent()
                ? new Pair(name, before.orElse(-1), after.getAsDouble(), true, isBlamed)
                : new Pair(
                        name,
                        query.number("beforeBlocks").orElse(-1),
                        query.number("afterBlocks").orElse(-1),
                        false,
                        isBlamed);
    }

    private static void draw(Chart chart, Pair pair, double y) {
        double most = Math.max(Math.max(pair.before(), pair.after()), 1e-9);
        chart.text(NAME - 12, y + 24, Chart.fit(pair.name(), 30), "end", "name");
        if (pair.before() >= 0) {
            chart.bar(NAME, y + 4, BARS * pair.before() / most, 13, "before");
            chart.text(NAME + BARS * pair.before() / most + 8, y + 15, pair.word(pair.before()), "start", "value");
        }
        boolean isWorse = pair.isBlamed() && pair.before() >= 0 && pair.after() > pair.before();
        chart.bar(NAME, y + 20, BARS * pair.after() / most, 13, isWorse ? "after bad" : "after");
        chart.text(
                NAME + BARS * pair.after() / most + 8,
                y + 31,
                pair.word(pair.after()) + (isWorse ? "  (" + Quantity.ratio(pair.before(), pair.after()) + ")" : ""),
                "start",
                isWorse ? "value strong" : "value");
    }

    private static void plans(Measured query, String name, Markup html) {
        String before = query.text("beforePlan");
        String after = query.text("afterPlan");
        if (after.isBlank() || before.equals(after)) {
            return;
        }
        html.open("details").leaf("summary", "The plan of " + Plain.line(name) + ", before and after");
        html.open("div", "class", "plans");
        html.open("div")
                .leaf("p", "before", "class", "label")
                .leaf("pre", before)
                .close();
        html.open("div").leaf("p", "after", "class", "label").leaf("pre", after).close();
        html.close().close();
    }
}
