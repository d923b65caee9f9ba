package dev.allclear.acceptance.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Files stay small enough to be read. */
final class SourceSizeTest {
    private static final int LONGEST = 300;
    private static final int MEDIAN = 60;

    private final Map<Path, Integer> sizes =
            productionSources(Path.of("").toAbsolutePath().getParent());

    @Test
    void noProductionFileIsLongerThanThreeHundredLines() {
        List<Path> tooLong = sizes.entrySet().stream()
                .filter(file -> file.getValue() > LONGEST)
                .map(Map.Entry::getKey)
                .toList();

        assertThat(tooLong).isEmpty();
    }

    @Test
    void theMedianFileFitsOnAScreen() {
        List<Integer> sorted = sizes.values().stream().sorted().toList();

        assertThat(sorted.get(sorted.size() / 2)).isLessThanOrEqualTo(MEDIAN);
    }

    private static Map<Path, Integer> productionSources(Path root) {
        try (Stream<Path> files = Files.walk(root)) {
            Map<Path, Integer> sizes = new TreeMap<>();
            files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> root.relativize(file).toString().matches("[a-z-]+/src/main/.*"))
                    .forEach(file -> sizes.put(root.relativize(file), lines(file)));
            assertThat(sizes).hasSizeGreaterThan(100);
            return sizes;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static int lines(Path file) {
        try {
            return Files.readAllLines(file).size();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
