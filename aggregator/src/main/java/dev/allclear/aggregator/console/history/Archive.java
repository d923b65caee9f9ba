package dev.allclear.aggregator.console.history;

import dev.allclear.config.KafkaConfig;
import dev.allclear.kafka.EventTail;
import dev.allclear.kafka.Topic;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Whole runs: from the history, or read again from the topics where the history has let them go. A few of these are remembered, and only
 * a few are read at a time. Thread-safe.
 */
public final class Archive {
    private static final Duration MARGIN = Duration.ofSeconds(1);
    private static final Duration LONGEST_READING = Duration.ofSeconds(30);
    private static final int MOST_READINGS = 4;
    private static final int MOST_REMEMBERED = 16;

    private final RunHistory history;
    private final KafkaConfig kafka;
    private final Vertx vertx;
    private final AtomicInteger readings = new AtomicInteger();
    private final Map<RunKey, RunDetail> remembered = new LinkedHashMap<>(MOST_REMEMBERED, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<RunKey, RunDetail> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };

    public Archive(RunHistory history, KafkaConfig kafka, Vertx vertx) {
        this.history = history;
        this.kafka = kafka;
        this.vertx = vertx;
    }

    /** The run as it can still be told: without its whole events when the topics do not have them any more. */
    public Future<RunDetail> whole(RunSummary summary) {
        Optional<RunDetail> known = history.detail(summary.key()).or(() -> recall(summary));
        return known.map(Future::succeededFuture).orElseGet(() -> read(summary));
    }

    private Optional<RunDetail> recall(RunSummary summary) {
        synchronized (remembered) {
            return Optional.ofNullable(remembered.get(summary.key()))
                    .filter(detail -> detail.summary().decided().equals(summary.decided()));
        }
    }

    private Future<RunDetail> read(RunSummary summary) {
        Optional<Refill> refill = history.refill(summary.key());
        if (refill.isEmpty()) {
            return Future.failedFuture(new Busy("the run has just left the history"));
        }
        if (readings.incrementAndGet() > MOST_READINGS) {
            readings.decrementAndGet();
            return Future.failedFuture(new Busy("other old runs are being read from the topics: try again"));
        }
        return read(summary, refill.get()).onComplete(ended -> readings.decrementAndGet());
    }

    private Future<RunDetail> read(RunSummary summary, Refill refill) {
        Promise<Void> complete = Promise.promise();
        EventTail tail = EventTail.from(
                summary.position().at().minus(MARGIN),
                kafka,
                EnumSet.of(Topic.MIGRATIONS, Topic.RESULTS, Topic.VERDICTS),
                received -> {
                    if (refill.accept(received)) {
                        complete.tryComplete();
                    }
                });
        tail.caughtUp().onComplete(end -> complete.tryComplete());
        long timer = vertx.setTimer(LONGEST_READING.toMillis(), late -> complete.tryComplete());
        return complete.future().eventually(tail::close).map(ended -> {
            vertx.cancelTimer(timer);
            RunDetail detail = RunDetail.of(summary, refill.events());
            if (refill.isComplete()) {
                synchronized (remembered) {
                    remembered.put(summary.key(), detail);
                }
            }
            return detail;
        });
    }

    /** Too much at once; the same question may be answered a little later. */
    public static final class Busy extends RuntimeException {
        private static final long serialVersionUID = 1;

        Busy(String message) {
            super(message, null, false, false);
        }
    }
}
