package dev.allclear.cli;

import dev.allclear.aggregator.report.RunReport;
import dev.allclear.cli.history.PastRun;
import dev.allclear.config.AllclearConfig;
import dev.allclear.model.RunId;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows again what came of a run: of the cluster's topics where one is configured, else of the history. */
@Command(
        name = "report",
        description = "Show the report of an earlier run again; the exit code is its verdict's.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  allclear report deploy-41",
            "  allclear report deploy-41 --format markdown >> \"$GITHUB_STEP_SUMMARY\"",
            "  allclear report deploy-41 --report out/",
            "",
            "Exit codes: 0 PASS, 1 FAIL, 2 usage (also: no such run), 3 INCONCLUSIVE (also:",
            "no verdict yet)."
        })
final class ReportCommand implements Callable<Integer> {
    @Mixin
    private ConfigOptions config = new ConfigOptions();

    @Mixin
    private ReportOptions report = new ReportOptions();

    @Mixin
    private HistoryOptions history = new HistoryOptions();

    @Parameters(index = "0", paramLabel = "RUN_ID", description = "The run's id.")
    private String id = "";

    @Option(
            names = "--database",
            paramLabel = "NAME",
            description = "Whose run it is, where runs of several databases share the id.")
    private @Nullable String database;

    @Override
    public Integer call() {
        RunId run = RunIds.parse("RUN_ID", id);
        report.prepare();
        AllclearConfig settings = config.load();
        PastRun past = PastRuns.find(run, database, settings, history)
                .orElseThrow(() -> new UsageError(PastRuns.unknown(run, database, settings, history)));
        Optional<RunReport> made = past.report();
        if (made.isEmpty()) {
            System.err.println("allclear: run " + run + " of " + past.database() + " has no verdict"
                    + (past.completed().isPresent() ? " yet" : ": its end was never told")
                    + "; nothing is proven: INCONCLUSIVE");
            return ExitCode.INCONCLUSIVE;
        }
        return report.show(made.get());
    }
}
