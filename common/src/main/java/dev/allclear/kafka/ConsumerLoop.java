package dev.allclear.kafka;

import dev.allclear.config.KafkaConfig;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Consumes topics as a member of a group. One thread polls and never stops: slow handlers pause the intake of their partition, not
 * the poll, so no long check causes a rebalance. Events finish out of order; offsets are committed up to the oldest unfinished
 * one. Records that are no events, strays and events whose handler fails every time are counted and skipped. New groups begin with
 * the earliest record there is.
 */
public final class ConsumerLoop {
    private static final Logger LOG = LoggerFactory.getLogger(ConsumerLoop.class);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(15);

    private final KafkaConfig config;
    private final String group;
    private final Set<Topic> topics;
    private final LoopLimits limits;
    private final LoopMeters meters;
    private final MeterRegistry registry;
    private final EventHandler handler;
    private final Context context;
    private final Thread thread;
    private final Contact contact = new Contact();
    private final AtomicBoolean closing = new AtomicBoolean();
    private final AtomicBoolean started = new AtomicBoolean();
    private final Promise<Void> closed = Promise.promise();

    /** A loop with the usual limits. */
    public ConsumerLoop(
            KafkaConfig config,
            String group,
            Set<Topic> topics,
            EventHandler handler,
            Vertx vertx,
            MeterRegistry meters) {
        this(config, group, topics, handler, vertx, meters, LoopLimits.DEFAULT);
    }

    /**
     * A loop with limits of its own.
     *
     * @param group without the topic prefix, which is put before it: equal prefixes share a group, different ones never
     */
    public ConsumerLoop(
            KafkaConfig config,
            String group,
            Set<Topic> topics,
            EventHandler handler,
            Vertx vertx,
            MeterRegistry meters,
            LoopLimits limits) {
        this.config = config;
        this.group = config.topicPrefix() + group;
        this.topics = Set.copyOf(topics);
        this.limits = limits;
        this.registry = meters;
        this.meters = new LoopMeters(meters);
        this.handler = handler;
        this.context = vertx.getOrCreateContext();
        this.thread = new Thread(this::run, "allclear-consumer-" + group);
        thread.setDaemon(true);
    }

    /** Begins to consume; once. */
    public void start() {
        if (!started.compareAndSet(false, true)) {
            throw new IllegalStateException("the consumer loop of " + group + " was started before");
        }
        thread.start();
    }

    /** Takes nothing more, waits for what is in flight (with a limit), commits and leaves the group. May be called again. */
    public Future<Void> close() {
        closing.set(true);
        if (started.compareAndSet(false, true)) {
            closed.tryComplete();
        }
        return closed.future();
    }

    /** Whether the loop runs and the broker was heard within the last 15 seconds. */
    public boolean isHealthy() {
        return thread.isAlive() && sinceContact().compareTo(LONGEST_SILENCE) < 0;
    }

    /** How long ago bytes last came from the broker; very long before the first. */
    public Duration sinceContact() {
        return contact.ago();
    }

    private void run() {
        try {
            while (!closing.get()) {
                pollUntilClosedOrBroken();
            }
        } catch (InterruptedException interrupted) {
            LOG.warn("the consumer loop of {} was interrupted and ends", group);
        } finally {
            context.runOnContext(ignored -> closed.tryComplete());
        }
    }

    /** A consumer that cannot be made (its host name does not resolve yet) or that is beyond use is made anew after a pause. */
    private void pollUntilClosedOrBroken() throws InterruptedException {
        Deliveries deliveries = new Deliveries(handler, context, limits, meters);
        try (Intake intake =
                new Intake(config, group, topics, deliveries, limits, meters, registry, contact, notices())) {
            String lastFailure = "";
            while (!closing.get()) {
                try {
                    intake.turn();
                    lastFailure = "";
                } catch (RuntimeException failure) {
                    String reason = KafkaFailure.reasonOf(failure);
                    if (!reason.equals(lastFailure)) {
                        LOG.error("consuming {} as {} fails and is tried again: {}", topics, group, reason, failure);
                        lastFailure = reason;
                    }
                    deliveries.settle(PAUSE_AFTER_FAILURE);
                }
            }
            intake.drain();
        } catch (RuntimeException failure) {
            LOG.error("cannot consume as {}, trying again: {}", group, KafkaFailure.reasonOf(failure));
            deliveries.settle(PAUSE_AFTER_FAILURE);
        }
    }

    private Intake.Notices notices() {
        return new Intake.Notices() {
            @Override
            public void assigned(Set<Partition> partitions) {
                context.runOnContext(ignored -> handler.assigned(partitions));
            }

            @Override
            public void lost(Set<Partition> partitions) {
                context.runOnContext(ignored -> handler.lost(partitions));
            }
        };
    }
}
