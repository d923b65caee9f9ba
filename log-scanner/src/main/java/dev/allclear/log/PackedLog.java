package dev.allclear.log;

import dev.allclear.log.LogSource.Entry;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.CRC32;
import java.util.zip.GZIPInputStream;

/**
 * A rotated file that was packed with gzip. Its lines count by their times alone, since nothing tells where among them the file stood
 * at a mark.
 *
 * @param written when the last of it was written
 * @param zone where times without a zone were written
 */
record PackedLog(Path file, String key, Instant written, ZoneId zone) {
    /** Reads it whole; what is beyond so many bytes is told as missing. */
    void read(Instant now, long mostBytes, FileProgress progress) throws IOException {
        Timestamps timestamps = new Timestamps(zone, written);
        Duration correction = correction(timestamps, now, mostBytes);
        RecordJoiner joiner = new RecordJoiner(timestamps, record -> {
            Optional<Instant> time = record.time().map(told -> told.plus(correction));
            time.filter(told -> !told.isAfter(written)).ifPresent(progress::sawTime);
            progress.sink.accept(
                    new Entry(key, new LogRecord(time, record.isStamped(), LogRecord.NOWHERE, record.text())));
        });
        try (InputStream in = unpacked(mostBytes, () -> progress.isComplete = false)) {
            LineReader reader = new LineReader(in, 0);
            reader.readAll(joiner::line);
            joiner.flush();
            progress.lines += reader.lines();
            if (progress.newest.isEmpty() && reader.lines() > 0) {
                progress.sawTime(written);
            }
        }
    }

    /** Whether it holds before the mark what the marked file held there. */
    boolean holds(FileMark mark) throws IOException {
        byte[] before = new byte[(int) Math.min(mark.size(), FileSpan.PRINT)];
        try (InputStream in = unpacked(mark.size(), () -> {})) {
            in.skipNBytes(mark.size() - before.length);
            CRC32 print = new CRC32();
            print.update(before, 0, in.readNBytes(before, 0, before.length));
            return print.getValue() == mark.print();
        } catch (EOFException shorter) {
            return false;
        }
    }

    /** By its last time, as {@link FileSpan#correction}. */
    private Duration correction(Timestamps timestamps, Instant now, long mostBytes) throws IOException {
        AtomicReference<LogRecord> last = new AtomicReference<>();
        RecordJoiner joiner = new RecordJoiner(timestamps, last::set);
        try (InputStream in = unpacked(mostBytes, () -> {})) {
            new LineReader(in, 0).readAll(joiner::line);
        }
        joiner.flush();
        return Optional.ofNullable(last.get())
                .filter(LogRecord::isStamped)
                .flatMap(LogRecord::time)
                .map(newest -> SourceClock.correction(newest, written, now))
                .orElse(Duration.ZERO);
    }

    private InputStream unpacked(long mostBytes, Runnable whenCut) throws IOException {
        InputStream packed = Files.newInputStream(file);
        try {
            return new BufferedInputStream(new BoundedInput(new GZIPInputStream(packed), mostBytes, whenCut));
        } catch (IOException | RuntimeException noGzip) {
            packed.close();
            throw noGzip;
        }
    }
}
