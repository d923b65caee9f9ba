package dev.allclear.log;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.stream.Stream;

/** A file's path, or a pattern with {@code *}, {@code ?}, {@code [..]}, {@code {a,b}} for several. */
record FilePattern(String text) {
    private static final int MOST_FILES = 200;
    private static final int DEEPEST = 8;

    /** The regular files that match now, by name. */
    List<Path> files() throws IOException {
        int wild = firstWildcard();
        if (wild < 0) {
            Path file = Path.of(text);
            return Files.isRegularFile(file) ? List.of(file) : List.of();
        }
        int slash = text.lastIndexOf('/', wild);
        Path base = slash < 0 ? Path.of("") : Path.of(text.substring(0, slash + 1));
        if (!Files.isDirectory(base)) {
            throw new IOException("there is no directory " + base);
        }
        String rest = text.substring(slash + 1);
        int depth = rest.contains("**")
                ? DEEPEST
                : 1 + (int) rest.chars().filter(c -> c == '/').count();
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + rest);
        try (Stream<Path> walk = Files.walk(base, depth)) {
            List<Path> files = walk.filter(path -> matcher.matches(base.relativize(path)) && Files.isRegularFile(path))
                    .sorted()
                    .limit(MOST_FILES + 1L)
                    .toList();
            if (files.size() > MOST_FILES) {
                throw new IOException(
                        "more than " + MOST_FILES + " files match " + text + "; a narrower pattern is needed");
            }
            return files;
        } catch (java.io.UncheckedIOException unreadable) {
            throw new IOException("cannot list " + base + ": " + unreadable.getMessage(), unreadable);
        }
    }

    private int firstWildcard() {
        for (int i = 0; i < text.length(); i++) {
            if ("*?[{".indexOf(text.charAt(i)) >= 0) {
                return i;
            }
        }
        return -1;
    }
}
