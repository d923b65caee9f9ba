package dev.allclear.aggregator.report;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Words of strangers as Markdown that shows exactly these words: no markup, no link, no mention, no formula. */
final class MarkdownText {
    /** What begins a list, a heading's underline or a quotation where it stands first on a line. */
    private static final Pattern BEGINNING = Pattern.compile("^(?:([-=])|(\\d{1,9})([.)]))");

    private MarkdownText() {}

    /** On one line; fits a paragraph, a list item and a table's cell. */
    static String of(String text) {
        StringBuilder safe = new StringBuilder();
        String line = Plain.line(text);
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            switch (c) {
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '&' -> safe.append("&amp;");
                case '@' -> safe.append("@\u2060");
                case '#' -> safe.append("\\#\u2060");
                case ':' -> safe.append(line.startsWith("//", i + 1) ? "&#58;" : ":");
                case '.' -> safe.append(line.regionMatches(true, i - 3, "www", 0, 3) ? "&#46;" : ".");
                case '\\', '`', '*', '_', '{', '}', '[', ']', '+', '!', '|', '~', '$' ->
                    safe.append('\\').append(c);
                default -> safe.append(c);
            }
        }
        Matcher beginning = BEGINNING.matcher(safe);
        return beginning.find() ? beginning.replaceFirst("$2\\\\$1$3") : safe.toString();
    }

    /** As code; a back-tick, which would end it, becomes an apostrophe. */
    static String code(String text) {
        return "`" + Plain.line(text).replace('`', '\'') + "`";
    }

    /** A block of code in a list item, fenced by more back-ticks than it contains. */
    static String fenced(String block) {
        String fence = "```";
        while (block.contains(fence)) {
            fence += "`";
        }
        StringBuilder out = new StringBuilder("\n  " + fence + "sql\n");
        Plain.block(block).lines().forEach(line -> out.append("  ").append(line).append('\n'));
        return out.append("  ").append(fence).append('\n').toString();
    }
}
