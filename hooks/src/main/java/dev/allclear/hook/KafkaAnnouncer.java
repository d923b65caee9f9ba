package dev.allclear.hook;

import dev.allclear.config.KafkaConfig;
import dev.allclear.event.AllclearEvent;
import dev.allclear.event.BaselineCaptured;
import dev.allclear.event.BaselineStatus;
import dev.allclear.event.MigrationCompleted;
import dev.allclear.event.MigrationStarted;
import dev.allclear.hook.config.HookSettings;
import dev.allclear.kafka.EventPublisher;
import dev.allclear.kafka.EventTail;
import dev.allclear.kafka.Topic;
import dev.allclear.model.CheckName;
import dev.allclear.model.Durations;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Over Kafka, as {@code allclear run} does: it listens before it publishes, so that no answer is missed. */
final class KafkaAnnouncer implements Announcer {
    /** Publishers' clocks differ: read a little of what came before. */
    private static final Duration CLOCK_MARGIN = Duration.ofMinutes(5);

    private final KafkaConfig kafka;
    private final Duration wait;
    private final Duration contact;
    private final Set<CheckName> awaited;
    private final EventPublisher publisher;
    private final Map<CheckName, BaselineStatus> answers = new TreeMap<>();

    KafkaAnnouncer(KafkaConfig kafka, String source, HookSettings settings) {
        this.kafka = kafka;
        this.wait = settings.baselineWait();
        this.contact = settings.contactWait();
        this.awaited = settings.checks();
        this.publisher = new EventPublisher(kafka, source);
    }

    @Override
    public Waited started(MigrationStarted event) throws Unreachable {
        EventTail tail = EventTail.from(
                event.startedAt().minus(CLOCK_MARGIN),
                kafka,
                Set.of(Topic.BASELINES),
                received -> heard(received.event(), event));
        try {
            await(tail.caughtUp());
            publish(event);
            return waited();
        } finally {
            tail.close();
        }
    }

    @Override
    public void completed(MigrationCompleted event) throws Unreachable {
        publish(event);
    }

    private synchronized void heard(AllclearEvent event, MigrationStarted own) {
        if (event instanceof BaselineCaptured baseline
                && baseline.run().equals(own.run())
                && baseline.database().equals(own.database())) {
            answers.put(baseline.check(), baseline.status());
            notifyAll();
        }
    }

    private synchronized Waited waited() throws Unreachable {
        long end = System.nanoTime() + wait.toNanos();
        try {
            while (!answers.keySet().containsAll(awaited) && System.nanoTime() < end) {
                wait(Math.max(1, (end - System.nanoTime()) / 1_000_000));
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new Unreachable("interrupted");
        }
        Set<CheckName> captured = new TreeSet<>(answers.keySet());
        captured.removeIf(check -> answers.get(check) == BaselineStatus.FAILED);
        Set<CheckName> missing = new TreeSet<>(awaited);
        missing.removeAll(captured);
        return new Waited(captured, missing);
    }

    private void publish(AllclearEvent event) throws Unreachable {
        await(publisher.publish(event));
    }

    private void await(Future<Void> future) throws Unreachable {
        try {
            future.toCompletionStage().toCompletableFuture().get(contact.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            throw new Unreachable(kafka + " did not answer in " + Durations.format(contact));
        } catch (ExecutionException failed) {
            Throwable cause = failed.getCause() == null ? failed : failed.getCause();
            throw new Unreachable(String.valueOf(cause.getMessage()));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new Unreachable("interrupted");
        }
    }

    /** Everything that mattered was acknowledged or given up; a broker that is away must not hold up the migration's end. */
    @Override
    public void close() {
        Thread closer = new Thread(publisher::close, "allclear-hook-close");
        closer.setDaemon(true);
        closer.start();
    }
}
