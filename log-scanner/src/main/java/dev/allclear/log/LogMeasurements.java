package dev.allclear.log;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The data behind the answer: errors over time, counts by class, what each source showed. */
final class LogMeasurements {
    private static final int BUCKETS = 60;
    private static final int MOST_CLASSES = 100;

    private LogMeasurements() {}

    static Map<String, Object> of(LogWindow window, List<SourceScan> scans, List<Judgement> judgements) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("series", series(window, scans));
        window.started().ifPresent(started -> out.put("startedAt", started.toString()));
        out.put("completedAt", window.completed().toString());
        out.put("classes", classes(judgements));
        out.put("sources", scans.stream().map(LogMeasurements::source).toList());
        return out;
    }

    /** From the migration's start to the end of the watch, in equal steps of whole seconds; errors without a time are not in it. */
    private static List<Object> series(LogWindow window, List<SourceScan> scans) {
        Instant from = window.started().orElse(window.completed());
        long span = Math.max(1, Duration.between(from, window.end()).toSeconds() + 1);
        long step = (span + BUCKETS - 1) / BUCKETS;
        long[] errors = new long[(int) ((span + step - 1) / step)];
        for (SourceScan scan : scans) {
            for (Sighting sighting : scan.sightings()) {
                sighting.time()
                        .map(time -> Math.floorDiv(Duration.between(from, time).toSeconds(), step))
                        .filter(bucket -> bucket >= 0 && bucket < errors.length)
                        .ifPresent(bucket -> errors[bucket.intValue()]++);
            }
        }
        List<Object> series = new ArrayList<>();
        for (int i = 0; i < errors.length; i++) {
            series.add(Map.of("time", from.plusSeconds(i * step).toString(), "errors", errors[i]));
        }
        return series;
    }

    private static List<Object> classes(List<Judgement> judgements) {
        Map<List<String>, long[]> counts = new LinkedHashMap<>();
        for (Judgement judgement : judgements) {
            long[] sum = counts.computeIfAbsent(List.of(judgement.code(), judgement.object()), key -> new long[2]);
            sum[0] += judgement.before();
            sum[1] += judgement.after();
        }
        List<Object> classes = new ArrayList<>();
        counts.forEach((key, sum) -> {
            if (classes.size() < MOST_CLASSES) {
                classes.add(
                        Map.of("code", "logs." + key.get(0), "subject", key.get(1), "before", sum[0], "after", sum[1]));
            }
        });
        return classes;
    }

    private static Object source(SourceScan scan) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("source", scan.source());
        out.put("lines", scan.lines());
        scan.newest().ifPresent(newest -> out.put("newest", newest.toString()));
        return out;
    }
}
