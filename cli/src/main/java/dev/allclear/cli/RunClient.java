package dev.allclear.cli;

import dev.allclear.cli.progress.Progress;
import dev.allclear.config.KafkaConfig;
import dev.allclear.event.BaselineCaptured;
import dev.allclear.event.MigrationCompleted;
import dev.allclear.event.MigrationStarted;
import dev.allclear.kafka.EventPublisher;
import dev.allclear.kafka.EventTail;
import dev.allclear.kafka.KafkaFailure;
import dev.allclear.kafka.Topic;
import dev.allclear.model.CheckName;
import dev.allclear.model.CheckReport;
import dev.allclear.model.DatabaseName;
import dev.allclear.model.Durations;
import dev.allclear.model.RunId;
import dev.allclear.model.Verdict;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One run as a client of the services, wherever they are: says what a publisher says, and hears what they answer. It listens before it
 * says anything. Every wait has an end.
 */
final class RunClient implements AutoCloseable {
    /** Publishers' clocks differ: read a little of what came before. */
    private static final Duration CLOCK_MARGIN = Duration.ofMinutes(5);

    private static final Duration HEARING = Duration.ofSeconds(5);
    private static final Duration KAFKA_PATIENCE = Duration.ofSeconds(35);

    private final RunId run;
    private final DatabaseName database;
    private final Progress progress;
    private final RunFollower follower;
    private final EventTail tail;
    private final EventPublisher publisher;

    /** @param source as which the run's events are published */
    RunClient(RunId run, DatabaseName database, KafkaConfig kafka, String source, Clock clock, Progress progress) {
        this.run = run;
        this.database = database;
        this.progress = progress;
        this.follower = new RunFollower(run, Optional.of(database), progress);
        this.tail = EventTail.from(
                clock.instant().minus(CLOCK_MARGIN),
                kafka,
                EnumSet.of(Topic.RESULTS, Topic.BASELINES, Topic.VERDICTS),
                received -> follower.accept(received.event(), received.timestamp()));
        this.publisher = new EventPublisher(kafka, source);
    }

    /**
     * Announces the migration.
     *
     * @param consequence what it means for the user when Kafka does not answer
     */
    void announce(MigrationStarted started, String consequence) {
        refuseAnswered(consequence);
        await(publisher.publish(started), consequence);
    }

    /**
     * Announces it also under an id that was answered, and only then says so: the migration may follow nevertheless, and the verdict that
     * is there must not stand for it.
     */
    void announceAllTheSame(MigrationStarted started) {
        await(tail.caughtUp());
        boolean isAnswered = follower.isAnswered();
        await(publisher.publish(started));
        if (isAnswered) {
            throw answered("; its verdict is proven no more");
        }
    }

    /** Checks answer a run once: what was answered already would be taken for the answer to what is only to come. */
    void refuseAnswered(String consequence) {
        await(tail.caughtUp(), consequence);
        if (follower.isAnswered()) {
            throw answered(consequence);
        }
    }

    private UsageError answered(String consequence) {
        return new UsageError("there has been a run " + run + " of " + database
                + ", which is answered: an id names one attempt, so give this one another" + consequence);
    }

    /** Waits until these checks have measured "before"; tells and returns those that have not. */
    Set<CheckName> awaitBefore(Set<CheckName> required, Duration wait, String otherwise) throws InterruptedException {
        Set<CheckName> missing = follower.awaitBaselines(required, wait.toMillis());
        if (!missing.isEmpty()) {
            progress.warn("no \"before\" from " + names(missing) + " (waited at most " + Durations.format(wait) + "): "
                    + otherwise);
        }
        return missing;
    }

    /** The checks whose "before" is captured by now, or that need none. */
    Set<CheckName> captured() {
        return follower.captured();
    }

    /** What those checks said. */
    List<BaselineCaptured> baselines() {
        return follower.baselines();
    }

    /**
     * Tells how the migration ended. A Ctrl-C that ended the command interrupts this thread as well, at any moment: a run that was
     * announced is closed all the same, and the interruption comes after it.
     */
    void complete(MigrationCompleted completed, String consequence) {
        Future<Void> published = publisher.publish(completed);
        CountDownLatch settled = new CountDownLatch(1);
        published.onComplete(done -> settled.countDown());
        long end = System.nanoTime() + KAFKA_PATIENCE.toNanos();
        boolean interrupted = false;
        while (!published.isComplete() && System.nanoTime() < end) {
            try {
                if (settled.await(Math.max(1, end - System.nanoTime()), TimeUnit.NANOSECONDS)) {
                    break;
                }
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        try {
            if (!published.succeeded()) {
                throw new Unanswered((published.failed()
                                ? published.cause().getMessage()
                                : "Kafka did not answer within " + Durations.format(KAFKA_PATIENCE))
                        + consequence);
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** The last verdict, final or not, when it has come or the time is up. */
    Optional<Verdict> awaitVerdict(Duration patience) throws InterruptedException {
        follower.awaitVerdict(patience.toMillis());
        hearOut(tail);
        return follower.verdict();
    }

    List<CheckReport> reports() {
        return follower.reports();
    }

    @Override
    public void close() {
        publisher.close();
        tail.close();
    }

    /** A verdict may be heard before the answers it rests on, which travel on another topic; without them the report is brief. */
    static void hearOut(EventTail tail) {
        try {
            tail.caughtUp().await(HEARING.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException | RuntimeException brief) {
            // the verdict itself holds every check's answer in brief
        }
    }

    static String names(Set<CheckName> checks) {
        return String.join(", ", checks.stream().map(CheckName::value).toList());
    }

    static <T> T await(Future<T> future) {
        return await(future, "");
    }

    static <T> T await(Future<T> future, String consequence) {
        try {
            return future.await(KAFKA_PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            throw new Unanswered("Kafka did not answer within " + Durations.format(KAFKA_PATIENCE) + consequence);
        } catch (KafkaFailure failed) {
            throw new Unanswered(failed.getMessage() + consequence);
        }
    }
}
