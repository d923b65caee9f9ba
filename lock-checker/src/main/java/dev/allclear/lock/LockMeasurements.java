package dev.allclear.lock;

import dev.allclear.model.Excerpt;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The timeline as JSON-compatible data: {@code window, completion, looks, lockTableReads, periodMillis, lockTablePeriodMillis, gaps,
 * holds, waits}, and {@code holdsCut} or {@code waitsCut} when it is not all: the longest are kept, so its size is bounded however
 * long the run.
 */
final class LockMeasurements {
    private static final int MOST = 200;
    private static final int MOST_BLOCKERS = 10;

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
        out.put("lockTablePeriodMillis", timeline.readPeriod().toMillis());
        timeline.completion().ifPresent(at -> out.put("completion", at.toString()));
        List<LockHold> holds = timeline.holds();
        out.put("holds", holds.stream().limit(MOST).map(LockMeasurements::hold).toList());
        if (holds.size() > MOST) {
            out.put("holdsCut", holds.size() - MOST);
        }
        List<LockWait> waits = timeline.waits();
        out.put("waits", waits.stream().limit(MOST).map(LockMeasurements::wait).toList());
        if (waits.size() > MOST) {
            out.put("waitsCut", waits.size() - MOST);
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
        out.put("errorSeconds", hold.error().toMillis() / 1000.0);
        out.put("waiters", hold.waiters());
        out.put("left", hold.open());
        return out;
    }

    private static Map<String, Object> wait(LockWait wait) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("relation", wait.relation().orElse(""));
        out.put("pid", wait.waiter().backend().pid());
        out.put("application", Excerpt.of(wait.waiter().application()));
        out.put("from", wait.from().toString());
        out.put("to", wait.to().toString());
        out.put("seconds", wait.length().toMillis() / 1000.0);
        out.put(
                "behind",
                wait.blockers().stream()
                        .map(blocker -> blocker.backend().pid())
                        .sorted()
                        .limit(MOST_BLOCKERS)
                        .toList());
        return out;
    }
}
