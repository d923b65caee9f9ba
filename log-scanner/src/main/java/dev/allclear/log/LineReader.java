package dev.allclear.log;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Splits bytes into lines of bounded length (see {@link LongLine}); bytes that are no UTF-8 become replacement characters. For one
 * thread.
 */
final class LineReader {
    private final InputStream in;
    private final byte[] buffer = new byte[64 * 1024];
    private final byte[] line = new byte[LongLine.HEAD + 2 * LongLine.TAIL];
    private int filled;
    private int next;
    private long lineStart;
    private long position;
    private long lines;
    private boolean isCut;

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
            length = append(length, next, end);
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

    /** Adds a part of the buffer to the line; where there is no more room, what lies between its beginning and its end makes it. */
    private int append(int length, int from, int to) {
        int filledTo = length;
        for (int at = from; at < to; ) {
            if (filledTo == line.length) {
                System.arraycopy(line, filledTo - LongLine.TAIL, line, LongLine.HEAD, LongLine.TAIL);
                filledTo = LongLine.HEAD + LongLine.TAIL;
                isCut = true;
            }
            int count = Math.min(to - at, line.length - filledTo);
            System.arraycopy(buffer, at, line, filledTo, count);
            filledTo += count;
            at += count;
        }
        return filledTo;
    }

    private void hand(Sink sink, int length) {
        int end = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
        boolean isLong = isCut || end > LongLine.HEAD + LongLine.TAIL;
        isCut = false;
        lines++;
        sink.line(
                isLong
                        ? LongLine.of(line, line, end - LongLine.TAIL)
                        : new String(line, 0, end, StandardCharsets.UTF_8),
                lineStart);
    }
}
