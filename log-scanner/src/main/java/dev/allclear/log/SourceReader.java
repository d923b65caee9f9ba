package dev.allclear.log;

import dev.allclear.log.LogBaseline.Rate;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads sources and classifies what they say. Calls block; memory is bounded whatever a source holds. */
record SourceReader(LogClassifier classifier, OwnLines ownLines) {
    private static final long MOST_BEFORE = 16L << 20;
    private static final long MOST_AFTER = 16L << 30;
    private static final int MOST_SIGHTINGS = 100_000;

    /** What one source showed before the migration. */
    record Before(List<FileMark> marks, Optional<Instant> oldest, List<Rate> rates, RecentErrors recent) {}

    Before before(LogSource source, Instant from, Instant started, Instant now) throws IOException {
        List<FileMark> marks = source.marks(now);
        Map<String, Long> ends = ends(marks);
        Map<String, Rate> rates = new LinkedHashMap<>();
        List<Instant> times = new ArrayList<>();
        LogSource.Reading reading = source.read(Optional.empty(), now, MOST_BEFORE, entry -> {
            LogRecord record = entry.record();
            // what the migration did must not count as "before", however late its announcement is read
            boolean isBefore = record.time()
                    .filter(time -> time.isBefore(from) || !time.isBefore(started))
                    .isEmpty();
            if (!isBefore || record.position() >= ends.getOrDefault(entry.fileKey(), 0L)) {
                return;
            }
            errorIn(record).ifPresent(error -> {
                rates.merge(
                        error.fingerprint(),
                        new Rate(error, 1),
                        (known, one) -> new Rate(known.error(), known.count() + 1));
                record.time()
                        .filter(time -> RecentErrors.isRecent(time, started))
                        .ifPresent(times::add);
            });
        });
        Optional<Instant> oldest = reading.oldest().map(time -> time.isBefore(from) ? from : time);
        return new Before(marks, oldest, List.copyOf(rates.values()), RecentErrors.of(times, started));
    }

    /**
     * @param completion how far the source reached when the scanner learned that the migration was over
     */
    SourceScan after(
            LogSource source, Optional<List<FileMark>> since, List<FileMark> completion, Instant from, Instant now)
            throws IOException {
        Map<String, Long> ends = ends(completion);
        List<Sighting> sightings = new ArrayList<>();
        boolean[] isPartial = {false};
        LogSource.Reading reading = source.read(since, now, MOST_AFTER, entry -> {
            LogRecord record = entry.record();
            boolean sinceCompletion = record.position() != LogRecord.NOWHERE
                    && record.position() >= ends.getOrDefault(entry.fileKey(), 0L);
            if (!sinceCompletion
                    && record.time().filter(time -> time.isBefore(from)).isPresent()) {
                return;
            }
            errorIn(record).ifPresent(error -> {
                if (sightings.size() < MOST_SIGHTINGS && !record.isAdrift()) {
                    sightings.add(new Sighting(error, record.time(), sinceCompletion));
                } else {
                    isPartial[0] = true;
                }
            });
        });
        return new SourceScan(
                source.name(),
                source.lag(),
                source.silenceIsOk(),
                reading.lines(),
                reading.newest(),
                !isPartial[0] && reading.isComplete(),
                sightings,
                reading.silent(),
                reading.ahead(),
                Optional.empty());
    }

    static SourceScan unreadable(LogSource source, Throwable why) {
        String reason = why instanceof java.nio.file.FileSystemException file
                ? file.getClass().getSimpleName() + " " + file.getMessage()
                : String.valueOf(why.getMessage());
        return new SourceScan(
                source.name(),
                Duration.ZERO,
                false,
                0,
                Optional.empty(),
                true,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(reason));
    }

    private Optional<DatabaseError> errorIn(LogRecord record) {
        return classifier.classify(record.text()).filter(error -> !ownLines.contains(record.text()));
    }

    private static Map<String, Long> ends(List<FileMark> marks) {
        Map<String, Long> ends = new HashMap<>();
        marks.forEach(mark -> ends.put(mark.key(), mark.size()));
        return ends;
    }
}
