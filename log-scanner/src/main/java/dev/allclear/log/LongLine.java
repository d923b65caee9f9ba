package dev.allclear.log;

import java.nio.charset.StandardCharsets;

/**
 * What is kept of a line that is too long: its beginning, where the time stands, and its end, where drivers tell the error behind a
 * statement of any length.
 */
final class LongLine {
    /** Bytes, of each. */
    static final int HEAD = 8 * 1024;

    static final int TAIL = 8 * 1024;
    private static final String GAP = " ... ";

    private LongLine() {}

    /** Of a line of which these are the first and, from a position on, the last bytes. */
    static String of(byte[] head, byte[] tail, int tailFrom) {
        return new String(head, 0, HEAD, StandardCharsets.UTF_8)
                + GAP
                + new String(tail, tailFrom, TAIL, StandardCharsets.UTF_8);
    }

    /** Of a text, so that no more than so many characters are left. */
    static String of(String line, int longest) {
        return line.length() <= longest
                ? line
                : line.substring(0, longest - TAIL - GAP.length()) + GAP + line.substring(line.length() - TAIL);
    }
}
