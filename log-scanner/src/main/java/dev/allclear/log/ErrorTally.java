package dev.allclear.log;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Counts errors by fingerprint and by the part of the window they fall into. An error counts as after completion by its time or,
 * where the source did not keep up so that its times cannot be trusted, or has none, by having been written since. What was written
 * since and is of long before the run has none either: that is a date in its text.
 */
final class ErrorTally {
    private static final Duration LONG = Duration.ofHours(1);

    private final LogWindow window;
    private final Instant plausible;
    private final Map<String, Row> rows = new LinkedHashMap<>();

    private long unplaced;

    private static final class Row {
        private final DatabaseError error;
        private long before;
        private long during;
        private long after;
        private long late;
        private Optional<Instant> firstDuring = Optional.empty();
        private Optional<Instant> lastDuring = Optional.empty();
        private Optional<Instant> firstAfter = Optional.empty();
        private Optional<Instant> lastAfter = Optional.empty();

        Row(DatabaseError error) {
            this.error = error;
        }

        ErrorCount count() {
            boolean any = after > 0;
            return new ErrorCount(
                    error, before, during, after, late, any ? firstAfter : firstDuring, any ? lastAfter : lastDuring);
        }
    }

    ErrorTally(LogWindow window) {
        this.window = window;
        this.plausible = window.started().orElse(window.completed()).minus(LONG);
    }

    void addBefore(DatabaseError error, long count) {
        rowOf(error).before += count;
    }

    void add(SourceScan scan) {
        scan.sightings().forEach(sighting -> add(sighting, scan));
    }

    private void add(Sighting sighting, SourceScan scan) {
        Optional<Instant> time =
                sighting.time().filter(told -> !sighting.sinceCompletion() || !told.isBefore(plausible));
        boolean timesHold = time.filter(told -> scan.isBelievable(told, window)).isPresent();
        boolean afterByTime = time.isPresent() && time.get().isAfter(window.completed());
        boolean afterByPlace = sighting.sinceCompletion() && (time.isEmpty() || !timesHold);
        if (afterByTime || afterByPlace) {
            Row row = rowOf(sighting.error());
            row.after++;
            row.late += time.isEmpty() || !timesHold || !time.get().isBefore(window.middle()) ? 1 : 0;
            row.firstAfter = earlier(row.firstAfter, time);
            row.lastAfter = later(row.lastAfter, time);
        } else if (time.isEmpty() ? window.started().isPresent() : isDuring(time.get())) {
            Row row = rowOf(sighting.error());
            row.during++;
            row.firstDuring = earlier(row.firstDuring, time);
            row.lastDuring = later(row.lastDuring, time);
        } else if (time.isEmpty()) {
            unplaced++;
        }
    }

    private boolean isDuring(Instant time) {
        return window.started().filter(started -> !time.isBefore(started)).isPresent();
    }

    private Row rowOf(DatabaseError error) {
        return rows.computeIfAbsent(error.fingerprint(), fingerprint -> new Row(error));
    }

    /** How many errors are in no count, since neither a time nor a mark tells whether they are of after the completion. */
    long unplaced() {
        return unplaced;
    }

    List<ErrorCount> counts() {
        return rows.values().stream().map(Row::count).toList();
    }

    private static Optional<Instant> earlier(Optional<Instant> one, Optional<Instant> other) {
        return one.isEmpty() || (other.isPresent() && other.get().isBefore(one.get())) ? other : one;
    }

    private static Optional<Instant> later(Optional<Instant> one, Optional<Instant> other) {
        return one.isEmpty() || (other.isPresent() && other.get().isAfter(one.get())) ? other : one;
    }
}
