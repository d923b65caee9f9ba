package dev.allclear.aggregator.report;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** Database errors over time, with the moment at which the migration was over, and each kind's number before and after. */
final class ErrorPicture {
    private static final double LEFT = 44;
    private static final double RIGHT = Chart.WIDTH - 16;
    private static final double TOP = 14;
    private static final double BOTTOM = 150;

    private ErrorPicture() {}

    private record Point(Instant time, double errors) {}

    static void draw(Measured measured, Markup html) {
        List<Point> points = measured.list("series").stream()
                .filter(point -> point.instant("time").isPresent())
                .map(point -> new Point(
                        point.instant("time").orElseThrow(),
                        point.number("errors").orElse(0)))
                .sorted(Comparator.comparing(Point::time))
                .toList();
        if (points.size() > 1) {
            draw(points, measured, html);
        }
        classes(measured.list("classes"), html);
    }

    private static void draw(List<Point> points, Measured measured, Markup html) {
        Instant from = points.get(0).time();
        Instant to = points.get(points.size() - 1).time();
        double span = Math.max(1, Duration.between(from, to).toMillis());
        double most =
                Math.max(1, points.stream().mapToDouble(Point::errors).max().orElse(1));
        double width = Math.max(2, (RIGHT - LEFT) / points.size() * 0.72);
        Instant completed = measured.instant("completedAt").orElse(to.plusMillis(1));
        Chart chart = Chart.open(html, "Database errors over time", "errors over time", BOTTOM + 26);
        chart.line(LEFT, BOTTOM, RIGHT, BOTTOM, "axis");
        chart.text(LEFT - 8, TOP + 8, Quantity.count(most), "end", "value");
        chart.text(LEFT - 8, BOTTOM, "0", "end", "value");
        for (Point point : points) {
            double height = (BOTTOM - TOP) * point.errors() / most;
            double x = LEFT
                    + (RIGHT - LEFT - width)
                            * Duration.between(from, point.time()).toMillis()
                            / span;
            if (point.errors() > 0) {
                String style = point.time().isBefore(completed) ? "before" : "after bad";
                chart.bar(x, BOTTOM - height, width, height, style);
            }
        }
        if (!completed.isBefore(from) && !completed.isAfter(to)) {
            double x = LEFT + (RIGHT - LEFT) * Duration.between(from, completed).toMillis() / span;
            chart.line(x, TOP - 8, x, BOTTOM, "marker");
            chart.text(x, BOTTOM + 17, "migration over", "middle", "value");
        }
        chart.text(LEFT, BOTTOM + 17, "−" + Quantity.millis(span), "start", "value");
        chart.close();
    }

    private static void classes(List<Measured> classes, Markup html) {
        if (classes.isEmpty()) {
            return;
        }
        html.open("table", "class", "plain");
        html.open("tr").leaf("th", "error").leaf("th", "object");
        html.leaf("th", "before", "class", "number")
                .leaf("th", "after", "class", "number")
                .close();
        for (Measured error : classes) {
            html.open("tr")
                    .open("td")
                    .leaf("code", Plain.line(error.text("code")))
                    .close();
            html.leaf("td", Plain.line(error.text("subject")));
            html.leaf("td", Quantity.count(error.number("before").orElse(0)), "class", "number");
            html.leaf("td", Quantity.count(error.number("after").orElse(0)), "class", "number");
            html.close();
        }
        html.close();
    }
}
