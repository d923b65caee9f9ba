package dev.allclear.status;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The check's statements, each a file that opens with the question it answers and the lock it takes. */
final class Sql {
    private Sql() {}

    static String text(String name) {
        try (InputStream file = Sql.class.getResourceAsStream("sql/" + name + ".sql")) {
            if (file == null) {
                throw new IllegalArgumentException("no statement " + name);
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
