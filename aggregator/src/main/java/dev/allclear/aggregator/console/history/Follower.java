package dev.allclear.aggregator.console.history;

import dev.allclear.config.KafkaConfig;
import dev.allclear.kafka.EventTail;
import dev.allclear.kafka.Topic;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.function.Consumer;

/** Fills a history from the topics, without a group: every console sees all partitions, from the first record there is. */
public final class Follower {
    /** Older baselines say nothing that a person would wait for, and they may be large. */
    private static final Duration BASELINES_SINCE = Duration.ofHours(1);

    private final EventTail runs;
    private final EventTail baselines;
    private final Future<Void> caughtUp;

    private Follower(EventTail runs, EventTail baselines) {
        this.runs = runs;
        this.baselines = baselines;
        this.caughtUp = Future.all(runs.caughtUp(), baselines.caughtUp()).mapEmpty();
    }

    /**
     * Begins to read; the topics must be there.
     *
     * @param heard called in the reading thread for whatever is new, also while the past is being read
     */
    public static Follower start(RunHistory history, KafkaConfig kafka, Instant now, Consumer<RunChange> heard) {
        return new Follower(
                EventTail.fromBeginning(
                        kafka,
                        EnumSet.of(Topic.MIGRATIONS, Topic.RESULTS, Topic.VERDICTS),
                        received -> history.accept(received).ifPresent(heard)),
                EventTail.from(
                        now.minus(BASELINES_SINCE), kafka, EnumSet.of(Topic.BASELINES), received -> history.accept(
                                        received)
                                .ifPresent(heard)));
    }

    /** Completes when what was there at the start has been read. */
    public Future<Void> caughtUp() {
        return caughtUp;
    }

    public Future<Void> close() {
        return Future.join(runs.close(), baselines.close()).mapEmpty();
    }
}
