package dev.allclear.acceptance.aggregator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** How much of its heap a JVM used after each collection, by the log that it writes. */
record GcLog(Path file) {
    private static final Pattern PAUSE =
            Pattern.compile("^\\[([0-9.]+)s\\].*Pause (Young|Full).* (\\d+)M->(\\d+)M\\((\\d+)M\\)");

    /** A collection: seconds since the start, whether of the whole heap, and megabytes used after it. */
    record Collection(double seconds, boolean full, int used) {}

    /** The flag of a JVM that writes it. */
    String flag() {
        return "-Xlog:gc:file=" + file + ":uptime";
    }

    List<Collection> collections() {
        List<Collection> all = new ArrayList<>();
        try (Stream<String> lines = Files.lines(file)) {
            lines.map(PAUSE::matcher)
                    .filter(Matcher::find)
                    .forEach(found -> all.add(new Collection(
                            Double.parseDouble(found.group(1)),
                            found.group(2).equals("Full"),
                            Integer.parseInt(found.group(4)))));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return all;
    }

    /** The least that was used after a collection since then; -1 where there was none. */
    int leastSince(double seconds) {
        return collections().stream()
                .filter(collection -> collection.seconds() >= seconds)
                .mapToInt(Collection::used)
                .min()
                .orElse(-1);
    }

    /** When the last collection was. */
    double last() {
        List<Collection> all = collections();
        return all.isEmpty() ? 0 : all.get(all.size() - 1).seconds();
    }
}
