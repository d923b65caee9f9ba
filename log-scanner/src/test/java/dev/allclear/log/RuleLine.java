package dev.allclear.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A line of our own that the rules must or must not match, as {@code stacks.txt} explains.
 *
 * @param group the heading it stands under
 * @param code of the error, or empty where it is none
 * @param object that the error names, or empty
 */
record RuleLine(String group, String code, String object, String text) {
    boolean isError() {
        return !code.isEmpty();
    }

    /** Those of all files. */
    static List<RuleLine> all() {
        List<RuleLine> lines = new ArrayList<>();
        read(directory().resolve("stacks.txt"), lines);
        read(directory().resolve("more-stacks.txt"), lines);
        try (Stream<Path> files = Files.list(directory().resolve("rules"))) {
            files.filter(file -> file.toString().endsWith(".txt")).sorted().forEach(file -> read(file, lines));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        return lines;
    }

    private static Path directory() {
        try {
            return Path.of(Objects.requireNonNull(RuleLine.class.getResource("stacks.txt"))
                            .toURI())
                    .resolveSibling("");
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static void read(Path file, List<RuleLine> into) {
        String group = "";
        try {
            for (String line : Files.readAllLines(file)) {
                if (line.startsWith("## ")) {
                    group = line.substring(3);
                } else if (line.startsWith("+ ") || line.startsWith("- ")) {
                    into.add(of(group, line));
                } else if (!line.isBlank() && !line.startsWith("#")) {
                    throw new IllegalArgumentException(file + ": cannot read: " + line);
                }
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static RuleLine of(String group, String line) {
        if (line.startsWith("- ")) {
            return new RuleLine(group, "", "", unescaped(line.substring(2)));
        }
        int bar = line.indexOf(" | ");
        String[] expected = line.substring(2, bar).split(" ", 2);
        String object = expected[1].equals("-") ? "" : expected[1];
        return new RuleLine(group, expected[0], object, unescaped(line.substring(bar + 3)));
    }

    private static String unescaped(String text) {
        return text.replace("\\u001b", "\u001b")
                .replace("\\n", "\n")
                .replace("\\t", "\t")
                .replace("\\\\", "\\");
    }
}
