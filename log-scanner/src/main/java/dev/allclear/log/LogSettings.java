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
import java.util.Optional;

/**
 * Where each database's logs are ({@code databases.NAME.logs}) and how long to watch them.
 *
 * @param limits how long a run of each database may take, log watch included
 */
public record LogSettings(Map<DatabaseName, List<LogSource>> sources, Map<DatabaseName, RunLimits> limits) {
    private static final Duration LAG = Duration.ofSeconds(30);
    private static final List<String> KINDS = List.of("file", "loki", "elasticsearch", "kafka");

    public LogSettings {
        sources = Map.copyOf(sources);
        limits = Map.copyOf(limits);
    }

    /** Mistakes are noted in the configuration, not thrown. */
    static LogSettings read(AllclearConfig config, ZoneId zone) {
        Map<DatabaseName, List<LogSource>> sources = new LinkedHashMap<>();
        config.databases().forEach((name, database) -> {
            List<LogSource> ofDatabase = new ArrayList<>();
            for (Section section : database.section().sections("logs")) {
                read(section, zone).ifPresent(ofDatabase::add);
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

    private static Optional<LogSource> read(Section section, ZoneId zone) {
        List<String> kinds = KINDS.stream().filter(section::has).toList();
        if (kinds.size() != 1) {
            section.mistake(
                    kinds.isEmpty() ? "file" : kinds.get(1),
                    "a log source has exactly one of " + String.join(", ", KINDS));
            return Optional.empty();
        }
        Duration lag = section.duration("lag", LAG);
        String silence = section.string("silence", "unproven");
        if (!silence.equals("unproven") && !silence.equals("ok")) {
            section.mistake("silence", "\"" + silence + "\" is neither unproven nor ok");
        }
        String kind = kinds.get(0);
        if (!kind.equals("file")) {
            section.rejectOtherKeys();
            return Optional.of(new UnsupportedLogs(kind, kind));
        }
        String file = section.required("file");
        section.rejectOtherKeys();
        return file.isBlank()
                ? Optional.empty()
                : Optional.of(new FileLogs(new FilePattern(file), lag, silence.equals("ok"), zone));
    }
}
