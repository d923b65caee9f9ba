package dev.allclear.cli;

import dev.allclear.event.MigrationDescription;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What {@code run}, {@code verify} and {@code baseline} are told alike: the configuration, the database, the migration, the checks. */
final class RunOptions {
    @Mixin
    final ConfigOptions config = new ConfigOptions();

    @Mixin
    final HistoryOptions history = new HistoryOptions();

    @Mixin
    private final MigrationOptions migration = new MigrationOptions();

    @Mixin
    private final ChecksOption checks = new ChecksOption();

    @Option(names = "--database", required = true, paramLabel = "NAME", description = "The database's configured name.")
    String database = "";

    /** @param waivers to be applied beside the configured ones */
    RunSetup setup(List<Map<String, Object>> waivers, Clock clock) {
        return RunSetup.read(config, database, checks.named(), waivers, clock);
    }

    MigrationDescription describe(RunSetup setup, List<String> ownSessionNames) {
        return migration.describe(List.copyOf(setup.named()), ownSessionNames);
    }

    Duration patience(RunSetup setup) {
        return setup.patience(migration.deadline(), migration.logWatch());
    }
}
