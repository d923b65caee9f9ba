package dev.allclear.log;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Consumer;

/**
 * Finds the database errors in one log, without a before and an after: the engine of the log scanner for a log in hand. Streams;
 * memory is bounded whatever the log's size.
 */
public final class LogScan {
    /**
     * An error and where its record stands.
     *
     * @param line of the record's first line, from 1
     */
    public record Found(long line, DatabaseError error) {}

    private final LogClassifier classifier;

    public LogScan(LogClassifier classifier) {
        this.classifier = classifier;
    }

    /** Reads a file to its end, fast: only what holds a rule's literal is looked at. Says how many lines there were. */
    public long read(FileChannel file, Consumer<Found> sink) throws IOException {
        OwnLines own = new OwnLines(List.of());
        RecordSearch search = new RecordSearch(
                classifier.search(),
                new Timestamps(ZoneOffset.UTC, Instant.EPOCH),
                (record, line) -> find(record.text(), line + 1, own, sink));
        return search.read(file, 0, file.size());
    }

    private void find(String text, long line, OwnLines own, Consumer<Found> sink) {
        classifier
                .classify(text)
                .filter(error -> !own.contains(text))
                .ifPresent(error -> sink.accept(new Found(line, error)));
    }

    /** Reads a stream to its end, closes nothing; says how many lines there were. */
    public long read(InputStream in, Consumer<Found> sink) throws IOException {
        LineReader reader = new LineReader(in, 0);
        OwnLines own = new OwnLines(List.of());
        RecordJoiner joiner = new RecordJoiner(
                new Timestamps(ZoneOffset.UTC, Instant.EPOCH),
                record -> find(record.text(), record.position(), own, sink));
        // a record's position is here the number of its line
        long[] number = {0};
        reader.readAll((line, position) -> joiner.line(line, ++number[0]));
        joiner.flush();
        return reader.lines();
    }
}
