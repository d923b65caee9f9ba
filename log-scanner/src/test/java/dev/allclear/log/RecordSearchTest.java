package dev.allclear.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordSearchTest {
    @TempDir
    Path directory;

    private final LogScan scan = new LogScan(new LogClassifier());

    @Test
    void findsWhatReadingEveryLineFinds() throws IOException {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        List<String> errors = errors();
        StringBuilder log = new StringBuilder();
        while (log.length() < 6_000_000) {
            log.append("2026-03-01T10:00:00.000Z INFO served /orders/")
                    .append("x".repeat(random.nextInt(120)))
                    .append('\n');
            if (random.nextInt(40) == 0) {
                log.append("2026-03-01T10:00:00.000Z ERROR request failed: ")
                        .append(errors.get(random.nextInt(errors.size())))
                        .append('\n');
            }
        }

        List<LogScan.Found> searched = searched(log.toString());

        assertThat(searched).as("seed %s", seed).isNotEmpty().isEqualTo(streamed(log.toString()));
    }

    @Test
    void findsEveryErrorOfEveryRule() throws IOException {
        List<String> missed = new ArrayList<>();

        for (RuleLine line : RuleLine.all()) {
            if (line.isError()
                    && searched("2026-03-01T10:00:00.000Z " + line.text() + "\n")
                            .isEmpty()) {
                missed.add(line.text());
            }
        }

        assertThat(missed).isEmpty();
    }

    @Test
    void tellsTheLineWhereTheRecordBegins() throws IOException {
        String trace =
                "2026-03-01T10:00:00.000Z ERROR request failed\n" + "\tat shop.Orders.list(Orders.java:7)\n".repeat(100)
                        + "Caused by: org.postgresql.util.PSQLException: ERROR: column orders.total does not exist\n\tat more\n";
        String log = "2026-03-01T10:00:00.000Z INFO fine\n".repeat(40_000)
                + trace
                + "2026-03-01T10:00:00.000Z INFO fine\n".repeat(40_000)
                + trace;

        List<LogScan.Found> found = searched(log);

        assertThat(found).extracting(LogScan.Found::line).containsExactly(40_001L, 80_104L);
    }

    @Test
    void findsAnErrorWhereverABlockEnds() throws IOException {
        String error = "2026-03-01T10:00:00.000Z ERROR pq: relation \"carts\" does not exist\n";
        for (int shift = 0; shift < 200; shift += 7) {
            String log = "x".repeat((1 << 20) - 100 + shift) + "\n" + error
                    + "2026-03-01T10:00:00.000Z INFO fine\n".repeat(2000);

            assertThat(searched(log)).as("shift %s", shift).hasSize(1);
        }
    }

    @Test
    void findsASecondHalf_whenItsFirstIsMissing() throws IOException {
        List<LogScan.Found> found = searched("2026-03-01T10:00:00.000Z INFO fine\n"
                + "2026-03-01T10:00:00.001Z ERROR o.h.e.j.s.SqlExceptionHelper : ERROR: relation \"carts\" does not exist\n"
                + "2026-03-01T10:00:00.002Z INFO fine\n");

        assertThat(found).extracting(LogScan.Found::line).containsExactly(2L);
    }

    @Test
    void readsRecordsWithoutTimesAndWithoutEnd() throws IOException {
        List<LogScan.Found> found = searched("started\npq: relation \"carts\" does not exist");

        assertThat(found).singleElement().satisfies(one -> assertThat(one.line())
                .isEqualTo(2));
    }

    @Test
    void spendsLittleOnHostileLines() throws IOException {
        LogClassifier classifier = new LogClassifier();
        List<String> lines = List.of(
                "ERROR: column ".repeat(70_000),
                "a".repeat(1_000_000) + " does not exist",
                ("Caused by: org.postgresql.util.PSQLException: ERROR: relation \"" + "x".repeat(90)).repeat(6_000),
                "does not exist violates unique constraint null value in column permission denied for ".repeat(10_000),
                String.join(" ", errors()).repeat(20),
                "\\\"\\\\".repeat(250_000) + "SQLSTATE[42P01]");
        for (int warm = 0; warm < 30; warm++) {
            lines.forEach(classifier::classify);
        }

        for (String line : lines) {
            long best = Long.MAX_VALUE;
            for (int i = 0; i < 7; i++) {
                long begun = System.nanoTime();
                classifier.classify(line);
                best = Math.min(best, System.nanoTime() - begun);
            }

            // ten on a quiet machine
            assertThat(Duration.ofNanos(best)).as(line.substring(0, 40)).isLessThan(Duration.ofMillis(50));
        }
    }

    private List<LogScan.Found> searched(String log) throws IOException {
        Path file = directory.resolve("app.log");
        Files.writeString(file, log);
        List<LogScan.Found> found = new ArrayList<>();
        try (FileChannel channel = FileChannel.open(file)) {
            scan.read(channel, found::add);
        }
        return found;
    }

    private List<LogScan.Found> streamed(String log) throws IOException {
        List<LogScan.Found> found = new ArrayList<>();
        scan.read(new ByteArrayInputStream(log.getBytes(StandardCharsets.UTF_8)), found::add);
        return found;
    }

    /** The errors that stand on one line. */
    private static List<String> errors() {
        return RuleLine.all().stream()
                .filter(line -> line.isError() && !line.text().contains("\n"))
                .map(RuleLine::text)
                .toList();
    }
}
