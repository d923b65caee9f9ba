package dev.allclear.cli;

import dev.allclear.codec.Yaml;
import dev.allclear.event.MigrationDescription;
import dev.allclear.event.SessionHints;
import dev.allclear.model.CheckName;
import dev.allclear.model.Durations;
import dev.allclear.row.RowCheckerModule;
import dev.allclear.status.tool.TrackingTools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the user says about the migration; shared by {@code run} and {@code publish}. */
final class MigrationOptions {
    @Option(names = "--tool", paramLabel = "TOOL", description = "The migration tool; detected when not given.")
    @Nullable
    String tool;

    @Option(
            names = "--target",
            paramLabel = "VERSION",
            description = "A version that must be present afterwards, in the tool's own language. Repeatable.")
    List<String> targets = new ArrayList<>();

    @Option(names = "--tables", split = ",", paramLabel = "TABLE", description = "Tables it means to change.")
    List<String> tables = new ArrayList<>();

    @Option(names = "--expect", paramLabel = "FILE", description = "Row expectations (YAML).")
    @Nullable
    Path expect;

    @Option(names = "--data-changing", description = "Rows should change: a migration that changes none fails.")
    boolean dataChanging;

    @Option(names = "--irreversible", description = "Never recommend to roll back.")
    boolean irreversible;

    @Option(
            names = "--session-user",
            paramLabel = "USER",
            description = "The database role under which the migration logs in.")
    @Nullable
    String sessionUser;

    @Option(
            names = "--session-name",
            paramLabel = "NAME",
            description = "An application_name of the migration's own sessions. Repeatable.")
    List<String> sessionNames = new ArrayList<>();

    @Option(names = "--log-watch", paramLabel = "DURATION", description = "How long logs are watched after completion.")
    private @Nullable String logWatch;

    @Option(
            names = "--deadline",
            paramLabel = "DURATION",
            description = "How long after completion the verdict may take.")
    private @Nullable String deadline;

    MigrationDescription describe(List<CheckName> checks, List<String> ownSessionNames) {
        if (tool != null && !TrackingTools.knows(tool)) {
            throw new UsageError("--tool " + tool + " is not known; known tools: " + TrackingTools.knownNames());
        }
        List<String> names = new ArrayList<>(sessionNames);
        names.addAll(ownSessionNames);
        return new MigrationDescription(
                Optional.ofNullable(tool),
                targets,
                tables,
                dataChanging ? Optional.of(true) : Optional.empty(),
                irreversible ? Optional.of(false) : Optional.empty(),
                Optional.empty(),
                expect == null ? List.of() : expectations(expect),
                checks,
                new SessionHints(Optional.ofNullable(sessionUser), names, List.of()),
                logWatch(),
                deadline(),
                Optional.empty(),
                Map.of());
    }

    Optional<Duration> logWatch() {
        return duration("--log-watch", logWatch);
    }

    Optional<Duration> deadline() {
        return duration("--deadline", deadline);
    }

    private static List<Map<String, Object>> expectations(Path file) {
        try {
            String text = Files.readString(file);
            List<Map<String, Object>> expectations = Yaml.list(text);
            List<String> mistakes = RowCheckerModule.mistakes(text);
            if (!mistakes.isEmpty()) {
                throw new UsageError("--expect " + file + " cannot be examined:\n  " + String.join("\n  ", mistakes));
            }
            if (expectations.isEmpty()) {
                throw new UsageError("--expect " + file + " expects nothing");
            }
            return expectations;
        } catch (IOException unreadable) {
            throw new UsageError(
                    "--expect " + file + " cannot be read" + (Files.exists(file) ? "" : "; there is no such file"));
        } catch (IllegalArgumentException broken) {
            throw new UsageError("--expect " + file + ": " + broken.getMessage());
        }
    }

    static Optional<Duration> duration(String option, @Nullable String text) {
        if (text == null) {
            return Optional.empty();
        }
        return Optional.of(Durations.parse(text)
                .orElseThrow(
                        () -> new UsageError(option + " " + text + " is not a duration such as 500ms, 2s, 5m or 1h")));
    }
}
