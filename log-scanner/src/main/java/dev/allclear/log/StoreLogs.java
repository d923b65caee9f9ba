package dev.allclear.log;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The logs of a store that is asked for a span of time. Its marks are moments: positions are milliseconds of the store's own times.
 *
 * @param lag how late lines may come into the store
 */
record StoreLogs(String name, Store store, Duration lag, boolean silenceIsOk) implements LogSource {
    private static final String TIME = "time";
    /** What may be fetched over the network at most. */
    private static final long MOST = 512L << 20;

    private static final List<Duration> WINDOWS =
            List.of(Duration.ofMinutes(30), Duration.ofMinutes(5), Duration.ofMinutes(1));

    /** Lines of this moment may carry times of a clock that is ahead. */
    private static final Duration AHEAD = Duration.ofSeconds(5);
    /** Lines of this moment and later were written by a clock that is wrong: local times that the store takes for UTC, for instance. */
    private static final Duration FUTURE = Duration.ofMinutes(1);

    private static final Duration WIDEST_ZONE = Duration.ofHours(14);

    /** What differs between stores: how a span is asked for, page by page. */
    interface Store {
        /** Hands over all lines of the span in the order of their times, or says that it could not. */
        void read(Instant from, Instant to, StoredLines into) throws IOException;
    }

    @Override
    public List<FileMark> marks(Instant now) throws IOException {
        // whether it can be read at all shows now, not when the run is over
        store.read(now.minusSeconds(1), now, new StoredLines(1, Instant.MAX, entry -> {}));
        return List.of(new FileMark(name, TIME, now.toEpochMilli()));
    }

    @Override
    public Optional<List<FileMark>> marksAt(Instant time) {
        return Optional.of(List.of(new FileMark(name, TIME, time.toEpochMilli())));
    }

    @Override
    public Reading read(Optional<List<FileMark>> since, Instant now, long mostBytes, Consumer<Entry> sink)
            throws IOException {
        Optional<Instant> from =
                since.flatMap(marks -> marks.stream().findFirst()).map(mark -> Instant.ofEpochMilli(mark.size()));
        if (from.isPresent()) {
            Optional<Instant> ahead = lineIn(now.plus(FUTURE), now.plus(WIDEST_ZONE));
            Reading reading = read(from.get(), now, mostBytes, sink);
            return ahead.isEmpty() ? reading : reading.withAhead(ahead);
        }
        // of the time before as much as can be read: rather a short time whole than a long one in part
        for (Duration window : WINDOWS) {
            List<Entry> entries = new ArrayList<>();
            Reading reading = read(now.minus(window), now, mostBytes, entries::add);
            if (reading.isComplete() || window.equals(WINDOWS.get(WINDOWS.size() - 1))) {
                entries.forEach(sink);
                return reading;
            }
        }
        throw new IllegalStateException("no window");
    }

    private Reading read(Instant from, Instant now, long mostBytes, Consumer<Entry> sink) throws IOException {
        StoredLines lines = new StoredLines(Math.min(mostBytes, MOST), now.plus(AHEAD), sink);
        store.read(from, now.plus(AHEAD), lines);
        return lines.finish();
    }

    /** A time at which there is a line in a span, if there is any. */
    private Optional<Instant> lineIn(Instant from, Instant to) throws IOException {
        StoredLines lines = new StoredLines(1, Instant.MAX, entry -> {});
        store.read(from, to, lines);
        return lines.finish().newest();
    }

    /** What all lines of a store's answer refer to. */
    static void add(StoredLines into, String stream, Instant time, String text) {
        into.add(TIME, stream, time, time.toEpochMilli(), text);
    }
}
