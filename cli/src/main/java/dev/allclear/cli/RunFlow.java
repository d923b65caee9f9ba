package dev.allclear.cli;

import dev.allclear.cli.progress.Progress;
import dev.allclear.cli.progress.Wait;
import dev.allclear.config.KafkaConfig;
import dev.allclear.event.BaselineCaptured;
import dev.allclear.event.MigrationCompleted;
import dev.allclear.event.MigrationOutcome;
import dev.allclear.event.MigrationStarted;
import dev.allclear.model.CheckName;
import dev.allclear.model.CheckReport;
import dev.allclear.model.Verdict;
import java.io.OutputStream;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * One migration from announcement to verdict, as a client of the services: announce it, wait until "before" is measured, run the
 * command, say how it ended, wait for the verdict. The same whether the services run here or in a cluster.
 */
final class RunFlow {
    private final KafkaConfig kafka;
    private final Clock clock;
    private final Progress progress;
    private final OutputStream commandOut;
    private final OutputStream commandErr;
    private final BiConsumer<MigrationStarted, List<BaselineCaptured>> beforeCommand;
    private boolean interrupted;

    RunFlow(KafkaConfig kafka, Clock clock, Progress progress, OutputStream commandOut, OutputStream commandErr) {
        this(kafka, clock, progress, commandOut, commandErr, (started, baselines) -> {});
    }

    /** @param beforeCommand is told what "before" is when the command is about to run */
    RunFlow(
            KafkaConfig kafka,
            Clock clock,
            Progress progress,
            OutputStream commandOut,
            OutputStream commandErr,
            BiConsumer<MigrationStarted, List<BaselineCaptured>> beforeCommand) {
        this.kafka = kafka;
        this.clock = clock;
        this.progress = progress;
        this.commandOut = commandOut;
        this.commandErr = commandErr;
        this.beforeCommand = beforeCommand;
    }

    /** What came of it: the last verdict, final or not, and the checks' full reports. */
    record Result(
            Optional<Verdict> verdict,
            List<CheckReport> reports,
            MigrationStarted started,
            MigrationCompleted completed,
            boolean commandRan) {}

    Result run(RunRequest request) throws InterruptedException {
        try (RunClient client =
                new RunClient(request.run(), request.database(), kafka, "allclear-run", clock, progress)) {
            MigrationStarted started =
                    new MigrationStarted(request.run(), request.database(), clock.instant(), request.description());
            client.announce(started, "; the command was not run");
            progress.await(Wait.before(
                    "run " + request.run() + " announced; waiting for \"before\" of "
                            + RunClient.names(request.required()),
                    request.required(),
                    request.baselineWait()));
            boolean abort = isMissing(request, client) && request.abortOnMissingBaseline();
            progress.over();
            Set<CheckName> awaited = client.captured();
            beforeCommand.accept(started, client.baselines());
            MigrationCompleted completed =
                    abort ? notStarted(request) : ending(request, client).havingAwaited(awaited);
            client.complete(completed, abort ? "" : "; the command was run, but its end is not published");
            if (interrupted) {
                throw new InterruptedException("told to end while the command ran");
            }
            progress.await(Wait.answers(
                    "completion published; the checks look at what it left behind",
                    request.required(),
                    request.patience()));
            Optional<Verdict> verdict = client.awaitVerdict(request.patience());
            progress.over();
            return new Result(verdict, client.reports(), started, completed, !abort);
        }
    }

    /** Waits for "before"; an announced run whose command will not come is closed. */
    private boolean isMissing(RunRequest request, RunClient client) throws InterruptedException {
        try {
            return !client.awaitBefore(
                            request.required(),
                            request.baselineWait(),
                            request.abortOnMissingBaseline()
                                    ? "the command is not run"
                                    : "going on; what needs it will be unproven")
                    .isEmpty();
        } catch (InterruptedException toldToEnd) {
            client.complete(notStarted(request), "");
            throw toldToEnd;
        }
    }

    /** A run that was announced must be closed, whatever becomes of the command. */
    private MigrationCompleted ending(RunRequest request, RunClient client) throws InterruptedException {
        try {
            return runCommand(request);
        } catch (UsageError cannotStart) {
            client.complete(notStarted(request), "");
            throw cannotStart;
        }
    }

    private MigrationCompleted runCommand(RunRequest request) throws InterruptedException {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("ALLCLEAR_RUN_ID", request.run().value());
        environment.put("PGAPPNAME", "allclear-run/" + request.run());
        progress.step("running: " + String.join(" ", request.command().subList(0, 1))
                + (request.command().size() > 1 ? " …" : ""));
        WrappedCommand command = new WrappedCommand(request.command(), environment);
        WrappedCommand.Ending ending =
                request.onTerminal() ? command.runOnOurTerminal() : command.run(commandOut, commandErr);
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
                request.onTerminal() ? Optional.empty() : Optional.of(ending.output()));
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
}
