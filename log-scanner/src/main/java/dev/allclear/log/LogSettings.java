package dev.allclear.log;

import dev.allclear.config.AllclearConfig;
import dev.allclear.config.Section;
import dev.allclear.event.MigrationCompleted;
import dev.allclear.model.DatabaseName;
import dev.allclear.service.RunLimits;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where each database's logs are ({@code databases.NAME.logs}) and how long to watch them.
 *
 * @param limits how long a run of each database may take, log watch included
 */
public record LogSettings(Map<DatabaseName, List<LogSource>> sources, Map<DatabaseName, RunLimits> limits) {
    public LogSettings {
        sources = Map.copyOf(sources);
        limits = Map.copyOf(limits);
    }

    /** Mistakes are noted in the configuration, not thrown. */
    static LogSettings read(AllclearConfig config, ZoneId zone, LiteralSearch search) {
        Map<DatabaseName, List<LogSource>> sources = new LinkedHashMap<>();
        SourceSettings settings = new SourceSettings(config.kafka(), zone, search);
        config.databases().forEach((name, database) -> {
            List<LogSource> ofDatabase = new ArrayList<>();
            for (Section section : database.section().sections("logs")) {
                settings.read(section).ifPresent(ofDatabase::add);
            }
            sources.put(name, List.copyOf(ofDatabase));
        });
        return new LogSettings(sources, RunLimits.of(config));
    }

    public List<LogSource> of(DatabaseName database) {
        return sources.getOrDefault(database, List.of());
    }

    /** How long after completion the logs of this run are watched. */
    Duration watchOf(MigrationCompleted completed) {
        return limits.getOrDefault(completed.database(), RunLimits.DEFAULT)
                .logWatchOf(completed.description().logWatch());
    }
}
