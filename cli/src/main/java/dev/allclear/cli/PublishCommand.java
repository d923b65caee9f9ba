package dev.allclear.cli;

import dev.allclear.aggregator.policy.Policies;
import dev.allclear.cli.history.RunFolder;
import dev.allclear.cli.progress.Progress;
import dev.allclear.cli.progress.Wait;
import dev.allclear.config.KafkaConfig;
import dev.allclear.event.AllclearEvent;
import dev.allclear.event.MigrationCompleted;
import dev.allclear.event.MigrationDescription;
import dev.allclear.event.MigrationOutcome;
import dev.allclear.event.MigrationStarted;
import dev.allclear.kafka.EventPublisher;
import dev.allclear.model.CheckName;
import dev.allclear.model.DatabaseName;
import dev.allclear.model.RunId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells a cluster that a migration has started or completed, for deploy tooling that runs its command by itself. */
@Command(
        name = "publish",
        description = "Tell a cluster's services that a migration has started or completed.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Example, around a deployment that runs its migration by itself:",
            "  allclear publish started --database shop --id deploy-41 --tool flyway",
            "  flyway migrate > migrate.log 2>&1; code=$?",
            "  allclear publish completed --database shop --id deploy-41 --tool flyway \\",
            "      --exit-code $code --output migrate.log",
            "  allclear wait deploy-41",
            "",
            "In the same working directory \"completed\" knows for which checks \"started\" waited",
            "(a note in .allclear/). Elsewhere pass on what it printed: --awaited \"$awaited\";",
            "--awaited \"\" says: for none."
        })
final class PublishCommand implements Callable<Integer> {
    private static final String SOURCE = "allclear-publish";

    /** What is told. */
    enum What {
        started,
        completed
    }

    @Mixin
    private ConfigOptions config = new ConfigOptions();

    @Mixin
    private MigrationOptions migration = new MigrationOptions();

    @Mixin
    private HistoryOptions history = new HistoryOptions();

    @Parameters(index = "0", paramLabel = "started|completed")
    private What what = What.started;

    @Option(names = "--database", required = true, paramLabel = "NAME", description = "The database's configured name.")
    private String database = "";

    @Option(
            names = "--id",
            required = true,
            paramLabel = "RUN_ID",
            description = "This attempt's id; the same in both events.")
    private String id = "";

    @Option(names = "--exit-code", paramLabel = "N", description = "The command's exit code (completed only).")
    private @Nullable Integer exitCode;

    @Option(names = "--output", paramLabel = "FILE", description = "The command's output (completed only).")
    private @Nullable Path output;

    @Option(
            names = "--baseline-wait",
            paramLabel = "DURATION",
            description = {
                "How long \"publish started\" waits for \"before\" (default ${DEFAULT-VALUE}; 0s: not at all). It",
                "prints the checks that have it, separated by commas, for --awaited."
            })
    private String baselineWait = "30s";

    @Option(
            names = "--awaited",
            paramLabel = "CHECKS",
            description = {
                "What \"publish started\" printed (completed only): the checks that measured before it",
                "began; as it noted in this directory when not given."
            })
    private @Nullable String awaited;

    @Override
    public Integer call() throws InterruptedException {
        RunId run = RunIds.parse("--id", id);
        DatabaseName name = ConfigOptions.databaseName(database);
        MigrationDescription description = migration.describe(List.of(), List.of());
        if (what == What.started && (exitCode != null || output != null || awaited != null)) {
            throw new UsageError("--exit-code, --output and --awaited belong to \"publish completed\"");
        }
        Clock clock = Clock.systemUTC();
        KafkaConfig kafka = config.cluster("publish");
        RunFolder note = history.of(run, name);
        if (what == What.started) {
            Duration wait =
                    MigrationOptions.duration("--baseline-wait", baselineWait).orElseThrow();
            MigrationStarted started = new MigrationStarted(run, name, clock.instant(), description);
            HistoryOptions.keep(note::forgetAwaited);
            if (wait.isZero()) {
                publish(started, kafka);
                return ExitCode.PASS;
            }
            Set<CheckName> captured = announce(started, wait, kafka, clock);
            HistoryOptions.keep(() -> {
                history.history().makeRoomBeside(note);
                note.noteAwaited(captured);
            });
            System.out.println(captured.stream().map(CheckName::value).sorted().collect(Collectors.joining(",")));
            return ExitCode.PASS;
        }
        MigrationCompleted completed = new MigrationCompleted(
                run,
                name,
                clock.instant(),
                Optional.ofNullable(exitCode),
                exitCode == null
                        ? Optional.empty()
                        : Optional.of(exitCode == 0 ? MigrationOutcome.SUCCEEDED : MigrationOutcome.FAILED),
                Optional.ofNullable(output).map(PublishCommand::tail),
                description);
        String said = awaited;
        Optional<Set<CheckName>> waited =
                said == null ? note.awaited() : Optional.of(ChecksOption.parse("--awaited", said));
        publish(waited.map(completed::havingAwaited).orElse(completed), kafka);
        return ExitCode.PASS;
    }

    private static void publish(AllclearEvent event, KafkaConfig kafka) {
        try (EventPublisher publisher = new EventPublisher(kafka, SOURCE)) {
            RunClient.await(publisher.publish(event));
        }
    }

    /** Announces the migration and waits until the required checks have their "before"; returns those that have it. */
    private Set<CheckName> announce(MigrationStarted started, Duration wait, KafkaConfig kafka, Clock clock)
            throws InterruptedException {
        Set<CheckName> required =
                Policies.read(config.load()).of(started.database()).required();
        try (Progress progress = Console.progress(clock);
                RunClient client = new RunClient(started.run(), started.database(), kafka, SOURCE, clock, progress)) {
            client.announceAllTheSame(started);
            progress.await(Wait.before(
                    "run " + started.run() + " announced; waiting for \"before\" of " + RunClient.names(required),
                    required,
                    wait));
            client.awaitBefore(required, wait, "what needs it will be unproven");
            return client.captured();
        }
    }

    private static String tail(Path file) {
        try {
            return OutputTail.of(file);
        } catch (IOException unreadable) {
            throw new UsageError("--output " + file + " cannot be read");
        }
    }
}
