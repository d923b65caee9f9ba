package dev.allclear.aggregator.console.page;

import dev.allclear.aggregator.console.history.RunSummary;
import dev.allclear.aggregator.report.Markup;
import dev.allclear.model.DatabaseName;
import dev.allclear.model.Durations;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** A database's last runs, a column each: as high as its migration took long, with its verdict's colour and sign; a click opens it. */
final class TrendPicture {
    private static final double WIDTH = 720;
    private static final double LEFT = 56;
    private static final double TOP = 34;
    private static final double FLOOR = 150;
    private static final double WIDEST = 34;

    private TrendPicture() {}

    /** @param runs newest first */
    static void draw(DatabaseName database, List<RunSummary> runs, Markup html) {
        Duration longest = runs.stream()
                .flatMap(run -> run.took().stream())
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
        html.open("figure");
        html.leaf(
                "figcaption",
                "The last " + runs.size() + " runs of " + database
                        + ", oldest left: how long each migration took, and its verdict");
        html.open(
                "svg",
                "viewBox",
                "0 0 " + at(WIDTH) + " " + at(FLOOR + 24),
                "role",
                "group",
                "aria-label",
                "How long each migration took, and its verdict");
        label(html, LEFT - 8, TOP + 4, longest.isZero() ? "" : Durations.rounded(longest), "end");
        label(html, LEFT - 8, FLOOR + 4, "0", "end");
        html.empty("line", "x1", at(LEFT), "y1", at(FLOOR), "x2", at(WIDTH), "y2", at(FLOOR), "class", "axis");
        double step = Math.min(WIDEST, (WIDTH - LEFT) / runs.size());
        for (int i = 0; i < runs.size(); i++) {
            column(html, runs.get(runs.size() - 1 - i), LEFT + i * step, step, longest);
        }
        html.close().close();
    }

    private static void column(Markup html, RunSummary run, double x, double step, Duration longest) {
        double share = run.took()
                .map(took -> longest.isZero() ? 0 : (double) took.toMillis() / longest.toMillis())
                .orElse(0.0);
        double height = Math.max(3, share * (FLOOR - TOP));
        String spoken = run.key().run() + ": " + Faces.word(run)
                + run.took().map(took -> ", took " + Durations.rounded(took)).orElse("");
        html.open("a", "href", Address.of(run.key()), "aria-label", spoken).leaf("title", spoken);
        html.empty(
                "rect",
                "x",
                at(x + step * 0.14),
                "y",
                at(FLOOR - height),
                "width",
                at(step * 0.72),
                "height",
                at(height),
                "rx",
                "2",
                "class",
                "trend " + Faces.style(run));
        html.leaf(
                "text",
                Objects.requireNonNull(Faces.sign(run)),
                "x",
                at(x + step / 2),
                "y",
                at(FLOOR - height - 6),
                "text-anchor",
                "middle",
                "class",
                "sign " + Faces.style(run));
        html.close();
    }

    private static void label(Markup html, double x, double y, String text, String anchor) {
        html.leaf("text", text, "x", at(x), "y", at(y), "text-anchor", anchor, "class", "value");
    }

    private static String at(double number) {
        return String.format(Locale.ROOT, "%.1f", number);
    }
}
