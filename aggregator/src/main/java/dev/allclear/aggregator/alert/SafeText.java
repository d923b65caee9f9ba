package dev.allclear.aggregator.alert;

/** Text of strangers, fit to be sent on: bounded, whole characters only, nothing that steers a terminal or turns text around. */
final class SafeText {
    private SafeText() {}

    /** On one line, at most {@code limit} UTF-16 units; a cut is marked with an ellipsis. */
    static String line(String text, int limit) {
        StringBuilder safe = new StringBuilder(Math.min(text.length(), limit));
        int at = 0;
        while (at < text.length() && safe.length() < limit) {
            int c = text.codePointAt(at);
            at += Character.charCount(c);
            safe.appendCodePoint(harmless(c));
        }
        if (at < text.length() || safe.length() > limit) {
            safe.setLength(Math.max(0, limit - 1));
            if (safe.length() > 0 && Character.isHighSurrogate(safe.charAt(safe.length() - 1))) {
                safe.setLength(safe.length() - 1);
            }
            safe.append('…');
        }
        return safe.toString();
    }

    private static int harmless(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> ' ';
            case Character.SURROGATE, Character.UNASSIGNED, Character.PRIVATE_USE -> 0xFFFD;
            default -> c;
        };
    }
}
