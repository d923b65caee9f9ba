package dev.allclear.service;

import dev.allclear.check.Baseline;
import dev.allclear.codec.EventJson;
import dev.allclear.event.AllclearEvent;
import dev.allclear.event.BaselineCaptured;
import dev.allclear.event.BaselineStatus;
import dev.allclear.event.CheckCompleted;
import dev.allclear.model.CheckName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one check has said about runs of the last 24 hours, as far as Kafka knows it: baselines of runs it has not answered yet,
 * and which runs it has answered. Fed from the topics, so that it is the same after a restart and in every instance. Bounded:
 * beyond the limits the oldest is dropped, and a check without its baseline says so. For one thread.
 */
final class RunMemory {
    static final Duration RETENTION = Duration.ofHours(24);
    private static final int MOST_ANSWERED = 20_000;

    private record Kept(BaselineCaptured baseline, long bytes) {}

    private final CheckName check;
    private final long mostBytes;
    private final Map<RunKey, Kept> baselines = new LinkedHashMap<>();
    private final Map<RunKey, Instant> answered = new LinkedHashMap<>();
    private long bytes;

    RunMemory(CheckName check, long mostBytes) {
        this.check = check;
        this.mostBytes = mostBytes;
    }

    /** Takes in what the check itself has published; other events are ignored. */
    void accept(AllclearEvent event, Instant now) {
        if (event.time().isBefore(now.minus(RETENTION))) {
            return;
        }
        if (event instanceof BaselineCaptured baseline && baseline.check().equals(check)) {
            remember(baseline);
        } else if (event instanceof CheckCompleted result
                && result.report().check().equals(check)) {
            answered.put(RunKey.of(result), result.time());
            drop(RunKey.of(result));
        }
        prune(now);
    }

    boolean isAnswered(RunKey run) {
        return answered.containsKey(run);
    }

    /** What the check said about "before", whatever its status. */
    Optional<BaselineCaptured> find(RunKey run) {
        return Optional.ofNullable(baselines.get(run)).map(Kept::baseline);
    }

    /** What {@code before} returned; empty when it never ran or failed. */
    static Optional<Baseline> contentOf(BaselineCaptured captured) {
        return captured.status() == BaselineStatus.FAILED
                ? Optional.empty()
                : Optional.of(new Baseline(captured.content(), captured.databaseClock()));
    }

    /** Announced runs that have no answer yet. */
    List<BaselineCaptured> unanswered() {
        List<BaselineCaptured> out = new ArrayList<>();
        for (Kept kept : baselines.values()) {
            if (kept.baseline.started().isPresent()) {
                out.add(kept.baseline);
            }
        }
        return out;
    }

    void prune(Instant now) {
        Instant oldest = now.minus(RETENTION);
        baselines.values().removeIf(kept -> {
            boolean old = kept.baseline.time().isBefore(oldest);
            bytes -= old ? kept.bytes : 0;
            return old;
        });
        answered.values().removeIf(at -> at.isBefore(oldest));
        Iterator<Kept> eldest = baselines.values().iterator();
        while (bytes > mostBytes && eldest.hasNext()) {
            bytes -= eldest.next().bytes;
            eldest.remove();
        }
        Iterator<Instant> first = answered.values().iterator();
        while (answered.size() > MOST_ANSWERED) {
            first.next();
            first.remove();
        }
    }

    private void remember(BaselineCaptured baseline) {
        if (!answered.containsKey(RunKey.of(baseline))) {
            drop(RunKey.of(baseline));
            Kept kept = new Kept(baseline, EventJson.write(baseline).length);
            baselines.put(RunKey.of(baseline), kept);
            bytes += kept.bytes;
        }
    }

    private void drop(RunKey run) {
        Kept gone = baselines.remove(run);
        bytes -= gone == null ? 0 : gone.bytes;
    }
}
