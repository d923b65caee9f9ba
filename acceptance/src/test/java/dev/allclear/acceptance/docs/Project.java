package dev.allclear.acceptance.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The project's own files, without what builds and runs leave behind. */
public final class Project {
    /** The top level, whether this runs there or in the module. */
    public static final Path ROOT = root(Path.of("").toAbsolutePath());

    private Project() {}

    private static Path root(Path here) {
        Path above = here.getParent();
        return above == null || Files.exists(here.resolve("allclear-bench")) ? here : above;
    }

    /** Files whose path from the root matches, in order. */
    public static List<Path> files(String pattern) {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> {
                        String path = ROOT.relativize(file).toString();
                        return path.matches(pattern)
                                && !path.matches("(.*/)?(target|node_modules|\\.git|\\.allclear|allclear-report)/.*");
                    })
                    .sorted()
                    .toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** What is written in the file. */
    public static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
