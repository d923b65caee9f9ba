package dev.allclear.cli;

import dev.allclear.cli.history.History;
import dev.allclear.cli.history.RunFolder;
import dev.allclear.model.DatabaseName;
import dev.allclear.model.RunId;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where runs are kept that no cluster keeps; shared by the commands that write or read them. */
final class HistoryOptions {
    @Option(
            names = "--history",
            paramLabel = "DIR",
            description = "Where runs without a cluster are kept (default ${DEFAULT-VALUE}).")
    private Path directory = Path.of(".allclear");

    History history() {
        return new History(directory);
    }

    /** The folder of a run that was kept; which database's must be said where several share the name. */
    Optional<RunFolder> find(RunId run, @Nullable String database) {
        List<RunFolder> found = history().find(run).stream()
                .filter(folder -> database == null || folder.database().value().equals(database))
                .toList();
        if (found.size() > 1) {
            throw new UsageError("there is a run " + run + " of each of "
                    + found.stream().map(folder -> folder.database().value()).collect(Collectors.joining(", "))
                    + ": say which with --database");
        }
        return found.stream().findFirst();
    }

    /** What is written aside must not cost the verdict: that it could not be is said, and that is all. */
    static boolean keep(Runnable writing) {
        try {
            writing.run();
            return true;
        } catch (UncheckedIOException unwritable) {
            System.err.println("allclear: " + unwritable.getMessage());
            return false;
        }
    }

    /** Where this run is to be kept: nowhere when a cluster keeps it. Makes room for it. */
    Optional<RunFolder> keeping(RunSetup setup, RunId run) {
        if (setup.hasCluster()) {
            return Optional.empty();
        }
        RunFolder folder = of(run, setup.database());
        return keep(() -> history().makeRoomBeside(folder)) ? Optional.of(folder) : Optional.empty();
    }

    RunFolder of(RunId run, DatabaseName database) {
        return history().of(run, database);
    }
}
