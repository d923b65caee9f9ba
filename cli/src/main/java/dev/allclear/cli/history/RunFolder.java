package dev.allclear.cli.history;

import dev.allclear.aggregator.report.ReportFiles;
import dev.allclear.aggregator.report.RunReport;
import dev.allclear.event.AllclearEvent;
import dev.allclear.event.BaselineCaptured;
import dev.allclear.event.MigrationStarted;
import dev.allclear.model.CheckName;
import dev.allclear.model.DatabaseName;
import dev.allclear.model.RunId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One run's place in the history. Every file is replaced as a whole, and in an order in which a process that dies between two of them
 * leaves a run without a "before", never one with another's.
 */
public final class RunFolder {
    private static final String EVENTS = "events.jsonl";
    private static final String BASELINES = "baselines.jsonl";
    private static final String AWAITED = "awaited";
    private static final String NEW = ".new";
    private static final List<String> FILES =
            List.of(EVENTS, BASELINES, AWAITED, "report.html", "report.md", "report.json", "report.junit.xml");

    private final RunId run;
    private final DatabaseName database;
    private final Path directory;

    RunFolder(RunId run, DatabaseName database, Path directory) {
        this.run = run;
        this.database = database;
        this.directory = directory;
    }

    public DatabaseName database() {
        return database;
    }

    public Path directory() {
        return directory;
    }

    /** Whether a run was kept here, and not only a note. */
    public boolean isThere() {
        return Files.exists(directory.resolve(EVENTS));
    }

    /** Begins anew with what was measured before the command; an earlier run of this name is gone with it. */
    public void keepBefore(Optional<MigrationStarted> started, Collection<BaselineCaptured> baselines) {
        keep(() -> {
            Files.createDirectories(directory);
            for (String old : FILES) {
                Files.deleteIfExists(directory.resolve(old));
            }
            write(EVENTS, EventLines.of(started.stream().toList()));
            write(BASELINES, EventLines.of(baselines));
        });
    }

    /** Keeps how the run went; "before" stays as it is. */
    public void keepEnd(Collection<? extends AllclearEvent> events) {
        keep(() -> {
            Files.createDirectories(directory);
            write(EVENTS, EventLines.of(events));
        });
    }

    public void keepReport(RunReport report) {
        ReportFiles.write(report, directory);
    }

    /**
     * The run as it was kept.
     *
     * @throws UnreadableHistory when somebody changed what was kept
     */
    public PastRun read() {
        List<AllclearEvent> events = new ArrayList<>(EventLines.read(directory.resolve(EVENTS)));
        if (Files.exists(directory.resolve(BASELINES))) {
            events.addAll(EventLines.read(directory.resolve(BASELINES)));
        }
        return PastRun.of(run, database, events);
    }

    /** Notes for which checks the publisher of this run has waited. */
    public void noteAwaited(Set<CheckName> checks) {
        keep(() -> {
            Files.createDirectories(directory);
            write(AWAITED, checks.stream().map(CheckName::value).sorted().collect(Collectors.joining(",")) + "\n");
        });
    }

    public void forgetAwaited() {
        keep(() -> Files.deleteIfExists(directory.resolve(AWAITED)));
    }

    /** The note of {@link #noteAwaited}; empty where there is none. */
    public Optional<Set<CheckName>> awaited() {
        Path file = directory.resolve(AWAITED);
        try {
            return Optional.of(Arrays.stream(Files.readString(file).strip().split(",", -1))
                    .filter(name -> !name.isEmpty())
                    .map(CheckName::new)
                    .collect(Collectors.toSet()));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (IOException | IllegalArgumentException broken) {
            throw new UnreadableHistory(file, "not a list of checks", broken);
        }
    }

    /** Deletes what is ours, and the directories when nothing else is in them. */
    void delete() throws IOException {
        for (String file : FILES) {
            Files.deleteIfExists(directory.resolve(file));
            Files.deleteIfExists(directory.resolve(file + NEW));
        }
        deleteIfEmpty(directory);
        Path parent = directory.getParent();
        if (parent != null) {
            deleteIfEmpty(parent);
        }
    }

    private static void deleteIfEmpty(Path folder) throws IOException {
        try (var inside = Files.list(folder)) {
            if (inside.findAny().isPresent()) {
                return;
            }
        }
        Files.deleteIfExists(folder);
    }

    private void write(String name, String text) throws IOException {
        Path fresh = directory.resolve(name + NEW);
        Files.writeString(fresh, text);
        Files.move(fresh, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private interface Writing {
        void run() throws IOException;
    }

    private void keep(Writing writing) {
        try {
            writing.run();
        } catch (IOException unwritable) {
            throw new UncheckedIOException(
                    "the history " + directory + " cannot be written: " + unwritable.getMessage(), unwritable);
        }
    }
}
