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

    static Map<String, Object> of(
            LogWindow window, RecentErrors before, List<SourceScan> scans, List<Judgement> judgements) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("series", series(window, before, scans));
        window.started().ifPresent(started -> out.put("startedAt", started.toString()));
        out.put("completedAt", window.completed().toString());
        out.put("classes", classes(judgements));
        out.put("sources", scans.stream().map(LogMeasurements::source).toList());
        return out;
    }

    /**
     * In equal steps of whole seconds, from as long before the migration as it was watched afterwards, as far as that is known, to
     * the end of the watch; errors without a time are not in it.
     */
    private static List<Object> series(LogWindow window, RecentErrors before, List<SourceScan> scans) {
        Instant began = window.started().orElse(window.completed());
        long watched = Math.max(1, Duration.between(began, window.end()).toSeconds() + 1);
        long known = Math.min(before.perSecond().size(), window.before().toSeconds());
        long step = (watched + Math.min(known, watched) + BUCKETS - 1) / BUCKETS;
        long steps = Math.min(known, watched) / step;
        Instant from = began.minusSeconds(steps * step);
        long[] errors = new long[(int) (steps + (watched + step - 1) / step)];
        for (int ago = 0; ago < steps * step; ago++) {
            errors[(int) (steps - 1 - ago / step)] += before.perSecond().get(ago);
        }
        for (SourceScan scan : scans) {
            for (Sighting sighting : scan.sightings()) {
                sighting.time()
                        .map(time -> Math.floorDiv(Duration.between(from, time).toSeconds(), step))
                        .filter(bucket -> bucket >= steps && bucket < errors.length)
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
