package dev.allclear.lock;

import dev.allclear.model.Excerpt;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The timeline as JSON-compatible data: {@code window, samples, gaps, periodMillis, holds}, and {@code holdsCut} when it is not all. */
final class LockMeasurements {
    private static final int MOST = 200;

    private LockMeasurements() {}

    static Map<String, Object> of(LockTimeline timeline, Duration period) {
        Map<String, Object> out = new LinkedHashMap<>();
        timeline.from()
                .ifPresent(
                        from -> out.put("window", interval(from, timeline.to().orElse(from))));
        out.put("looks", timeline.looks());
        out.put("lockTableReads", timeline.reads());
        out.put(
                "gaps",
                timeline.gaps().stream()
                        .limit(MOST)
                        .map(gap -> interval(gap.from(), gap.to()))
                        .toList());
        out.put("periodMillis", period.toMillis());
        List<LockHold> holds = timeline.holds();
        out.put("holds", holds.stream().limit(MOST).map(LockMeasurements::hold).toList());
        if (holds.size() > MOST) {
            out.put("holdsCut", holds.size() - MOST);
        }
        return out;
    }

    private static Map<String, Object> interval(Instant from, Instant to) {
        return Map.of("from", from.toString(), "to", to.toString());
    }

    private static Map<String, Object> hold(LockHold hold) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("relation", hold.relation());
        out.put("mode", hold.mode().words());
        out.put("pid", hold.session().backend().pid());
        out.put("application", Excerpt.of(hold.session().application()));
        out.put("from", hold.from().toString());
        out.put("to", hold.to().toString());
        out.put("seconds", hold.length().toMillis() / 1000.0);
        out.put("waiters", hold.waiters());
        out.put("left", hold.open());
        return out;
    }
}
