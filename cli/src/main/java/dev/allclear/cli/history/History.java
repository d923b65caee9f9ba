package dev.allclear.cli.history;

import dev.allclear.model.DatabaseName;
import dev.allclear.model.RunId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The runs kept in a directory. Bounded: beyond a number of runs, or of bytes, those that were written longest ago are deleted, whole,
 * and of them only files that are ours.
 */
public final class History {
    private static final int MOST_RUNS = 200;
    private static final long MOST_BYTES = 256L << 20;

    private final Path directory;
    private final int mostRuns;
    private final long mostBytes;

    /**
     * The runs that are kept in a directory.
     *
     * @param directory such as {@code .allclear}; made when something is kept
     */
    public History(Path directory) {
        this(directory, MOST_RUNS, MOST_BYTES);
    }

    History(Path directory, int mostRuns, long mostBytes) {
        this.directory = directory;
        this.mostRuns = mostRuns;
        this.mostBytes = mostBytes;
    }

    public Path directory() {
        return directory;
    }

    /** Where a run is kept, or would be. Runs of two databases may share a name. */
    public RunFolder of(RunId run, DatabaseName database) {
        return new RunFolder(run, database, runs().resolve(run.value()).resolve(database.value()));
    }

    /** What was kept under this name: one for each database; empty when nothing was. */
    public List<RunFolder> find(RunId run) {
        return children(runs().resolve(run.value())).stream()
                .flatMap(child -> name(child, DatabaseName::new).stream())
                .map(database -> of(run, database))
                .filter(RunFolder::isThere)
                .toList();
    }

    /** Keeps git from taking it in, and makes room: of all runs but this one the oldest go. */
    public void makeRoomBeside(RunFolder kept) {
        try {
            Files.createDirectories(directory);
            Path ignore = directory.resolve(".gitignore");
            if (Files.notExists(ignore)) {
                Files.writeString(ignore, "*\n");
            }
            List<Kept> all = new ArrayList<>();
            for (Path run : children(runs())) {
                for (Path database : children(run)) {
                    Kept.of(run, database).ifPresent(all::add);
                }
            }
            all.removeIf(one -> one.folder().directory().equals(kept.directory()));
            all.sort(Comparator.comparing(Kept::written).reversed());
            long bytes = 0;
            for (int i = 0; i < all.size(); i++) {
                bytes += all.get(i).bytes();
                if (i + 1 >= mostRuns || bytes > mostBytes) {
                    all.get(i).folder().delete();
                }
            }
        } catch (IOException unwritable) {
            throw new UncheckedIOException(
                    "the history " + directory + " cannot be tidied: " + unwritable.getMessage(), unwritable);
        }
    }

    private record Kept(RunFolder folder, FileTime written, long bytes) {
        static Optional<Kept> of(Path run, Path database) throws IOException {
            Optional<RunId> id = name(run, RunId::new);
            Optional<DatabaseName> alias = name(database, DatabaseName::new);
            if (id.isEmpty() || alias.isEmpty()) {
                return Optional.empty();
            }
            long bytes = 0;
            for (Path file : children(database)) {
                bytes += Files.size(file);
            }
            return Optional.of(new Kept(
                    new RunFolder(id.get(), alias.get(), database), Files.getLastModifiedTime(database), bytes));
        }
    }

    private Path runs() {
        return directory.resolve("runs");
    }

    private static List<Path> children(Path folder) {
        try (Stream<Path> children = Files.list(folder)) {
            return children.sorted().toList();
        } catch (NoSuchFileException | NotDirectoryException none) {
            return List.of();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(
                    "the history " + folder + " cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }

    private static <T> Optional<T> name(Path path, Function<String, T> read) {
        try {
            return Optional.of(read.apply(path.getFileName().toString()));
        } catch (IllegalArgumentException foreign) {
            return Optional.empty();
        }
    }
}
