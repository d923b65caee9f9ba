package dev.allclear.aggregator.report;

import java.util.Locale;

/** Opens and fills an inline SVG in a figure with a caption. All sizes are in the drawing's own units, 720 wide. */
final class Chart {
    static final double WIDTH = 720;

    private final Markup html;

    private Chart(Markup html) {
        this.html = html;
    }

    /** @param title read out by screen readers in the picture's place */
    static Chart open(Markup html, String caption, String title, double height) {
        html.open("figure").leaf("figcaption", caption);
        html.open(
                "svg",
                "viewBox",
                "0 0 " + at(WIDTH) + " " + at(height),
                "role",
                "img",
                "aria-label",
                Plain.line(title));
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

    private static String at(double number) {
        return String.format(Locale.ROOT, "%.1f", number);
    }
}
