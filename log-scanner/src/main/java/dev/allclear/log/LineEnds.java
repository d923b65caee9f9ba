package dev.allclear.log;

import java.nio.ByteBuffer;

/** Counts line ends, eight bytes at a time. */
final class LineEnds {
    private static final long EACH = 0x0A0A0A0A0A0A0A0AL;
    private static final long LOW = 0x7F7F7F7F7F7F7F7FL;

    private LineEnds() {}

    static int count(ByteBuffer bytes, int from, int to) {
        int count = 0;
        int at = from;
        for (; at + Long.BYTES <= to; at += Long.BYTES) {
            long other = bytes.getLong(at) ^ EACH;
            // a byte is zero where neither its low bits nor its high bit are set
            count += Long.bitCount(~(((other & LOW) + LOW) | other | LOW));
        }
        for (; at < to; at++) {
            count += bytes.get(at) == '\n' ? 1 : 0;
        }
        return count;
    }
}
