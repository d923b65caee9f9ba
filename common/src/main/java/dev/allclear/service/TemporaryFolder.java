package dev.allclear.service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A directory of this process alone, deleted with all that is in it. */
public record TemporaryFolder(Path path) implements AutoCloseable {
    /** Makes one whose name begins so. */
    public static TemporaryFolder create(String prefix) {
        try {
            return new TemporaryFolder(Files.createTempDirectory(prefix));
        } catch (IOException failed) {
            throw new UncheckedIOException(
                    new IOException("no temporary directory can be made: " + failed.getMessage(), failed));
        }
    }

    @Override
    public void close() {
        try (Stream<Path> files = Files.walk(path)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException | UncheckedIOException gone) {
            path.toFile().deleteOnExit();
        }
    }
}
