package dev.allclear.log;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;

/** What the ends of a file's part tell: its times, and what stood before it. */
record FileSpan(FileChannel file, Timestamps timestamps) {
    private static final int LOOK = 64 * 1024;
    /** Of so many bytes before a position. */
    static final int PRINT = 256;
    /** A clock may be ahead by this much without being corrected. */
    private static final Duration AHEAD = Duration.ofSeconds(2);

    /** The earliest time that is told shortly behind a position. */
    Optional<Instant> oldest(long from, long to) throws IOException {
        return stamped(from, Math.min(to, from + LOOK)).stream().min(Instant::compareTo);
    }

    /** The latest time that is told shortly before a position; what lies in the future is no line's time but a date in its text. */
    Optional<Instant> newest(long from, long to, Instant now) throws IOException {
        Instant latest = now.plus(AHEAD);
        return stamped(Math.max(from, to - LOOK), to).stream()
                .filter(time -> !time.isAfter(latest))
                .max(Instant::compareTo);
    }

    /** What to add to the file's times, by its last line if that has one. */
    Duration correction(long size, Instant written, Instant now) throws IOException {
        List<LogRecord> records = records(Math.max(0, size - LOOK), size);
        return records.isEmpty() || !records.get(records.size() - 1).isStamped()
                ? Duration.ZERO
                : records.get(records.size() - 1)
                        .time()
                        .map(newest -> SourceClock.correction(newest, written, now))
                        .orElse(Duration.ZERO);
    }

    /** Whether what is there so far ends within a line. */
    boolean endsOpen(long size) throws IOException {
        byte[] last = bytes(file, size - 1, size);
        return last.length == 1 && last[0] != '\n';
    }

    /** Tells whether the file still holds before a position what it held there: one that was emptied and grew again does not. */
    static long print(FileChannel file, long before) throws IOException {
        CRC32 print = new CRC32();
        print.update(bytes(file, Math.max(0, before - PRINT), before));
        return print.getValue();
    }

    private List<Instant> stamped(long from, long to) throws IOException {
        return records(from, to).stream()
                .filter(LogRecord::isStamped)
                .flatMap(record -> record.time().stream())
                .toList();
    }

    private List<LogRecord> records(long from, long to) throws IOException {
        List<LogRecord> records = new ArrayList<>();
        RecordJoiner joiner = new RecordJoiner(timestamps, records::add);
        new LineReader(new ByteArrayInputStream(bytes(file, from, to)), from).readAll(joiner::line);
        joiner.flush();
        return records;
    }

    private static byte[] bytes(FileChannel file, long from, long to) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate((int) Math.max(0, to - from));
        int read = 0;
        while (read >= 0 && buffer.hasRemaining()) {
            read = file.read(buffer, from + buffer.position());
        }
        byte[] bytes = new byte[buffer.position()];
        buffer.flip();
        buffer.get(bytes);
        return bytes;
    }
}
