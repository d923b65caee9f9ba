package dev.allclear.cli;

import dev.allclear.cli.history.RunFolder;
import dev.allclear.cli.progress.Progress;
import dev.allclear.model.RunId;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Wraps a migration command: "before", the command, "after", the verdict. */
@Command(
        name = "run",
        description = "Run a migration command and verify what it did; the exit code is the verdict's.",
        mixinStandardHelpOptions = true,
        customSynopsis = "allclear run --database NAME [OPTION]... -- COMMAND [ARG]...",
        footer = {
            "",
            "Examples:",
            "  allclear run --database shop -- flyway migrate",
            "  allclear run --database shop --tool sql --expect rows.yaml \\",
            "      --report out/ -- psql -f change.sql",
            "",
            "Standard output is the command's own, then the report (with --format json",
            "the report alone); progress goes to standard error. Unless the configuration",
            "has kafka.bootstrap.servers, a broker and the services run here meanwhile.",
            "Exit codes: 0 PASS, 1 FAIL, 2 usage or configuration error, 3 INCONCLUSIVE."
        })
final class RunCommand implements Callable<Integer> {
    /** What to do when a check could not measure "before" in time. */
    enum OnMissing {
        proceed,
        abort
    }

    @Mixin
    private RunOptions options = new RunOptions();

    @Mixin
    private ReportOptions report = new ReportOptions();

    @Option(names = "--id", paramLabel = "RUN_ID", description = "This attempt's id; made up when not given.")
    private @Nullable String id;

    @Option(
            names = "--baseline-wait",
            paramLabel = "DURATION",
            description = "How long to wait for \"before\" (default 30s).")
    private String baselineWait = "30s";

    @Option(
            names = "--on-missing-baseline",
            paramLabel = "proceed|abort",
            description = "Run the command without \"before\", or not at all (default proceed).")
    private OnMissing onMissing = OnMissing.proceed;

    @Option(
            names = "--terminal",
            description =
                    "Give the command the terminal itself, for one that asks or draws; its output is then not read.")
    private boolean terminal;

    @Parameters(paramLabel = "COMMAND", arity = "1..*", description = "The migration command, after --.")
    private List<String> command = new ArrayList<>();

    @Override
    public Integer call() throws InterruptedException {
        Clock clock = Clock.systemUTC();
        try (Progress progress = Console.progress(clock)) {
            return run(clock, progress);
        }
    }

    private int run(Clock clock, Progress progress) throws InterruptedException {
        RunSetup setup = options.setup(List.of(), clock);
        RunId run = RunIds.of(id, clock);
        RunRequest request = new RunRequest(
                run,
                setup.database(),
                options.describe(setup, List.of("allclear-run/" + run)),
                command,
                terminal,
                setup.required(),
                MigrationOptions.duration("--baseline-wait", baselineWait).orElseThrow(),
                onMissing == OnMissing.abort,
                options.patience(setup));
        if (terminal && report.format == ReportOptions.Format.json) {
            throw new UsageError("--terminal leaves standard output to the command: --format json needs it for itself");
        }
        report.prepare();
        Optional<RunFolder> folder = options.history.keeping(setup, run);
        try (Place place = Place.of(setup, clock, progress)) {
            RunFlow.Result result = new RunFlow(
                            place.kafka(),
                            clock,
                            progress,
                            report.format == ReportOptions.Format.json ? System.err : System.out,
                            System.err,
                            (started, before) -> folder.ifPresent(
                                    kept -> HistoryOptions.keep(() -> kept.keepBefore(Optional.of(started), before))))
                    .run(request);
            int code = new Conclusion(
                            Optional.of(result.started()),
                            result.completed(),
                            result.reports(),
                            result.verdict().map(verdict -> Remark.narrowedTo(setup.narrowedTo(), verdict)))
                    .show(folder, report, request.patience());
            return result.commandRan() ? code : ExitCode.INCONCLUSIVE;
        }
    }
}
