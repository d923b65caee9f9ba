package dev.allclear.aggregator.report;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A timeline with one lane for every lock held, the longest first, against the time the migration took. */
final class LockPicture {
    private static final double NAME = 280;
    private static final double LANES = 310;
    private static final double ROW = 34;
    private static final int MOST = 12;

    private LockPicture() {}

    private record Hold(String label, Instant from, Instant to, double seconds, String waiters, boolean left) {}

    static void draw(Measured measured, Markup html) {
        List<Hold> holds = measured.list("holds").stream()
                .flatMap(hold -> holdOf(hold, measured.part("window")).stream())
                .sorted(Comparator.comparing(Hold::seconds).reversed())
                .limit(MOST)
                .toList();
        if (holds.isEmpty()) {
            return;
        }
        Instant from = first(holds, measured.part("window").instant("from"));
        Instant to = last(holds, measured.part("window").instant("to"));
        double span = Math.max(1, Duration.between(from, to).toMillis());
        double bottom = holds.size() * ROW + 6;
        Chart chart = Chart.open(
                html, "Locks held, and for how long; in red what was left behind", "lock timeline", bottom + 24);
        chart.line(NAME, bottom, NAME + LANES, bottom, "axis");
        chart.text(NAME, bottom + 17, "0 s", "start", "value");
        chart.text(NAME + LANES, bottom + 17, Quantity.millis(span), "end", "value");
        measured.part("window").instant("to").filter(end -> end.isBefore(to)).ifPresent(end -> {
            double x = NAME + LANES * Duration.between(from, end).toMillis() / span;
            chart.line(x, 0, x, bottom, "marker");
            chart.text(x, bottom + 17, "migration over", "middle", "value");
        });
        for (int i = 0; i < holds.size(); i++) {
            Hold hold = holds.get(i);
            double x = NAME + LANES * Duration.between(from, hold.from()).toMillis() / span;
            double width = LANES * Duration.between(hold.from(), hold.to()).toMillis() / span;
            chart.text(NAME - 12, i * ROW + 22, hold.label(), "end", "name");
            chart.bar(x, i * ROW + 9, width, 18, hold.left() ? "after bad" : "after");
            chart.text(
                    NAME + LANES + 10,
                    i * ROW + 22,
                    Quantity.seconds(hold.seconds()) + hold.waiters(),
                    "start",
                    "value");
        }
        chart.close();
    }

    private static Optional<Hold> holdOf(Measured hold, Measured window) {
        Optional<Instant> from = hold.instant("from");
        Optional<Instant> to = hold.instant("to").or(() -> window.instant("to"));
        if (from.isEmpty() || to.isEmpty() || to.get().isBefore(from.get())) {
            return Optional.empty();
        }
        double measured = Duration.between(from.get(), to.get()).toMillis() / 1000.0;
        double waiters = hold.number("waiters").orElse(0);
        return Optional.of(new Hold(
                Chart.fit(hold.text("relation"), 20) + " · " + modeOf(hold.text("mode")),
                from.get(),
                to.get(),
                hold.number("seconds").orElse(measured),
                waiters > 0 ? ", " + Quantity.count(waiters) + " waited" : "",
                hold.text("left").equals("true")));
    }

    /** {@code AccessExclusiveLock} as people write it. */
    private static String modeOf(String mode) {
        String words =
                mode.replaceAll("(?<=[a-z])(?=[A-Z])", " ").replace("Lock", "").strip();
        return Chart.fit(words.replace("Exclusive", "Excl."), 18);
    }

    private static Instant first(List<Hold> holds, Optional<Instant> window) {
        Instant first =
                holds.stream().map(Hold::from).min(Comparator.naturalOrder()).orElseThrow();
        return window.filter(from -> from.isBefore(first)).orElse(first);
    }

    private static Instant last(List<Hold> holds, Optional<Instant> window) {
        Instant last =
                holds.stream().map(Hold::to).max(Comparator.naturalOrder()).orElseThrow();
        return window.filter(to -> to.isAfter(last)).orElse(last);
    }
}
