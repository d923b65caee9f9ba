package dev.allclear.cli;

import dev.allclear.cli.history.RunFolder;
import dev.allclear.cli.progress.Progress;
import dev.allclear.cli.progress.Wait;
import dev.allclear.codec.Json;
import dev.allclear.event.MigrationStarted;
import dev.allclear.model.CheckName;
import dev.allclear.model.RunId;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures "before" now, for a migration that something else will run, and that {@code verify --since} will judge. */
@Command(
        name = "baseline",
        description = "Take the \"before\" now, for a later `allclear verify --since RUN_ID`.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Example:",
            "  allclear baseline --database shop --id deploy-41",
            "  ./deploy.sh",
            "  allclear verify --since deploy-41 --database shop --tool flyway --target 42",
            "",
            "Prints the checks that have their \"before\", separated by commas. Nobody watches",
            "locks until the verification, unless a cluster does: `allclear run` shows more.",
            "Exit codes: 0 all have it, 2 usage or configuration error, 3 some have not."
        })
final class BaselineCommand implements Callable<Integer> {
    /** Of standard output. */
    enum Format {
        text,
        json
    }

    @Mixin
    private RunOptions options = new RunOptions();

    @Option(names = "--id", paramLabel = "RUN_ID", description = "By which it is known later; made up when not given.")
    private @Nullable String id;

    @Option(
            names = "--baseline-wait",
            paramLabel = "DURATION",
            description = "How long to wait for \"before\" (default ${DEFAULT-VALUE}).")
    private String baselineWait = "30s";

    @Option(names = "--format", paramLabel = "text|json", description = "Of standard output (default text).")
    private Format format = Format.text;

    @Override
    public Integer call() throws InterruptedException {
        Clock clock = Clock.systemUTC();
        try (Progress progress = Console.progress(clock)) {
            return measure(clock, progress);
        }
    }

    private int measure(Clock clock, Progress progress) throws InterruptedException {
        RunSetup setup = options.setup(List.of(), clock);
        RunId run = RunIds.of(id, clock);
        Optional<RunFolder> folder = options.history.keeping(setup, run);
        if (folder.isEmpty() && !setup.hasCluster()) {
            throw new UsageError("\"before\" can be kept nowhere: name a directory that can be written with --history");
        }
        try (Place place = Place.of(setup, clock, progress);
                RunClient client =
                        new RunClient(run, setup.database(), place.kafka(), "allclear-baseline", clock, progress)) {
            MigrationStarted started = new MigrationStarted(
                    run, setup.database(), clock.instant(), options.describe(setup, List.of("allclear-run/" + run)));
            client.announce(started, "; nothing was measured");
            Duration wait =
                    MigrationOptions.duration("--baseline-wait", baselineWait).orElseThrow();
            progress.await(Wait.before(
                    "run " + run + " announced; " + RunClient.names(setup.required()) + " measure \"before\"",
                    setup.required(),
                    wait));
            Set<CheckName> missing = client.awaitBefore(setup.required(), wait, "what needs it will be unproven");
            progress.over();
            folder.ifPresent(kept -> kept.keepBefore(Optional.of(started), client.baselines()));
            print(run, client.captured(), missing);
            progress.step("then: allclear verify --since " + run + " --database " + setup.database());
            return missing.isEmpty() ? ExitCode.PASS : ExitCode.INCONCLUSIVE;
        }
    }

    private void print(RunId run, Set<CheckName> captured, Set<CheckName> missing) {
        if (format == Format.text) {
            System.out.println(captured.stream().sorted().map(CheckName::value).collect(Collectors.joining(",")));
            return;
        }
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("runId", run.value());
        object.put("database", options.database);
        object.put("captured", captured.stream().sorted().map(CheckName::value).toList());
        object.put("missing", missing.stream().map(CheckName::value).toList());
        System.out.println(Json.write(object));
    }
}
