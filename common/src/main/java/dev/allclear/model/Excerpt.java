package dev.allclear.model;

/** Text of strangers, made safe to repeat in a message: bounded in length, without control characters. */
public final class Excerpt {
    private static final int LIMIT = 120;

    private Excerpt() {}

    public static String of(String text) {
        return of(text, LIMIT);
    }

    /** At most {@code limit} characters of {@code text}; control characters become spaces, a cut is marked with an ellipsis. */
    public static String of(String text, int limit) {
        String head = text.length() <= limit ? text : text.substring(0, limit) + "…";
        return head.codePoints()
                .map(c -> Character.isISOControl(c) ? ' ' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
