package dev.allclear.aggregator.report;

import java.util.ArrayDeque;
import java.util.Deque;

/** Writes HTML, SVG and XML. Every text and attribute value is escaped on its way in; there is no way around it. */
public final class Markup {
    private final StringBuilder out;
    private final Deque<String> open = new ArrayDeque<>();

    private Markup(String head) {
        this.out = new StringBuilder(head);
    }

    /** The beginning of an HTML document. */
    public static Markup html() {
        return new Markup("<!doctype html>\n");
    }

    /** A part of a page, without a head. */
    public static Markup fragment() {
        return new Markup("");
    }

    static Markup xml() {
        return new Markup("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    }

    /**
     * Begins an element.
     *
     * @param attributes names and values by turns
     */
    public Markup open(String tag, String... attributes) {
        begin(tag, attributes).append('>');
        open.push(tag);
        return this;
    }

    /** Ends what was opened last. */
    public Markup close() {
        out.append("</").append(open.pop()).append('>');
        if (open.size() <= 3) {
            out.append('\n');
        }
        return this;
    }

    /** Text of anybody. */
    public Markup text(String text) {
        out.append(escape(Plain.block(text)));
        return this;
    }

    /** An element with nothing but text in it. */
    public Markup leaf(String tag, String text, String... attributes) {
        return open(tag, attributes).text(text).close();
    }

    /** An element without content. */
    public Markup empty(String tag, String... attributes) {
        begin(tag, attributes).append("/>");
        return this;
    }

    /** The content of a style element: our own, and not to be escaped. */
    Markup style(StyleSheet sheet) {
        out.append("<style>").append(sheet.text()).append("</style>");
        return this;
    }

    private StringBuilder begin(String tag, String... attributes) {
        out.append('<').append(tag);
        for (int i = 0; i < attributes.length; i += 2) {
            out.append(' ')
                    .append(attributes[i])
                    .append("=\"")
                    .append(escape(Plain.block(attributes[i + 1])).replace("\n", "&#10;"))
                    .append('"');
        }
        return out;
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    @Override
    public String toString() {
        if (!open.isEmpty()) {
            throw new IllegalStateException("not closed: " + open);
        }
        return out.append('\n').toString();
    }
}
