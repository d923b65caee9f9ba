package dev.allclear.kafka;

import dev.allclear.config.KafkaConfig;
import dev.allclear.event.AllclearEvent;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Publishes events, each acknowledged by all replicas or failed within a limit. The producer is idempotent and keyed by database,
 * so the events of one database keep their order. Callers are never blocked: Kafka's {@code send} may wait for metadata, therefore
 * it runs in a thread of its own. Futures complete on the caller's Vert.x context where there is one.
 */
public final class EventPublisher implements AutoCloseable {
    private static final int LONGEST_QUEUE = 10_000;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);

    private final KafkaConfig config;
    private final String source;
    private final KafkaProducer<byte[], byte[]> producer;
    private final ThreadPoolExecutor sender;

    /** @param source who publishes, such as {@code lock-checker}: the CloudEvents source */
    public EventPublisher(KafkaConfig config, String source) {
        this.config = config;
        this.source = source;
        this.producer = new KafkaProducer<>(
                ClientSettings.producer(config), new ByteArraySerializer(), new ByteArraySerializer());
        this.sender =
                new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(LONGEST_QUEUE), task -> {
                    Thread thread = new Thread(task, "allclear-publisher");
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /** Completes when the broker has the event; fails with a {@link KafkaFailure} when it has not acknowledged in time. */
    public Future<Void> publish(AllclearEvent event) {
        ProducerRecord<byte[], byte[]> record = EventRecords.toRecord(config.topicPrefix(), event, source);
        String what = event.type().wireName() + " of run " + event.run();
        Promise<Void> promise = Promise.promise();
        Context context = Vertx.currentContext();
        long asked = System.nanoTime();
        try {
            sender.execute(() -> send(record, asked, failure -> settle(promise, context, record, what, failure)));
        } catch (RejectedExecutionException full) {
            settle(promise, context, record, what, full);
        }
        return promise.future();
    }

    /** Waits until what was published is acknowledged, at most ten seconds. */
    @Override
    public void close() {
        sender.shutdown();
        try {
            if (!sender.awaitTermination(CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                sender.shutdownNow();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        producer.close(CLOSE_LIMIT);
    }

    private void send(ProducerRecord<byte[], byte[]> record, long asked, Outcome outcome) {
        if (System.nanoTime() - asked > LONGEST_WAIT.toNanos()) {
            outcome.accept(
                    new IllegalStateException("it waited more than " + LONGEST_WAIT.toSeconds() + " s to be sent"));
            return;
        }
        try {
            var unused = producer.send(record, (metadata, failure) -> outcome.accept(failure));
        } catch (RuntimeException failure) {
            outcome.accept(failure);
        }
    }

    private void settle(
            Promise<Void> promise,
            @Nullable Context context,
            ProducerRecord<byte[], byte[]> record,
            String what,
            @Nullable Throwable failure) {
        Runnable settle = () -> {
            if (failure == null) {
                promise.tryComplete();
            } else {
                promise.tryFail(KafkaFailure.of(config, "did not take " + what + " for " + record.topic(), failure));
            }
        };
        if (context == null) {
            settle.run();
        } else {
            context.runOnContext(ignored -> settle.run());
        }
    }

    private interface Outcome {
        void accept(@Nullable Throwable failure);
    }
}
