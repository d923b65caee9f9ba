package dev.allclear.kafka;

import dev.allclear.config.KafkaConfig;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Consumes topics as a member of a group, one event at a time, committing each before the next: after a crash at most one event comes
 * again. One thread polls and never stops, however long an event takes. New groups begin with the earliest record there is.
 */
public final class TurnLoop {
    private static final Logger LOG = LoggerFactory.getLogger(TurnLoop.class);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

    private final KafkaConfig config;
    private final String group;
    private final Set<Topic> topics;
    private final TurnHandler handler;
    private final Clock clock;
    private final LoopMeters meters;
    private final Thread thread;
    private final AtomicBoolean started = new AtomicBoolean();
    private final Promise<Void> closed = Promise.promise();
    private volatile Optional<Long> endNanos = Optional.empty();

    /**
     * A loop that is not started yet.
     *
     * @param group without the topic prefix, which is put before it
     */
    public TurnLoop(
            KafkaConfig config,
            String group,
            Set<Topic> topics,
            TurnHandler handler,
            Clock clock,
            io.micrometer.core.instrument.MeterRegistry meters) {
        this.config = config;
        this.group = config.topicPrefix() + group;
        this.topics = Set.copyOf(topics);
        this.handler = handler;
        this.clock = clock;
        this.meters = new LoopMeters(meters);
        this.thread = new Thread(this::run, "allclear-turns-" + group);
        thread.setDaemon(true);
    }

    /** Begins to consume; once. */
    public void start() {
        if (!started.compareAndSet(false, true)) {
            throw new IllegalStateException("the loop of " + group + " was started before");
        }
        thread.start();
    }

    /** Takes nothing more, hurries what is under way, commits and leaves the group. */
    public Future<Void> close() {
        return closeWhenDone(Duration.ZERO);
    }

    /** As {@link #close}, but first deals with everything that is there by then, for as long as {@code patience} lasts. */
    public Future<Void> closeWhenDone(Duration patience) {
        endNanos = Optional.of(System.nanoTime() + patience.toNanos());
        if (started.compareAndSet(false, true)) {
            closed.tryComplete();
        }
        return closed.future();
    }

    private void run() {
        try {
            String lastFailure = "";
            while (!isTimeUp()) {
                try (Turns turns = new Turns(config, group, topics, handler, clock, meters)) {
                    boolean over = false;
                    while (!over) {
                        turns.turn();
                        lastFailure = "";
                        over = isTimeUp() || (endNanos.isPresent() && turns.isCaughtUp());
                    }
                    turns.finish();
                    return;
                } catch (RuntimeException failure) {
                    String reason = KafkaFailure.reasonOf(failure);
                    if (!reason.equals(lastFailure)) {
                        LOG.error("consuming {} as {} fails and is tried again: {}", topics, group, reason, failure);
                        lastFailure = reason;
                    }
                    pause();
                }
            }
        } catch (InterruptedException interrupted) {
            LOG.warn("the loop of {} was interrupted and ends", group);
        } finally {
            closed.tryComplete();
        }
    }

    private boolean isTimeUp() {
        return endNanos.filter(end -> System.nanoTime() - end >= 0).isPresent();
    }

    private void pause() throws InterruptedException {
        long until = System.nanoTime() + PAUSE_AFTER_FAILURE.toNanos();
        while (System.nanoTime() - until < 0 && !isTimeUp()) {
            java.util.concurrent.TimeUnit.MILLISECONDS.sleep(20);
        }
    }
}
