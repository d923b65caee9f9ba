package dev.allclear.latency;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** A statement kept beside the classes under {@code sql/}. */
final class SqlFile {
    private SqlFile() {}

    static String read(String name) {
        try (InputStream file = SqlFile.class.getResourceAsStream("sql/" + name)) {
            if (file == null) {
                throw new IllegalStateException("sql/" + name + " is missing from this module");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
