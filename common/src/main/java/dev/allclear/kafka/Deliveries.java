package dev.allclear.kafka;

import io.vertx.core.Context;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands events to the handler on its Vert.x context and brings the outcomes back to the polling thread, which alone touches lanes.
 * What fails is handed over again after a pause, and in the end counted and let go: one event never ends consumption.
 */
final class Deliveries {
    private static final Logger LOG = LoggerFactory.getLogger(ConsumerLoop.class);

    private final EventHandler handler;
    private final Context context;
    private final LoopLimits limits;
    private final LoopMeters meters;
    private final BlockingQueue<Outcome> outcomes = new LinkedBlockingQueue<>();
    private final PriorityQueue<Retry> retries = new PriorityQueue<>(Comparator.comparingLong(Retry::dueNanos));

    Deliveries(EventHandler handler, Context context, LoopLimits limits, LoopMeters meters) {
        this.handler = handler;
        this.context = context;
        this.limits = limits;
        this.meters = meters;
    }

    void deliver(Lane lane, ReceivedEvent event) {
        attempt(lane, event, 1);
    }

    /** Waits at most this long for one outcome, then takes all there are and begins the retries that are due. */
    void settle(Duration wait) throws InterruptedException {
        Outcome outcome = wait.isZero() ? outcomes.poll() : outcomes.poll(wait.toNanos(), TimeUnit.NANOSECONDS);
        while (outcome != null) {
            take(outcome);
            outcome = outcomes.poll();
        }
        long now = System.nanoTime();
        for (Retry retry = retries.peek(); retry != null && retry.dueNanos() - now <= 0; retry = retries.peek()) {
            retries.remove();
            if (!retry.lane().isClosed()) {
                attempt(retry.lane(), retry.event(), retry.attempt());
            }
        }
    }

    private void attempt(Lane lane, ReceivedEvent event, int attempt) {
        context.runOnContext(ignored -> handle(event)
                .onComplete(result ->
                        outcomes.add(new Outcome(lane, event, attempt, result.failed() ? result.cause() : null))));
    }

    private Future<Void> handle(ReceivedEvent event) {
        try {
            return handler.handle(event);
        } catch (Exception | StackOverflowError failure) {
            return Future.failedFuture(failure);
        }
    }

    private void take(Outcome outcome) {
        ReceivedEvent event = outcome.event();
        Throwable failure = outcome.failure();
        if (failure == null) {
            outcome.lane().finish(event.offset());
        } else if (outcome.attempt() < limits.attempts()) {
            long due = System.nanoTime() + limits.pauseAfter(outcome.attempt()).toNanos();
            retries.add(new Retry(outcome.lane(), event, outcome.attempt() + 1, due));
        } else {
            meters.failed(event.partition().topic());
            LOG.error(
                    "run {}: {} at {}@{} was given up after {} attempts",
                    event.event().run(),
                    event.event().type().wireName(),
                    event.partition(),
                    event.offset(),
                    outcome.attempt(),
                    failure);
            outcome.lane().finish(event.offset());
        }
    }

    private record Outcome(
            Lane lane,
            ReceivedEvent event,
            int attempt,
            @Nullable Throwable failure) {}

    private record Retry(Lane lane, ReceivedEvent event, int attempt, long dueNanos) {}
}
