package dev.allclear.aggregator.report;

/** Words of strangers, made harmless before a format's own escaping: nothing in them moves a cursor, hides or reverses text. */
public final class Plain {
    private Plain() {}

    /** Everything on one line. */
    public static String line(String text) {
        return block(text).replace('\n', ' ').replace('\t', ' ').strip();
    }

    /** Line ends and tabs are kept; other control, direction and unassigned characters, and halves of pairs, become {@code �}. */
    static String block(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.replace("\r\n", "\n")
                .replace('\r', '\n')
                .codePoints()
                .forEach(c -> out.appendCodePoint(c == '\n' || c == '\t' || isHarmless(c) ? c : 0xFFFD));
        return out.toString();
    }

    private static boolean isHarmless(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> c < 0xFFFE || c > 0xFFFF;
        };
    }
}
