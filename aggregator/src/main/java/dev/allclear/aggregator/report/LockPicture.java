package dev.allclear.aggregator.report;

import dev.allclear.aggregator.report.LockLane.Bar;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A timeline with a lane for every relation: above who held it, painted by mode, below who waited for it meanwhile. */
final class LockPicture {
    private static final double NAME = 160;
    private static final double LANES = 360;
    private static final double HELD_ROW = 15;
    private static final double WAITED_ROW = 6;
    private static final double LEAST_LANE = 38;
    private static final int MOST = 10;

    private final Chart chart;
    private final Instant from;
    private final double span;

    private LockPicture(Chart chart, Instant from, double span) {
        this.chart = chart;
        this.from = from;
        this.span = span;
    }

    static void draw(Measured measured, Markup html) {
        List<LockLane> all = LockLane.of(measured.list("holds"), measured.list("waits"));
        List<LockLane> lanes = all.stream().limit(MOST).toList();
        if (lanes.isEmpty()) {
            return;
        }
        Instant from = earliest(lanes, measured.part("window").instant("from"));
        Instant to = latest(lanes, measured.part("window").instant("to"));
        double bottom = lanes.stream().mapToDouble(LockPicture::height).sum() + 4;
        String cut = all.size() > MOST ? "; the " + MOST + " relations held longest of " + all.size() : "";
        Chart chart = Chart.open(
                html,
                "Who held what, and who waited for it" + cut,
                "lock timeline, a lane for each relation",
                bottom + 52);
        LockPicture picture = new LockPicture(
                chart, from, Math.max(1, Duration.between(from, to).toMillis()));
        picture.axis(
                bottom,
                measured.instant("completion").or(() -> measured.part("window").instant("to")),
                to);
        double top = 0;
        for (LockLane lane : lanes) {
            picture.lane(lane, top);
            top += height(lane);
        }
        picture.legend(bottom + 44);
        chart.close();
    }

    private static double height(LockLane lane) {
        return Math.max(
                LEAST_LANE, 12 + lane.held().size() * HELD_ROW + lane.waited().size() * WAITED_ROW);
    }

    private void lane(LockLane lane, double top) {
        chart.line(0, top + height(lane), Chart.WIDTH, top + height(lane), "axis");
        chart.text(NAME - 12, top + 20, Chart.fit(lane.relation(), 24), "end", "name");
        double y = top + 6;
        for (List<Bar> row : lane.held()) {
            for (Bar bar : row) {
                bar(bar, y, HELD_ROW - 3, bar.style());
            }
            y += HELD_ROW;
        }
        for (List<Bar> row : lane.waited()) {
            for (Bar bar : row) {
                bar(bar, y, WAITED_ROW - 2, "waited");
            }
            y += WAITED_ROW;
        }
        Bar longest = lane.longestHold();
        chart.text(NAME + LANES + 10, top + 17, Chart.fit(longest.mode(), 22), "start", "value");
        long waited = lane.waited().stream().mapToLong(List::size).sum();
        chart.text(
                NAME + LANES + 10,
                top + 32,
                Quantity.seconds(longest.seconds())
                        + (longest.left() ? ", left behind" : "")
                        + (waited > 0 ? ", " + Quantity.count(waited) + (waited == 1 ? " wait" : " waits") : ""),
                "start",
                longest.left() ? "value strong" : "value");
    }

    private void bar(Bar bar, double y, double height, String style) {
        chart.bar(x(bar.from()), y, x(bar.to()) - x(bar.from()), height, style);
    }

    private double x(Instant at) {
        return NAME + LANES * Duration.between(from, at).toMillis() / span;
    }

    private void axis(double bottom, Optional<Instant> completion, Instant to) {
        chart.text(NAME, bottom + 16, Moment.clock(from), "start", "value");
        chart.text(
                NAME + LANES + 10, bottom + 16, Moment.clock(to) + " UTC, " + Quantity.millis(span), "start", "value");
        completion.filter(end -> end.isBefore(to) && end.isAfter(from)).ifPresent(end -> {
            chart.line(x(end), 0, x(end), bottom, "marker");
            chart.text(x(end), bottom + 16, "migration over", "middle", "value");
        });
    }

    private void legend(double y) {
        double x = NAME;
        x = chart.key(x, y, "lock share", "SHARE");
        x = chart.key(x, y, "lock exclusive", "EXCLUSIVE");
        x = chart.key(x, y, "lock access", "ACCESS EXCLUSIVE");
        x = chart.key(x, y, "lock left", "left behind");
        chart.key(x, y, "waited", "waited");
    }

    private static Instant earliest(List<LockLane> lanes, Optional<Instant> window) {
        Instant first = lanes.stream()
                .flatMap(LockLane::bars)
                .map(Bar::from)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        return window.filter(begun -> begun.isBefore(first)).orElse(first);
    }

    private static Instant latest(List<LockLane> lanes, Optional<Instant> window) {
        Instant last = lanes.stream()
                .flatMap(LockLane::bars)
                .map(Bar::to)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        return window.filter(ended -> ended.isAfter(last)).orElse(last);
    }
}
