package dev.allclear.aggregator.report;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * Every execution of every query before and after, as a dot on one logarithmic axis of time, with the middle half and the median
 * marked; below it what production's own calls took, and the plans where they changed.
 */
final class LatencyPicture {
    private static final double NAME = 210;
    private static final double AXIS = 330;
    private static final double ROW = 54;
    private static final int MOST = 30;

    private LatencyPicture() {}

    /** One query's times; {@code isBlamed}: a picture must not alarm where the judgement does not. */
    private record Row(String name, Optional<Spread> before, Optional<Spread> after, boolean isBlamed) {
        boolean isWorse() {
            return isBlamed
                    && before.isPresent()
                    && after.isPresent()
                    && after.get().median() > before.get().median();
        }

        DoubleStream millis() {
            return Stream.of(before, after)
                    .flatMap(Optional::stream)
                    .flatMap(spread -> spread.millis().stream())
                    .mapToDouble(Double::doubleValue);
        }

        String told() {
            String was = before.map(spread -> Quantity.millis(spread.median())).orElse("not measured");
            String is = after.map(spread -> Quantity.millis(spread.median())).orElse("not measured");
            return name + ": median " + was + " before, " + is + " after";
        }
    }

    static void draw(Measured measured, Set<String> blamed, Markup html) {
        List<Measured> queries = measured.list("queries");
        List<Row> rows = queries.stream()
                .map(query -> new Row(
                        nameOf(query, queries),
                        spread(query, "before"),
                        spread(query, "after"),
                        blamed.contains(query.text("name"))))
                .filter(row -> row.after().isPresent() || row.before().isPresent())
                .limit(MOST)
                .toList();
        if (!rows.isEmpty()) {
            draw(rows, html);
        }
        BlockPicture.draw(queries, query -> nameOf(query, queries), blamed, html);
        TrafficPicture.draw(measured.list("traffic"), blamed, html);
        queries.forEach(
                query -> PlanPicture.draw(query, nameOf(query, queries), blamed.contains(query.text("name")), html));
    }

    /** Every single time; the median alone where a checker tells no more. */
    private static Optional<Spread> spread(Measured query, String when) {
        List<Double> times = query.numbers(when + "Times");
        return times.isEmpty()
                ? query.number(when + "Millis").stream().boxed().findFirst().map(median -> new Spread(List.of(median)))
                : Optional.of(new Spread(times));
    }

    private static void draw(List<Row> rows, Markup html) {
        Scale scale = Scale.of(NAME, AXIS, rows.stream().flatMapToDouble(Row::millis));
        double bottom = rows.size() * ROW + 6;
        String told = rows.stream().map(Row::told).collect(Collectors.joining("; "));
        Chart chart = Chart.open(
                html,
                "Each execution of each query before and after (logarithmic axis; the bar is the middle half, the line the median)",
                "distribution of execution times. " + told,
                bottom + 42);
        for (double tick : scale.ticks()) {
            chart.line(scale.x(tick), 0, scale.x(tick), bottom, "axis");
            chart.text(scale.x(tick), bottom + 15, Quantity.tick(tick), "middle", "value");
        }
        for (int i = 0; i < rows.size(); i++) {
            draw(chart, scale, rows.get(i), i * ROW + 6);
        }
        double x = chart.key(NAME, bottom + 38, "before", "before");
        x = chart.key(x, bottom + 38, "after", "after");
        if (rows.stream().anyMatch(Row::isWorse)) {
            chart.key(x, bottom + 38, "after bad", "after, the check objects");
        }
        chart.close();
    }

    private static void draw(Chart chart, Scale scale, Row row, double y) {
        chart.text(NAME - 12, y + 26, Chart.fit(row.name(), 30), "end", "name");
        String after = row.isWorse() ? "after bad" : "after";
        row.before().ifPresent(spread -> strip(chart, scale, spread, y + 12, "before"));
        row.after().ifPresent(spread -> strip(chart, scale, spread, y + 32, after));
        double x = NAME + AXIS + 14;
        String was =
                row.before().map(spread -> Quantity.millis(spread.median())).orElse("not measured");
        chart.text(x, y + 16, was, "start", "value");
        String is = row.after().map(spread -> Quantity.millis(spread.median())).orElse("not measured");
        String ratio = row.before().isPresent() && row.after().isPresent()
                ? Quantity.ratio(row.before().get().median(), row.after().get().median())
                : "";
        chart.text(
                x,
                y + 36,
                is + (ratio.isEmpty() ? "" : " (" + ratio + ")"),
                "start",
                row.isWorse() ? "value strong" : "value");
    }

    private static void strip(Chart chart, Scale scale, Spread spread, double y, String style) {
        double from = scale.x(spread.quantile(0.25));
        chart.bar(from, y - 6, scale.x(spread.quantile(0.75)) - from, 12, style + " half");
        spread.millis().forEach(millis -> chart.dot(scale.x(millis), y, 3, style + " each"));
        double median = scale.x(spread.median());
        chart.line(median, y - 9, median, y + 9, "median");
    }

    /** The name, and the name or number of the parameter set where the query has several. */
    static String nameOf(Measured query, List<Measured> queries) {
        String name = query.text("name");
        boolean several = queries.stream()
                        .filter(other -> other.text("name").equals(name))
                        .count()
                > 1;
        OptionalDouble position = query.number("parameters");
        String set = query.text("parameterSet");
        if (!several) {
            return name;
        }
        if (!set.isEmpty()) {
            return name + " with " + set;
        }
        return position.isPresent() ? name + " #" + Math.round(position.getAsDouble() + 1) : name;
    }
}
