package dev.allclear.kafka;

import dev.allclear.config.KafkaConfig;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads topics without a group: everything that is there and everything that follows, committed transactions only. The listener is
 * called in the tail's own thread, a partition's events in order; it may block. Events are not lost while the broker is away.
 * Partitions added later are not seen. Promises complete in the tail's thread: hop to a context before doing more.
 */
public final class EventTail {
    private static final Logger LOG = LoggerFactory.getLogger(EventTail.class);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

    private final KafkaConfig config;
    private final Map<String, Topic> topics = new HashMap<>();
    private final Optional<Instant> from;
    private final Consumer<ReceivedEvent> listener;
    private final Queue<Promise<Void>> asked = new ConcurrentLinkedQueue<>();
    private final List<Goal> goals = new ArrayList<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Promise<Void> closed = Promise.promise();

    private EventTail(KafkaConfig config, Set<Topic> topics, Optional<Instant> from, Consumer<ReceivedEvent> listener) {
        this.config = config;
        topics.forEach(topic -> this.topics.put(topic.nameWith(config.topicPrefix()), topic));
        this.from = from;
        this.listener = listener;
    }

    /** Begins to read, from the first record there is. */
    public static EventTail fromBeginning(KafkaConfig config, Set<Topic> topics, Consumer<ReceivedEvent> listener) {
        return begin(new EventTail(config, topics, Optional.empty(), listener));
    }

    /** Begins to read what was published at {@code from} or later, by the publishers' clocks: leave a margin. */
    public static EventTail from(
            Instant from, KafkaConfig config, Set<Topic> topics, Consumer<ReceivedEvent> listener) {
        return begin(new EventTail(config, topics, Optional.of(from), listener));
    }

    private static EventTail begin(EventTail tail) {
        Thread thread = new Thread(tail::run, "allclear-tail");
        thread.setDaemon(true);
        thread.start();
        return tail;
    }

    /**
     * Completes when the listener has had everything that was there when this was called; fails when the tail is closed before. An
     * open transaction holds it up until it ends.
     */
    public Future<Void> caughtUp() {
        Promise<Void> promise = Promise.promise();
        asked.add(promise);
        if (closed.future().isComplete()) {
            failAll();
        }
        return promise.future();
    }

    /** Stops reading; completes when the listener will not be called any more. */
    public Future<Void> close() {
        closing.countDown();
        return closed.future();
    }

    private void run() {
        Map<TopicPartition, Long> positions = new HashMap<>();
        try {
            while (closing.getCount() > 0) {
                try (TailReader reader = new TailReader(config, topics, from, positions, listener)) {
                    while (closing.getCount() > 0) {
                        reader.turn();
                        answer(reader);
                    }
                } catch (RuntimeException failure) {
                    String why = KafkaFailure.reasonOf(failure);
                    LOG.warn("cannot read {} of {}, trying again: {}", topics.keySet(), config, why);
                    closing.await(PAUSE_AFTER_FAILURE.toMillis(), TimeUnit.MILLISECONDS);
                }
            }
        } catch (InterruptedException interrupted) {
            LOG.warn("reading {} was interrupted and ends", topics.keySet());
        } finally {
            closed.tryComplete();
            failAll();
        }
    }

    private void answer(TailReader reader) {
        for (Promise<Void> promise = asked.peek(); promise != null; promise = asked.peek()) {
            goals.add(new Goal(reader.ends(), promise));
            asked.remove();
        }
        goals.removeIf(goal -> reader.hasReached(goal.ends()) && goal.promise().tryComplete());
    }

    private void failAll() {
        for (Promise<Void> promise = asked.poll(); promise != null; promise = asked.poll()) {
            promise.tryFail(KafkaFailure.of(config, "was not read to the end: reading was stopped", null));
        }
        goals.forEach(goal ->
                goal.promise().tryFail(KafkaFailure.of(config, "was not read to the end: reading was stopped", null)));
    }

    private record Goal(Map<TopicPartition, Long> ends, Promise<Void> promise) {}
}
