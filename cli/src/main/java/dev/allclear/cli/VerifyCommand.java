package dev.allclear.cli;

import dev.allclear.cli.history.RunFolder;
import dev.allclear.cli.progress.Progress;
import dev.allclear.cli.progress.Wait;
import dev.allclear.config.AllclearConfig;
import dev.allclear.event.BaselineCaptured;
import dev.allclear.event.MigrationCompleted;
import dev.allclear.event.MigrationDescription;
import dev.allclear.event.MigrationOutcome;
import dev.allclear.event.MigrationStarted;
import dev.allclear.model.CheckName;
import dev.allclear.model.RunId;
import dev.allclear.model.Verdict;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Judges a migration that has already run: without a command, and with the "before" of an earlier run where one is named. */
@Command(
        name = "verify",
        description = "Verify a migration that has already run; the exit code is the verdict's.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  allclear verify --since deploy-41 --database shop",
            "  allclear verify --database shop --tool flyway --target 42",
            "",
            "With --since what run deploy-41 measured before its command is compared with what",
            "is there now: run, fail, mend, verify, pass. Without it, what needs a \"before\" is",
            "unproven. In a cluster --since names a run that was announced and has not ended;",
            "with --here any run, judged by services of this process.",
            "Exit codes: 0 PASS, 1 FAIL, 2 usage or configuration error, 3 INCONCLUSIVE."
        })
final class VerifyCommand implements Callable<Integer> {
    @Mixin
    private RunOptions options = new RunOptions();

    @Mixin
    private ReportOptions report = new ReportOptions();

    @Option(names = "--id", paramLabel = "RUN_ID", description = "The verification's own id; made up when not given.")
    private @Nullable String id;

    @Option(
            names = "--since",
            paramLabel = "RUN_ID",
            description = "The run whose \"before\" is compared with: of `allclear run`, `baseline` or `verify`.")
    private @Nullable String since;

    @Option(
            names = "--exit-code",
            paramLabel = "N",
            description = "What the migration's command ended with, where you know it.")
    private @Nullable Integer exitCode;

    @Option(names = "--here", description = "Judge with services of this process, though a cluster is configured.")
    private boolean here;

    @Override
    public Integer call() throws InterruptedException {
        Clock clock = Clock.systemUTC();
        try (Progress progress = Console.progress(clock)) {
            return verify(clock, progress);
        }
    }

    private int verify(Clock clock, Progress progress) throws InterruptedException {
        Optional<Earlier> earlier = earlier();
        if (here) {
            options.config.leaveClusterOut();
        }
        RunSetup setup =
                options.setup(earlier.map(run -> run.waivers(clock.instant())).orElse(List.of()), clock);
        report.prepare();
        if (setup.hasCluster()) {
            return judge(inCluster(earlier), earlier, setup, clock, progress);
        }
        RunId run = RunIds.of(id, clock);
        if (earlier.filter(known -> known.run().run().equals(run)).isPresent()) {
            throw new UsageError("--id " + run + " is the run whose \"before\" is wanted; the verification is a run of"
                    + " its own, with an id of its own");
        }
        return judge(run, earlier, setup, clock, progress);
    }

    private int judge(RunId run, Optional<Earlier> earlier, RunSetup setup, Clock clock, Progress progress)
            throws InterruptedException {
        Duration patience = options.patience(setup);
        MigrationDescription said = options.describe(setup, List.of());
        MigrationDescription description =
                earlier.map(known -> said.orElse(known.run().description())).orElse(said);
        Instant now = clock.instant();
        List<BaselineCaptured> before = setup.hasCluster()
                ? List.of()
                : earlier.map(known -> known.baselinesFor(run, description, now))
                        .orElse(List.of());
        Optional<MigrationStarted> started = before.stream().findFirst().flatMap(BaselineCaptured::started);
        Optional<RunFolder> folder = options.history.keeping(setup, run);
        folder.ifPresent(kept -> HistoryOptions.keep(() -> kept.keepBefore(started, before)));
        earlier.ifPresent(known ->
                progress.step("\"before\" is that of run " + known.run().run()));
        try (Place place = Place.knowing(before, setup, clock, progress);
                RunClient client =
                        new RunClient(run, setup.database(), place.kafka(), "allclear-verify", clock, progress)) {
            MigrationCompleted completed = completed(run, earlier, description, setup, clock);
            client.refuseAnswered("; nothing was asked");
            client.complete(completed, "; nothing was asked");
            progress.await(Wait.answers(
                    "run " + run + ": the checks look at what the migration left behind", setup.required(), patience));
            Optional<Verdict> verdict = client.awaitVerdict(patience)
                    .map(decided -> Remark.narrowedTo(setup.narrowedTo(), decided))
                    .map(decided -> earlier.map(known -> Remark.reused(known.run(), decided))
                            .orElse(decided));
            progress.over();
            return new Conclusion(started, completed, client.reports(), verdict).show(folder, report, patience);
        }
    }

    /** It is over by now; only the baselines of the earlier run are "before", and where there is none nothing is. */
    private MigrationCompleted completed(
            RunId run, Optional<Earlier> earlier, MigrationDescription description, RunSetup setup, Clock clock) {
        Optional<Integer> code = Optional.ofNullable(exitCode).or(() -> earlier.flatMap(Earlier::exitCode));
        Set<CheckName> measured = earlier.stream()
                .flatMap(known -> known.run().baselines().stream())
                .map(BaselineCaptured::check)
                .collect(Collectors.toSet());
        return new MigrationCompleted(
                        run,
                        setup.database(),
                        clock.instant(),
                        code,
                        code.map(ended -> ended == 0 ? MigrationOutcome.SUCCEEDED : MigrationOutcome.FAILED),
                        Optional.empty(),
                        description)
                .havingAwaited(measured);
    }

    private Optional<Earlier> earlier() {
        if (since == null) {
            return Optional.empty();
        }
        RunId run = RunIds.parse("--since", since);
        AllclearConfig settings = options.config.load();
        return Optional.of(PastRuns.find(run, options.database, settings, options.history)
                .map(Earlier::new)
                .orElseThrow(() -> new UsageError(
                        "--since: " + PastRuns.unknown(run, options.database, settings, options.history))));
    }

    /** Services of a cluster answer a run once: the end of the announced run is told, and no other can have its "before". */
    private RunId inCluster(Optional<Earlier> earlier) {
        if (earlier.isEmpty()) {
            return RunIds.of(id, Clock.systemUTC());
        }
        RunId run = earlier.get().run().run();
        if (id != null && !id.equals(run.value())) {
            throw new UsageError(
                    "--id " + id + ": in a cluster --since " + run + " ends that very run; leave --id out");
        }
        if (earlier.get().run().completed().isPresent()) {
            throw new UsageError(
                    "--since " + run + " has ended, and a cluster's services answer a run once: add --here,"
                            + " and services in this process compare with what it measured");
        }
        return run;
    }
}
