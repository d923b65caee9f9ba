package dev.allclear.acceptance.aggregator;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What happened, written down while it happens, a line for each fact. Any thread may write. */
final class History implements AutoCloseable {
    private final Path file;
    private final BufferedWriter writer;

    History(Path file) {
        this.file = file;
        try {
            this.writer = Files.newBufferedWriter(file);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    Path file() {
        return file;
    }

    synchronized void note(Fact fact) {
        try {
            writer.write(fact.line());
            writer.newLine();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public synchronized void close() {
        try {
            writer.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    static List<Fact> read(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.map(Fact::of).toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
