package dev.allclear.aggregator.report;

import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.DoubleStream;

/**
 * What production's own calls took, from the server's counters: these keep a mean and a deviation and no single times, so a line
 * from one deviation below the mean to one above it is all that can be drawn.
 */
final class TrafficPicture {
    private static final double NAME = 210;
    private static final double AXIS = 330;
    private static final double ROW = 42;
    private static final int MOST = 12;

    private TrafficPicture() {}

    static void draw(List<Measured> traffic, Set<String> blamed, Markup html) {
        List<Measured> seen = traffic.stream()
                .filter(statement -> statement.number("afterMeanMillis").isPresent()
                        || statement.number("beforeMeanMillis").isPresent())
                .limit(MOST)
                .toList();
        if (seen.isEmpty()) {
            return;
        }
        Scale scale = Scale.of(
                NAME,
                AXIS,
                seen.stream()
                        .flatMapToDouble(statement -> DoubleStream.concat(
                                statement.number("beforeMeanMillis").stream(),
                                statement.number("afterMeanMillis").stream())));
        double bottom = seen.size() * ROW + 4;
        Chart chart = Chart.open(
                html,
                "Production's own calls before and after (logarithmic axis; mean, and a line of one deviation to each side)",
                "mean time of production's own calls before and after, " + seen.size() + " statements",
                bottom + 22);
        for (double tick : scale.ticks()) {
            chart.line(scale.x(tick), 0, scale.x(tick), bottom, "axis");
            chart.text(scale.x(tick), bottom + 15, Quantity.tick(tick), "middle", "value");
        }
        for (int i = 0; i < seen.size(); i++) {
            Measured statement = seen.get(i);
            double y = i * ROW + 4;
            chart.text(NAME - 12, y + 21, Chart.start(statement.text("name"), 30), "end", "name");
            draw(chart, scale, statement, "before", "before", y + 10);
            boolean isBad = blamed.contains(statement.text("name"));
            draw(chart, scale, statement, "after", isBad ? "after bad" : "after", y + 27);
        }
        chart.close();
    }

    private static void draw(Chart chart, Scale scale, Measured statement, String when, String style, double y) {
        OptionalDouble mean = statement.number(when + "MeanMillis");
        String calls = Quantity.count(statement.number(when + "Calls").orElse(0)) + " calls";
        if (mean.isEmpty()) {
            chart.text(NAME + AXIS + 14, y + 4, when + ": no calls", "start", "value");
            return;
        }
        double deviation = statement.number(when + "DeviationMillis").orElse(0);
        double from = scale.x(mean.getAsDouble() - deviation);
        chart.bar(from, y - 2, scale.x(mean.getAsDouble() + deviation) - from, 4, style + " half");
        chart.dot(scale.x(mean.getAsDouble()), y, 5, style);
        chart.text(
                NAME + AXIS + 14,
                y + 4,
                Quantity.millis(mean.getAsDouble()) + ", " + calls,
                "start",
                style.equals("after bad") ? "value strong" : "value");
    }
}
