package dev.allclear.cli;

import dev.allclear.event.AllclearEvent;
import dev.allclear.event.MigrationCompleted;
import dev.allclear.event.MigrationDescription;
import dev.allclear.event.MigrationOutcome;
import dev.allclear.event.MigrationStarted;
import dev.allclear.kafka.EventPublisher;
import dev.allclear.model.DatabaseName;
import dev.allclear.model.RunId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
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
            "  allclear wait deploy-41"
        })
final class PublishCommand implements Callable<Integer> {
    private static final int LONGEST_OUTPUT = 200_000;

    /** What is told. */
    enum What {
        started,
        completed
    }

    @Mixin
    private ConfigOptions config = new ConfigOptions();

    @Mixin
    private MigrationOptions migration = new MigrationOptions();

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

    @Override
    public Integer call() {
        RunId run = RunIds.parse("--id", id);
        DatabaseName name = ConfigOptions.databaseName(database);
        MigrationDescription description = migration.describe(List.of(), List.of());
        if (what == What.started && (exitCode != null || output != null)) {
            throw new UsageError("--exit-code and --output belong to \"publish completed\"");
        }
        Clock clock = Clock.systemUTC();
        AllclearEvent event = what == What.started
                ? new MigrationStarted(run, name, clock.instant(), description)
                : new MigrationCompleted(
                        run,
                        name,
                        clock.instant(),
                        Optional.ofNullable(exitCode),
                        exitCode == null
                                ? Optional.empty()
                                : Optional.of(exitCode == 0 ? MigrationOutcome.SUCCEEDED : MigrationOutcome.FAILED),
                        Optional.ofNullable(output).map(PublishCommand::tail),
                        description);
        try (EventPublisher publisher = new EventPublisher(config.cluster("publish"), "allclear-publish")) {
            RunFlow.await(publisher.publish(event));
        }
        return ExitCode.PASS;
    }

    private static String tail(Path file) {
        try {
            String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
            return text.length() <= LONGEST_OUTPUT ? text : text.substring(text.length() - LONGEST_OUTPUT);
        } catch (IOException unreadable) {
            throw new UsageError("--output " + file + " cannot be read");
        }
    }
}
