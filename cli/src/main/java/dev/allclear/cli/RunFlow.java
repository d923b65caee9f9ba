package dev.allclear.cli;

import dev.allclear.config.KafkaConfig;
import dev.allclear.event.MigrationCompleted;
import dev.allclear.event.MigrationOutcome;
import dev.allclear.event.MigrationStarted;
import dev.allclear.kafka.EventPublisher;
import dev.allclear.kafka.EventTail;
import dev.allclear.kafka.KafkaFailure;
import dev.allclear.kafka.Topic;
import dev.allclear.model.CheckName;
import dev.allclear.model.CheckReport;
import dev.allclear.model.Durations;
import dev.allclear.model.Verdict;
import io.vertx.core.Future;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One migration from announcement to verdict, as a client of the services: announce it, wait until "before" is measured, run the
 * command, say how it ended, wait for the verdict. The same whether the services run here or in a cluster.
 */
final class RunFlow {
    /** Publishers' clocks differ: read a little of what came before. */
    static final Duration CLOCK_MARGIN = Duration.ofMinutes(5);

    private static final Duration HEARING = Duration.ofSeconds(5);
    private static final Duration KAFKA_PATIENCE = Duration.ofSeconds(35);

    private final KafkaConfig kafka;
    private final Clock clock;
    private final Progress progress;
    private final OutputStream commandOut;
    private final OutputStream commandErr;
    private boolean interrupted;

    RunFlow(KafkaConfig kafka, Clock clock, Progress progress, OutputStream commandOut, OutputStream commandErr) {
        this.kafka = kafka;
        this.clock = clock;
        this.progress = progress;
        this.commandOut = commandOut;
        this.commandErr = commandErr;
    }

    /** What came of it: the last verdict, final or not, and the checks' full reports. */
    record Result(
            Optional<Verdict> verdict,
            List<CheckReport> reports,
            MigrationStarted started,
            MigrationCompleted completed,
            boolean commandRan) {}

    Result run(RunRequest request) throws InterruptedException {
        RunFollower follower = new RunFollower(request.run(), Optional.of(request.database()), progress);
        EventTail tail = EventTail.from(
                clock.instant().minus(CLOCK_MARGIN),
                kafka,
                EnumSet.of(Topic.RESULTS, Topic.BASELINES, Topic.VERDICTS),
                received -> follower.accept(received.event()));
        try (EventPublisher publisher = new EventPublisher(kafka, "allclear-run")) {
            await(tail.caughtUp(), "; the command was not run");
            MigrationStarted started =
                    new MigrationStarted(request.run(), request.database(), clock.instant(), request.description());
            await(publisher.publish(started), "; the command was not run");
            progress.step(
                    "run " + request.run() + " announced; waiting for \"before\" of " + names(request.required()));
            boolean abort = tellMissing(request, before(request, follower, publisher));
            Set<CheckName> awaited = follower.captured();
            MigrationCompleted completed =
                    abort ? notStarted(request) : ending(request, publisher).havingAwaited(awaited);
            await(publisher.publish(completed), abort ? "" : "; the command was run, but its end is not published");
            if (interrupted) {
                throw new InterruptedException("told to end while the command ran");
            }
            progress.step("completion published; the checks look at what it left behind");
            Optional<Verdict> verdict = follower.awaitVerdict(request.patience().toMillis());
            hearOut(tail);
            return new Result(verdict, follower.reports(), started, completed, !abort);
        } finally {
            tail.close();
        }
    }

    /** A verdict may be heard before the answers it rests on, which travel on another topic; without them the report is brief. */
    static void hearOut(EventTail tail) {
        try {
            tail.caughtUp().await(HEARING.toSeconds(), TimeUnit.SECONDS);
        } catch (java.util.concurrent.TimeoutException | RuntimeException brief) {
            // the verdict itself holds every check's answer in brief
        }
    }

    static String noBefore(Set<CheckName> missing, Duration waited) {
        return "no \"before\" from " + names(missing) + " (waited at most " + Durations.format(waited) + ")";
    }

    private boolean tellMissing(RunRequest request, Set<CheckName> missing) {
        if (missing.isEmpty()) {
            return false;
        }
        String what = noBefore(missing, request.baselineWait());
        progress.warn(
                request.abortOnMissingBaseline()
                        ? what + ": the command is not run"
                        : what + ": going on; what needs it will be unproven");
        return request.abortOnMissingBaseline();
    }

    /** Waits for "before"; an announced run whose command will not come is closed. */
    private Set<CheckName> before(RunRequest request, RunFollower follower, EventPublisher publisher)
            throws InterruptedException {
        try {
            return follower.awaitBaselines(
                    request.required(), request.baselineWait().toMillis());
        } catch (InterruptedException toldToEnd) {
            await(publisher.publish(notStarted(request)), "");
            throw toldToEnd;
        }
    }

    /** A run that was announced must be closed, whatever becomes of the command. */
    private MigrationCompleted ending(RunRequest request, EventPublisher publisher) throws InterruptedException {
        try {
            return runCommand(request);
        } catch (UsageError cannotStart) {
            await(publisher.publish(notStarted(request)), "");
            throw cannotStart;
        }
    }

    private MigrationCompleted runCommand(RunRequest request) throws InterruptedException {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("ALLCLEAR_RUN_ID", request.run().value());
        environment.put("PGAPPNAME", "allclear-run/" + request.run());
        progress.step("running: " + String.join(" ", request.command().subList(0, 1))
                + (request.command().size() > 1 ? " …" : ""));
        WrappedCommand.Ending ending = new WrappedCommand(request.command(), environment).run(commandOut, commandErr);
        interrupted = ending.interrupted();
        String ended = "the command ended with " + ending.words();
        if (ending.exitCode() == 0) {
            progress.step(ended);
        } else {
            progress.bad(ended);
        }
        return completed(
                request,
                Optional.of(ending.exitCode()),
                ending.exitCode() == 0 ? MigrationOutcome.SUCCEEDED : MigrationOutcome.FAILED,
                Optional.of(ending.output()));
    }

    private MigrationCompleted notStarted(RunRequest request) {
        return completed(request, Optional.empty(), MigrationOutcome.NOT_STARTED, Optional.empty());
    }

    private MigrationCompleted completed(
            RunRequest request, Optional<Integer> exitCode, MigrationOutcome outcome, Optional<String> output) {
        return new MigrationCompleted(
                request.run(),
                request.database(),
                clock.instant(),
                exitCode,
                Optional.of(outcome),
                output,
                request.description());
    }

    static String names(Set<CheckName> checks) {
        return String.join(", ", checks.stream().map(CheckName::value).toList());
    }

    static <T> T await(Future<T> future) {
        return await(future, "");
    }

    /** @param consequence what it means for the user when Kafka does not answer */
    private static <T> T await(Future<T> future, String consequence) {
        try {
            return future.await(KAFKA_PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            throw new Unanswered("Kafka did not answer within " + Durations.format(KAFKA_PATIENCE) + consequence);
        } catch (KafkaFailure failed) {
            throw new Unanswered(failed.getMessage() + consequence);
        }
    }
}
