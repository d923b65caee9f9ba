package dev.allclear.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The finding codes that a folder explains: one page, {@code CODE.md}, for each. */
public final class FindingPages {
    private FindingPages() {}

    /** The codes with this prefix, such as {@code locks} or {@code acme.naming}. */
    public static Set<String> codes(Path folder, String prefix) {
        try (Stream<Path> pages = Files.list(folder)) {
            Set<String> codes = new TreeSet<>();
            pages.map(page -> page.getFileName().toString())
                    .filter(name -> name.startsWith(prefix + ".") && name.endsWith(".md"))
                    .forEach(name -> codes.add(name.substring(0, name.length() - ".md".length())));
            return codes;
        } catch (IOException failed) {
            throw new UncheckedIOException("no pages of findings in " + folder.toAbsolutePath(), failed);
        }
    }
}
