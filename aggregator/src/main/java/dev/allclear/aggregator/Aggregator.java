package dev.allclear.aggregator;

import dev.allclear.aggregator.policy.Policies;
import dev.allclear.aggregator.stream.AggregatorTopology;
import dev.allclear.aggregator.stream.LastResort;
import dev.allclear.aggregator.stream.Setting;
import dev.allclear.aggregator.stream.StreamsSettings;
import dev.allclear.config.AllclearConfig;
import dev.allclear.config.KafkaConfig;
import dev.allclear.kafka.GroupProgress;
import dev.allclear.kafka.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;

/**
 * The aggregator as a running thing: hears {@code migrations} and {@code results}, says {@code verdicts} and {@code alerts}. Several
 * instances share the partitions.
 */
public final class Aggregator {
    private static final Duration LONGEST_WAIT_FOR_BROKER = Duration.ofSeconds(60);
    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(20);

    private final KafkaStreams streams;
    private final Future<Void> running;
    private final Future<Void> ended;

    private Aggregator(KafkaStreams streams, Future<Void> running, Future<Void> ended) {
        this.streams = streams;
        this.running = running;
        this.ended = ended;
    }

    /**
     * Sees to the topics and starts; does not wait until it listens, see {@link #running()}. Throws {@link
     * dev.allclear.config.InvalidConfiguration} for a wrong policy or when the topics are not as they must be.
     *
     * @param stateDirectory for the lock file of Kafka Streams; state itself is in memory and on the broker
     */
    public static Aggregator start(
            AllclearConfig config, KafkaConfig kafka, Clock clock, MeterRegistry meters, Path stateDirectory) {
        Policies policies = Policies.read(config);
        config.mistakes().throwIfAny();
        int partitions = Topics.ensure(kafka, LONGEST_WAIT_FOR_BROKER);
        GroupProgress progress =
                new GroupProgress(kafka, StreamsSettings.group(kafka), AggregatorTopology.sources(kafka.topicPrefix()));
        Setting setting = new Setting(policies, clock, meters, kafka.topicPrefix(), partitions, progress::of);
        KafkaStreams streams =
                new KafkaStreams(AggregatorTopology.of(setting), StreamsSettings.of(kafka, stateDirectory));
        Promise<Void> running = Promise.promise();
        Promise<Void> ended = Promise.promise();
        streams.setUncaughtExceptionHandler(new LastResort(clock));
        streams.setStateListener((now, before) -> {
            if (now.hasCompletedShutdown()) {
                progress.close();
            }
            if (now == KafkaStreams.State.RUNNING) {
                running.tryComplete();
            } else if (now == KafkaStreams.State.ERROR) {
                running.tryFail("the aggregator failed; its log says why");
                ended.tryFail("the aggregator failed; its log says why");
            } else if (now == KafkaStreams.State.NOT_RUNNING) {
                running.tryFail("the aggregator was closed");
                ended.tryComplete();
            }
        });
        streams.start();
        return new Aggregator(streams, running.future(), ended.future());
    }

    /** Completes when it first listens; fails when it ended before. */
    public Future<Void> running() {
        return running;
    }

    /** Completes when it was closed; fails when it died. */
    public Future<Void> ended() {
        return ended;
    }

    /** Whether it is listening, or about to: not while it is dead or closing. */
    public boolean isAlive() {
        return streams.state().isRunningOrRebalancing() || streams.state() == KafkaStreams.State.CREATED;
    }

    /** Whether it listens to its partitions, or has none because others do. */
    public boolean isReady() {
        return streams.state() == KafkaStreams.State.RUNNING;
    }

    /** Ends; what was taken in is committed first. The group is left, so that a next instance need not wait for it. Never blocks. */
    public Future<Void> close() {
        Promise<Void> closed = Promise.promise();
        Thread closer = new Thread(
                () -> {
                    boolean inTime = streams.close(
                            CloseOptions.groupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP)
                                    .withTimeout(LONGEST_CLOSE));
                    if (inTime) {
                        closed.complete();
                    } else {
                        closed.fail("the aggregator did not end within " + LONGEST_CLOSE.toSeconds() + " s");
                    }
                },
                "aggregator-close");
        closer.setDaemon(true);
        closer.start();
        return closed.future();
    }
}
