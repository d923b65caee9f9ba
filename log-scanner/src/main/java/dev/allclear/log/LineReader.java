package dev.allclear.log;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Splits bytes into lines of bounded length; bytes that are no UTF-8 become replacement characters. For one thread. */
final class LineReader {
    private static final int LONGEST = 8 * 1024;

    private final InputStream in;
    private final byte[] buffer = new byte[64 * 1024];
    private final byte[] line = new byte[LONGEST];
    private int filled;
    private int next;
    private long lineStart;
    private long position;
    private long lines;

    LineReader(InputStream in, long startsAt) {
        this.in = in;
        this.position = startsAt;
    }

    /** Takes each line with the position of its first byte. */
    interface Sink {
        void line(String text, long position);
    }

    /** Reads to the end of the stream. */
    void readAll(Sink sink) throws IOException {
        int length = 0;
        lineStart = position;
        while (fill()) {
            int end = next;
            while (end < filled && buffer[end] != '\n') {
                end++;
            }
            int kept = Math.min(end - next, LONGEST - length);
            System.arraycopy(buffer, next, line, length, kept);
            length += kept;
            boolean complete = end < filled;
            position += end - next + (complete ? 1 : 0);
            next = complete ? end + 1 : end;
            if (complete) {
                hand(sink, length);
                length = 0;
                lineStart = position;
            }
        }
        if (length > 0) {
            hand(sink, length);
        }
    }

    long lines() {
        return lines;
    }

    private boolean fill() throws IOException {
        if (next < filled) {
            return true;
        }
        next = 0;
        filled = in.read(buffer);
        return filled > 0;
    }

    private void hand(Sink sink, int length) {
        int end = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
        lines++;
        sink.line(new String(line, 0, end, StandardCharsets.UTF_8), lineStart);
    }
}
