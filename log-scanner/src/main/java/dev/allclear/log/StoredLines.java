package dev.allclear.log;

import dev.allclear.log.LogSource.Entry;
import dev.allclear.log.LogSource.Reading;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Takes the lines that a log store hands out and joins them to records, stream by stream. Times are the store's. Bounded: says
 * when no more may be read. For one thread.
 */
final class StoredLines {
    private static final int LONGEST = 32 * 1024;
    private static final int MOST_STREAMS = 2_000;
    /** What is later by more is no line's time. */
    private static final Duration WIDEST = Duration.ofHours(14);

    private final long mostBytes;
    private final Instant latest;
    private final Consumer<Entry> sink;
    private final Map<String, Stream> streams = new LinkedHashMap<>();
    private long bytes;
    private long lines;
    private Optional<Instant> oldest = Optional.empty();
    private Optional<Instant> newest = Optional.empty();
    private Optional<Instant> ahead = Optional.empty();
    private boolean isComplete = true;

    /** The record of one stream that is being gathered: its time is that of its first line. */
    private final class Stream {
        private final String key;
        private final RecordJoiner joiner = new RecordJoiner(new Timestamps(ZoneOffset.UTC, Instant.EPOCH), this::hand);
        private Instant begun = Instant.EPOCH;
        private boolean isOpen;

        Stream(String key) {
            this.key = key;
        }

        void line(Instant time, long position, String text) {
            joiner.line(text, position);
            if (!isOpen) {
                isOpen = true;
                begun = time;
            }
        }

        private void hand(LogRecord record) {
            isOpen = false;
            sink.accept(new Entry(key, new LogRecord(Optional.of(begun), true, record.position(), record.text())));
        }
    }

    /**
     * Takes lines until then, and notes when one is later.
     *
     * @param latest what a line's time may be at most
     */
    StoredLines(long mostBytes, Instant latest, Consumer<Entry> sink) {
        this.mostBytes = mostBytes;
        this.latest = latest;
        this.sink = sink;
    }

    /**
     * @param key of the mark that positions refer to
     * @param stream whose lines follow one another
     */
    void add(String key, String stream, Instant time, long position, String text) {
        bytes += text.length();
        lines++;
        if (oldest.isEmpty() || oldest.get().isAfter(time)) {
            oldest = Optional.of(time);
        }
        if (time.isAfter(latest)) {
            ahead = time.isBefore(latest.plus(WIDEST)) ? Optional.of(time) : ahead;
        } else if (newest.isEmpty() || newest.get().isBefore(time)) {
            newest = Optional.of(time);
        }
        if (streams.size() >= MOST_STREAMS && !streams.containsKey(stream)) {
            streams.values().forEach(open -> open.joiner.flush());
            streams.clear();
        }
        streams.computeIfAbsent(stream, name -> new Stream(key)).line(time, position, LongLine.of(text, LONGEST));
    }

    boolean isFull() {
        return bytes >= mostBytes;
    }

    /** What could not be had is told as such. */
    void isCut() {
        isComplete = false;
    }

    Reading finish() {
        streams.values().forEach(open -> open.joiner.flush());
        streams.clear();
        return new Reading(lines, oldest, newest, isComplete, Optional.empty(), ahead);
    }
}
