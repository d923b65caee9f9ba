package dev.allclear.aggregator.report;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** Database errors over time, with the moments at which the migration began and was over, and each kind's number before and after. */
final class ErrorPicture {
    private static final double LEFT = 44;
    private static final double RIGHT = Chart.WIDTH - 16;
    private static final double TOP = 38;
    private static final double BOTTOM = 170;

    private ErrorPicture() {}

    private record Point(Instant time, double errors) {}

    private record Axis(Instant from, double millis) {
        double x(Instant time) {
            double at = Duration.between(from, time).toMillis() / millis;
            return LEFT + (RIGHT - LEFT) * Math.max(0, Math.min(1, at));
        }
    }

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
        Duration step = Duration.between(from, points.get(1).time());
        Instant to = points.get(points.size() - 1).time().plus(step);
        Axis axis = new Axis(from, Math.max(1, Duration.between(from, to).toMillis()));
        double most =
                Math.max(1, points.stream().mapToDouble(Point::errors).max().orElse(1));
        Instant completed = measured.instant("completedAt").orElse(to.plusMillis(1));
        Instant started = measured.instant("startedAt").orElse(completed);
        Chart chart = Chart.open(
                html,
                "Database errors, each bar " + Quantity.millis((double) step.toMillis()) + ", times in UTC",
                "errors over time: " + told(points, started, completed),
                BOTTOM + 44);
        if (!started.isBefore(from) && started.isBefore(completed)) {
            chart.bar(axis.x(started), TOP - 6, axis.x(completed) - axis.x(started), BOTTOM - TOP + 6, "during");
        }
        chart.line(LEFT, BOTTOM, RIGHT, BOTTOM, "axis");
        chart.text(LEFT - 8, TOP + 8, Quantity.count(most), "end", "value");
        chart.text(LEFT - 8, BOTTOM, "0", "end", "value");
        double width = Math.max(1, (RIGHT - LEFT) * step.toMillis() / axis.millis() - 2);
        for (Point point : points) {
            double height = (BOTTOM - TOP) * point.errors() / most;
            if (point.errors() > 0) {
                String style = point.time().isBefore(started) ? "before" : "after bad";
                chart.bar(axis.x(point.time()) + 1, BOTTOM - height, width, height, style);
            }
        }
        mark(chart, axis, started, from, to, "migration begins", "end");
        mark(chart, axis, completed, from, to, "over", "start");
        chart.text(LEFT, BOTTOM + 17, Moment.clock(from), "start", "value");
        chart.text(RIGHT, BOTTOM + 17, Moment.clock(to), "end", "value");
        double x = chart.key(LEFT, BOTTOM + 40, "before", "before");
        x = chart.key(x, BOTTOM + 40, "after bad", "since the migration began");
        chart.key(x, BOTTOM + 40, "during", "the migration");
        chart.close();
    }

    private static void mark(Chart chart, Axis axis, Instant at, Instant from, Instant to, String word, String anchor) {
        if (!at.isBefore(from) && !at.isAfter(to)) {
            double x = axis.x(at);
            boolean isAtEdge = x < LEFT + 120;
            chart.line(x, TOP - 6, x, BOTTOM, "marker");
            chart.text(
                    anchor.equals("end") && !isAtEdge ? x - 5 : x + 5,
                    anchor.equals("end") ? TOP - 26 : TOP - 10,
                    word + " " + Moment.clock(at),
                    isAtEdge ? "start" : anchor,
                    "value");
        }
    }

    private static String told(List<Point> points, Instant started, Instant completed) {
        double before = sum(points, Instant.MIN, started);
        double during = sum(points, started, completed);
        double after = sum(points, completed, Instant.MAX);
        return Quantity.count(before) + " before, " + Quantity.count(during) + " during and " + Quantity.count(after)
                + " after the migration, which was over at " + Moment.of(completed);
    }

    private static double sum(List<Point> points, Instant from, Instant to) {
        return points.stream()
                .filter(point -> !point.time().isBefore(from) && point.time().isBefore(to))
                .mapToDouble(Point::errors)
                .sum();
    }

    private static void classes(List<Measured> classes, Markup html) {
        if (classes.isEmpty()) {
            return;
        }
        html.open("table", "class", "plain").leaf("caption", "How often each error occurred");
        html.open("tr").leaf("th", "error", "scope", "col").leaf("th", "object", "scope", "col");
        html.leaf("th", "before", "scope", "col", "class", "number");
        html.leaf("th", "after", "scope", "col", "class", "number").close();
        for (Measured error : classes) {
            html.open("tr").open("td").leaf("code", Plain.line(error.text("code")));
            html.close().leaf("td", Plain.line(error.text("subject")));
            html.leaf("td", Quantity.count(error.number("before").orElse(0)), "class", "number");
            html.leaf("td", Quantity.count(error.number("after").orElse(0)), "class", "number");
            html.close();
        }
        html.close();
    }
}
