package dev.allclear.cli;

import dev.allclear.aggregator.policy.Policies;
import dev.allclear.aggregator.report.RunReport;
import dev.allclear.config.AllclearConfig;
import dev.allclear.config.ConfigFile;
import dev.allclear.config.KafkaConfig;
import dev.allclear.model.CheckName;
import dev.allclear.model.DatabaseName;
import dev.allclear.model.RunId;
import dev.allclear.model.Verdict;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
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
    private ConfigOptions config = new ConfigOptions();

    @Mixin
    private MigrationOptions migration = new MigrationOptions();

    @Mixin
    private ReportOptions report = new ReportOptions();

    @Option(names = "--database", required = true, paramLabel = "NAME", description = "The database's configured name.")
    private String database = "";

    @Option(names = "--id", paramLabel = "RUN_ID", description = "This attempt's id; made up when not given.")
    private @Nullable String id;

    @Option(
            names = "--checks",
            split = ",",
            paramLabel = "CHECK",
            description = "Only these checks (standalone), or these in addition to the policy's (cluster).")
    private List<String> checks = new ArrayList<>();

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

    @Parameters(paramLabel = "COMMAND", arity = "1..*", description = "The migration command, after --.")
    private List<String> command = new ArrayList<>();

    @Override
    public Integer call() throws InterruptedException {
        Clock clock = Clock.systemUTC();
        Progress progress = Console.progress(clock);
        Set<CheckName> named = named();
        AllclearConfig settings = narrowed(config.load(), named);
        Policies policies = Policies.read(settings);
        Services.throwMistakes(settings, clock);
        DatabaseName name = ConfigOptions.database(settings, database);
        RunId run = RunIds.of(id, clock);
        Set<CheckName> required = new TreeSet<>(policies.of(name).required());
        required.addAll(named);
        RunRequest request = new RunRequest(
                run,
                name,
                migration.describe(List.copyOf(named), List.of("allclear-run/" + run)),
                command,
                required,
                MigrationOptions.duration("--baseline-wait", baselineWait).orElseThrow(),
                onMissing == OnMissing.abort,
                patience(policies, name));
        report.prepare();
        if (settings.kafka().bootstrapServers().isPresent()) {
            progress.step("publishing to " + settings.kafka() + "; its services do the work");
            return follow(request, settings.kafka(), clock, progress, Set.of());
        }
        if (settings.databases().isEmpty()) {
            throw new UsageError("no database is configured: name it under databases in allclear.yaml, or set"
                    + " ALLCLEAR_DATABASES_" + database.toUpperCase(java.util.Locale.ROOT) + "_URI");
        }
        progress.step("no cluster configured: starting a broker and the services here");
        Set<CheckName> hosted = named.isEmpty() ? Services.withTeams(required) : required;
        try (Standalone standalone = Standalone.start(settings, hosted, clock)) {
            return follow(request, standalone.kafka(), clock, progress, named);
        }
    }

    private int follow(RunRequest request, KafkaConfig kafka, Clock clock, Progress progress, Set<CheckName> narrowedTo)
            throws InterruptedException {
        boolean outputIsOurs = report.format == ReportOptions.Format.json;
        RunFlow.Result result =
                new RunFlow(kafka, clock, progress, outputIsOurs ? System.err : System.out, System.err).run(request);
        if (result.verdict().isEmpty()) {
            return report.show(request.run(), result.verdict(), result.reports(), request.patience());
        }
        Verdict verdict = result.verdict().get();
        int code = report.show(new RunReport(
                narrowedTo.isEmpty() ? verdict : Narrowing.told(verdict, narrowedTo),
                result.reports(),
                Optional.of(result.started()),
                Optional.of(result.completed())));
        return result.commandRan() ? code : ExitCode.INCONCLUSIVE;
    }

    /** The deadline the aggregator will keep to, and some time for the verdict to arrive. */
    private Duration patience(Policies policies, DatabaseName name) {
        return policies.of(name)
                .effectiveDeadline(
                        MigrationOptions.duration("--deadline", migration.deadline),
                        MigrationOptions.duration("--log-watch", migration.logWatch))
                .plusSeconds(30);
    }

    private Set<CheckName> named() {
        Set<CheckName> names = new TreeSet<>();
        for (String check : checks) {
            try {
                names.add(new CheckName(check));
            } catch (IllegalArgumentException unknown) {
                throw new UsageError("--checks: " + unknown.getMessage());
            }
        }
        return names;
    }

    /** Standalone, {@code --checks} narrows the policy, which is said; in a cluster the aggregator's policy stands. */
    private AllclearConfig narrowed(AllclearConfig loaded, Set<CheckName> named) {
        if (named.isEmpty() || loaded.kafka().bootstrapServers().isPresent()) {
            return loaded;
        }
        String list = String.join(",", named.stream().map(CheckName::value).toList());
        Map<String, String> environment = new LinkedHashMap<>(System.getenv());
        environment.put("ALLCLEAR_POLICY_REQUIRED", list);
        loaded.databases()
                .keySet()
                .forEach(name -> environment.put(
                        "ALLCLEAR_DATABASES_"
                                + name.value()
                                        .toUpperCase(java.util.Locale.ROOT)
                                        .replaceAll("[^A-Z0-9]+", "_") + "_POLICY_REQUIRED",
                        list));
        return ConfigFile.load(Optional.ofNullable(config.file), environment);
    }
}
