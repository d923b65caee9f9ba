package dev.allclear.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Hands over only those records of a file that may hold an error: searches its bytes for the rules' literals and decodes nothing
 * but the lines around what it finds. Reads in blocks rather than from a mapping, since a file that is cut short while it is mapped
 * breaks the process. For one thread.
 */
final class RecordSearch {
    private static final int BLOCK = 1 << 20;
    /** Where a line's time and what else tells whether it begins a record is looked for. */
    private static final int LINE_HEAD = 8 * 1024;
    /** How far before a hit its record may begin. */
    private static final int BACK = 64 * 1024;

    /** What is rare differs from log to log, and may change within one. */
    private static final int TUNE_EVERY = 128;

    private static final int MOST_LINES_BACK = 300;

    private LiteralSearch search;
    private final Timestamps timestamps;
    private final Sink sink;
    private final ByteBuffer block = ByteBuffer.allocateDirect(BACK + BLOCK).order(ByteOrder.LITTLE_ENDIAN);
    /** The block's first byte, and how far the file is done with. */
    private long base;

    private long done;
    private long countedTo;
    private long newlines;

    /** A record and the number of its first line, from 0, counted from where reading began. */
    interface Sink {
        void record(LogRecord record, long line);
    }

    RecordSearch(LiteralSearch search, Timestamps timestamps, Sink sink) {
        this.search = search;
        this.timestamps = timestamps;
        this.sink = sink;
    }

    /** Reads from one position to another, or to the end if that comes first; says how many line ends were passed. */
    long read(FileChannel file, long from, long to) throws IOException {
        done = from;
        countedTo = from;
        newlines = 0;
        long position = from;
        for (int blocks = 0; position < to; blocks++) {
            base = Math.max(from, position - BACK);
            int filled = fill(file, to);
            int start = (int) (position - base);
            if (filled <= start) {
                break;
            }
            boolean isLast = base + filled >= to || filled < block.capacity();
            int end = isLast ? filled : endOfLines(start, filled);
            if (!isLast && blocks % TUNE_EVERY == 0) {
                search = search.tunedTo(block, start, end);
            }
            position = base + searched(start, end, isLast);
            countTo(position);
        }
        return newlines;
    }

    private int fill(FileChannel file, long to) throws IOException {
        block.clear();
        block.limit((int) Math.min(block.capacity(), to - base));
        int read = 0;
        while (read >= 0 && block.hasRemaining()) {
            read = file.read(block, base + block.position());
        }
        int filled = block.position();
        block.clear();
        return filled;
    }

    /** Behind the last line end, or all where a line is longer than the block. */
    private int endOfLines(int start, int filled) {
        int end = filled;
        while (end > start && block.get(end - 1) != '\n') {
            end--;
        }
        return end > start ? end : filled;
    }

    /** Searches a part of the block; says from where to go on: its end, or the beginning of a record that goes on behind it. */
    private int searched(int start, int end, boolean isLast) {
        int at = start;
        for (int hit = search.next(block, at, end); hit >= 0; hit = search.next(block, at, end)) {
            int begin = recordStart(lineStart(hit));
            List<LogRecord> found = new ArrayList<>(1);
            RecordJoiner joiner = new RecordJoiner(timestamps, found::add);
            int line = begin;
            boolean isWhole = false;
            while (line < end && !isWhole) {
                int next = lineEnd(line, end);
                found.clear();
                joiner.line(text(line, next), base + line);
                // what the line of the hit itself ends is the record before
                isWhole = !found.isEmpty() && line > hit;
                line = isWhole ? line : next;
            }
            if (!isWhole) {
                if (!isLast && begin > start) {
                    return begin;
                }
                found.clear();
                joiner.flush();
            }
            found.forEach(record -> sink.record(record, lineOf(record.position())));
            at = Math.max(line, hit + 1);
            done = base + at;
        }
        return end;
    }

    /** Counts on from the record before, so that each byte is counted once. */
    private long lineOf(long position) {
        if (position < countedTo) {
            return newlines - LineEnds.count(block, (int) (position - base), (int) (countedTo - base));
        }
        countTo(position);
        return newlines;
    }

    private void countTo(long position) {
        if (position > countedTo) {
            newlines += LineEnds.count(block, (int) (countedTo - base), (int) (position - base));
            countedTo = position;
        }
    }

    private int lineStart(int at) {
        int lowest = Math.max(0, at - BACK);
        int start = at;
        while (start > lowest && block.get(start - 1) != '\n') {
            start--;
        }
        return start;
    }

    private int lineEnd(int at, int end) {
        int next = at;
        while (next < end && block.get(next) != '\n') {
            next++;
        }
        return Math.min(next + 1, end);
    }

    /** The nearest line at or before this one that has a time and begins a record; else the nearest that may begin one. */
    private int recordStart(int line) {
        int lowest = (int) Math.max(0, Math.max(done - base, line - BACK));
        int fallback = -1;
        int start = line;
        for (int back = 0; back < MOST_LINES_BACK; back++) {
            String text = text(start, lineEnd(start, Math.min(block.capacity(), start + LINE_HEAD)));
            boolean hasTime = timestamps.in(text).isPresent();
            boolean mayBegin = RecordJoiner.mayBegin(text, hasTime);
            if (mayBegin && hasTime) {
                return start;
            }
            if (mayBegin && fallback < 0) {
                fallback = start;
            }
            if (start <= lowest) {
                break;
            }
            start = Math.max(lowest, lineStart(start - 1));
        }
        return fallback < 0 ? start : fallback;
    }

    private String text(int from, int to) {
        int end = to;
        while (end > from && (block.get(end - 1) == '\n' || block.get(end - 1) == '\r')) {
            end--;
        }
        if (end - from > LongLine.HEAD + LongLine.TAIL) {
            return LongLine.of(bytes(from, LongLine.HEAD), bytes(end - LongLine.TAIL, LongLine.TAIL), 0);
        }
        return new String(bytes(from, end - from), StandardCharsets.UTF_8);
    }

    private byte[] bytes(int from, int length) {
        byte[] bytes = new byte[length];
        block.get(from, bytes);
        return bytes;
    }
}
