package dev.allclear.log;

import dev.allclear.event.MigrationCompleted;
import dev.allclear.model.CheckName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the logs were before a migration: how far each file reached and how often each error occurred. Its content is small however
 * large the logs: rates are kept for at most {@value #MOST_RATES} errors.
 *
 * @param started by the publisher's clock
 * @param measured by the scanner's
 * @param covered how much of the time before was read
 * @param marks by source; a source that could not be read has none
 */
record LogBaseline(
        Instant started,
        Instant measured,
        Duration covered,
        Map<String, List<FileMark>> marks,
        List<Rate> rates,
        RecentErrors recent) {
    private static final int MOST_RATES = 500;

    /** How often an error occurred in the time covered. */
    record Rate(DatabaseError error, long count) {}

    LogBaseline {
        marks = Map.copyOf(marks);
        rates = rates.stream().limit(MOST_RATES).toList();
    }

    /** A moment of the publisher's clock by the scanner's, at the latest: how late the announcement was read may be part of it. */
    Instant byOurClock(Instant told) {
        Duration behind = Duration.between(started, measured);
        return behind.isNegative() ? told : told.plus(behind);
    }

    /** As {@link dev.allclear.check.Baseline#whyTooLate}; what is before the start is known even so, by the times of the lines. */
    Optional<String> whyTooLate(MigrationCompleted completed) {
        boolean isAwaited = completed
                .awaitedBaselines()
                .filter(checks -> checks.contains(CheckName.LOGS))
                .isPresent();
        return isAwaited || !measured.isAfter(completed.completedAt())
                ? Optional.empty()
                : Optional.of("where the logs stood was noted at " + measured
                        + ", after the migration had completed at " + completed.completedAt());
    }

    /** To be read by the times of the lines alone. */
    LogBaseline withoutMarks() {
        return new LogBaseline(started, measured, covered, Map.of(), rates, recent);
    }

    Map<String, Object> content() {
        Map<String, Object> sources = new LinkedHashMap<>();
        marks.forEach((source, files) -> sources.put(
                source,
                files.stream()
                        .map(file -> Map.<String, Object>of(
                                "file", file.file(),
                                "key", file.key(),
                                "size", file.size(),
                                "print", file.print(),
                                "busy", file.isBusy()))
                        .toList()));
        List<Object> errors = new ArrayList<>();
        for (Rate rate : rates) {
            errors.add(Map.of(
                    "kind", rate.error().kind().name(),
                    "object", rate.error().object(),
                    "message", rate.error().message(),
                    "count", rate.count()));
        }
        return Map.of(
                "started",
                started.toString(),
                "measured",
                measured.toString(),
                "coveredMillis",
                covered.toMillis(),
                "sources",
                sources,
                "errors",
                errors,
                "recent",
                recent.perSecond());
    }

    /** Reads {@link #content()}, in which numbers may have changed their type on the way; throws on anything else. */
    static LogBaseline of(Map<String, Object> content) {
        Map<String, List<FileMark>> marks = new LinkedHashMap<>();
        map(content.get("sources")).forEach((source, files) -> marks.put(String.valueOf(source), files(files)));
        List<Rate> rates = new ArrayList<>();
        for (Object item : list(content.get("errors"))) {
            Map<?, ?> error = map(item);
            rates.add(new Rate(
                    new DatabaseError(
                            ErrorKind.valueOf(text(error, "kind")),
                            Optional.empty(),
                            text(error, "object"),
                            text(error, "message")),
                    number(error.get("count"))));
        }
        return new LogBaseline(
                Instant.parse(text(content, "started")),
                Instant.parse(text(content, content.containsKey("measured") ? "measured" : "started")),
                Duration.ofMillis(number(content.get("coveredMillis"))),
                marks,
                rates,
                new RecentErrors(list(content.get("recent")).stream()
                        .map(LogBaseline::number)
                        .toList()));
    }

    private static List<FileMark> files(@org.jspecify.annotations.Nullable Object files) {
        List<FileMark> marks = new ArrayList<>();
        for (Object item : list(files)) {
            Map<?, ?> file = map(item);
            marks.add(new FileMark(
                    text(file, "file"),
                    text(file, "key"),
                    number(file.get("size")),
                    file.get("print") instanceof Number print ? print.longValue() : 0,
                    Boolean.TRUE.equals(file.get("busy"))));
        }
        return List.copyOf(marks);
    }

    private static String text(Map<?, ?> map, String key) {
        return String.valueOf(map.get(key));
    }

    private static long number(@org.jspecify.annotations.Nullable Object value) {
        if (value instanceof Number number) {
            return number.longValue();
        }
        throw new IllegalArgumentException("a baseline of logs with " + value + " in place of a number");
    }

    private static Map<?, ?> map(@org.jspecify.annotations.Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    private static List<?> list(@org.jspecify.annotations.Nullable Object value) {
        return value instanceof List<?> list ? list : List.of();
    }
}
