package dev.allclear.aggregator.report;

import dev.allclear.model.Excerpt;
import java.util.Locale;

/** Opens and fills an inline SVG in a figure with a caption. All sizes are in the drawing's own units, 720 wide. */
final class Chart {
    static final double WIDTH = 720;
    private static final int LONGEST_TITLE = 2_000;

    private final Markup html;

    private Chart(Markup html) {
        this.html = html;
    }

    /** @param title read out by screen readers in the picture's place */
    static Chart open(Markup html, String caption, String title, double height) {
        html.open("figure", "tabindex", "0").leaf("figcaption", caption);
        html.open(
                "svg",
                "viewBox",
                "0 0 " + at(WIDTH) + " " + at(height),
                "role",
                "img",
                "aria-label",
                Excerpt.of(Plain.line(title), LONGEST_TITLE));
        return new Chart(html);
    }

    void bar(double x, double y, double width, double height, String style) {
        html.empty(
                "rect",
                "x",
                at(x),
                "y",
                at(y),
                "width",
                at(Math.max(1, width)),
                "height",
                at(height),
                "rx",
                "3",
                "class",
                style);
    }

    void line(double x1, double y1, double x2, double y2, String style) {
        html.empty("line", "x1", at(x1), "y1", at(y1), "x2", at(x2), "y2", at(y2), "class", style);
    }

    void dot(double x, double y, double radius, String style) {
        html.empty("circle", "cx", at(x), "cy", at(y), "r", at(radius), "class", style);
    }

    /** An entry of a legend; returns where the next one begins. */
    double key(double x, double y, String style, String word) {
        bar(x, y - 9, 12, 10, style);
        text(x + 17, y, word, "start", "value");
        return x + 34 + word.length() * 7.2;
    }

    /** @param anchor {@code start}, {@code middle} or {@code end} */
    void text(double x, double y, String text, String anchor, String style) {
        html.leaf("text", Plain.line(text), "x", at(x), "y", at(y), "text-anchor", anchor, "class", style);
    }

    void close() {
        html.close().close();
    }

    /** Cut so that it fits into so many characters; the end of a name tells more than its beginning does. */
    static String fit(String text, int characters) {
        String line = Plain.line(text);
        return line.length() <= characters ? line : "…" + line.substring(line.length() - characters + 1);
    }

    /** Cut at its end: of a statement the beginning tells more. */
    static String start(String text, int characters) {
        String line = Plain.line(text);
        return line.length() <= characters ? line : line.substring(0, characters - 1) + "…";
    }

    private static String at(double number) {
        return String.format(Locale.ROOT, "%.1f", number);
    }
}
