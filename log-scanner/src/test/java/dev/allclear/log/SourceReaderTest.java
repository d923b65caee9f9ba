package dev.allclear.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.allclear.codec.Json;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceReaderTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final String MISSING = " ERROR psycopg2.errors.UndefinedTable: relation \"carts\" does not exist\n";

    @TempDir
    Path directory;

    private final SourceReader reader = new SourceReader(new LogClassifier(), new OwnLines(List.of()));

    @Test
    void isQuickOnManyShortLinesAndOneLongOne() throws IOException {
        Path log = directory.resolve("app.log");
        try (BufferedWriter out = Files.newBufferedWriter(log)) {
            for (int i = 0; i < 1_000_000; i++) {
                out.write("2026-03-01 09:59:59.123 INFO served /orders/17 in 12 ms\n");
            }
            out.write("ERROR: relation ".repeat(65_536) + "\n");
            out.write(NOW + MISSING);
        }
        long begun = System.nanoTime();

        SourceScan scan = reader.after(source(), Optional.of(List.of()), List.of(), NOW.minusSeconds(60), NOW);

        assertThat(scan.lines()).isEqualTo(1_000_002);
        assertThat(scan.sightings())
                .extracting(sighting -> sighting.error().object())
                .contains("carts");
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    void countsOnlyTheWindowBefore() throws IOException {
        Files.writeString(
                directory.resolve("app.log"), NOW.minusSeconds(7200) + MISSING + NOW.minusSeconds(600) + MISSING);

        SourceReader.Before before = reader.before(source(), NOW.minusSeconds(1800), NOW, NOW);

        assertThat(before.rates())
                .singleElement()
                .extracting(LogBaseline.Rate::count)
                .isEqualTo(1L);
        assertThat(before.oldest()).contains(NOW.minusSeconds(1800));
        assertThat(before.recent().perSecond())
                .hasSize(RecentErrors.MOST_SECONDS)
                .containsOnly(0L);
    }

    @Test
    void remembersTheSecondsJustBefore() throws IOException {
        Files.writeString(
                directory.resolve("app.log"),
                NOW.minusSeconds(121) + MISSING + NOW.minusSeconds(120) + MISSING + NOW.minusMillis(1) + MISSING);

        SourceReader.Before before = reader.before(source(), NOW.minusSeconds(1800), NOW, NOW.plusSeconds(1));

        assertThat(before.recent().perSecond()).startsWith(1L, 0L).endsWith(0L, 1L);
        assertThat(before.recent().perSecond()).filteredOn(count -> count > 0).containsExactly(1L, 1L);
    }

    @Test
    void readsARotatedFileThatWasPacked() throws IOException {
        Files.writeString(directory.resolve("app.log"), NOW + " INFO new\n");
        try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(directory.resolve("app.log.1.gz")))) {
            out.write((NOW + MISSING).getBytes(StandardCharsets.UTF_8));
        }

        SourceScan scan = reader.after(source(), Optional.of(List.of()), List.of(), NOW.minusSeconds(60), NOW);

        assertThat(scan.sightings()).hasSize(1);
    }

    @Test
    void isUnreadable_whenARotatedFileIsPackedAsItCannotUnpack_andPassesOverOneFromBefore() throws IOException {
        Files.writeString(directory.resolve("app.log"), NOW + " INFO new\n");
        Files.write(directory.resolve("app.log.1"), new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 4});

        assertThatThrownBy(() -> reader.after(source(), Optional.of(List.of()), List.of(), NOW.minusSeconds(60), NOW))
                .hasMessageContaining("app.log.1 is packed with zstd: unpack it first");
        assertThat(reader.before(source(), NOW.minusSeconds(1800), NOW, NOW).marks())
                .hasSize(2);
    }

    @Test
    void isUnreadable_whenTheLogIsNotInUtf8() throws IOException {
        Files.writeString(directory.resolve("app.log"), "\ufeff" + NOW + MISSING, StandardCharsets.UTF_16LE);

        assertThatThrownBy(() -> reader.after(source(), Optional.empty(), List.of(), NOW.minusSeconds(60), NOW))
                .hasMessageContaining("app.log is UTF-16: make it UTF-8 first");
    }

    @Test
    void isIncomplete_whenWhatWasWrittenWentWithTheRotatedFile() throws IOException {
        Path log = directory.resolve("app.log");
        Files.writeString(log, NOW + " INFO old\n");
        List<FileMark> marks = source().marks(NOW);
        Files.writeString(log, NOW + MISSING, StandardOpenOption.APPEND);
        Files.move(log, directory.resolve("moved"));
        Files.writeString(log, NOW + " INFO new\n");
        Files.delete(directory.resolve("moved"));

        SourceScan scan = reader.after(source(), Optional.of(marks), marks, NOW.minusSeconds(60), NOW);

        assertThat(scan.isComplete()).isFalse();
    }

    @Test
    void isIncomplete_whenTheFileWasCutShort() throws IOException {
        Path log = directory.resolve("app.log");
        Files.writeString(log, NOW + " INFO quite a long line of old\n");
        List<FileMark> marks = source().marks(NOW);
        Files.writeString(log, NOW + MISSING, StandardOpenOption.APPEND);
        Files.writeString(log, NOW + " INFO new\n");

        SourceScan scan = reader.after(source(), Optional.of(marks), marks, NOW.minusSeconds(60), NOW);

        assertThat(scan.isComplete()).isFalse();
    }

    @Test
    void isComplete_whenTheRotatedFileIsReadUnderAnotherName() throws IOException {
        Path log = directory.resolve("app.log");
        Path oldest = Files.writeString(directory.resolve("app.log.2"), NOW + " INFO very old\n");
        Files.setLastModifiedTime(oldest, java.nio.file.attribute.FileTime.from(NOW.minusSeconds(3600)));
        Files.writeString(log, NOW + " INFO quite a long line of old\n");
        List<FileMark> marks = source().marks(NOW);
        Files.writeString(log, NOW + MISSING, StandardOpenOption.APPEND);
        Files.copy(log, directory.resolve("app.log.1"));
        Files.delete(oldest);
        Files.writeString(log, NOW + " INFO new\n");

        SourceScan scan = reader.after(source(), Optional.of(marks), marks, NOW.minusSeconds(60), NOW);

        assertThat(scan.isComplete()).isTrue();
        assertThat(scan.sightings()).hasSize(1);
    }

    @Test
    void isComplete_whenRotationDeletesTheOldestFile() throws IOException {
        Path log = Files.writeString(directory.resolve("app.log"), NOW + " INFO first\n");
        Path last = Files.writeString(directory.resolve("app.log.1"), NOW + " INFO a longer and older line\n");
        List<FileMark> marks = source().marks(NOW);
        Files.delete(last);
        Files.move(log, last);
        Files.writeString(log, NOW + " INFO new\n");

        SourceScan scan = reader.after(source(), Optional.of(marks), marks, NOW.minusSeconds(60), NOW);

        assertThat(scan.isComplete()).isTrue();
    }

    @Test
    void isIncomplete_whenAFileThatWasBeingWrittenIsGone() throws IOException {
        Path busy = Files.writeString(directory.resolve("app.log.busy"), NOW + " INFO served\n");
        Path old = Files.writeString(directory.resolve("app.log.1"), NOW + " INFO a line of old\n");
        Files.setLastModifiedTime(old, java.nio.file.attribute.FileTime.from(NOW.minusSeconds(3600)));
        Path other = Files.writeString(directory.resolve("app.log"), NOW + " INFO served\n");
        List<FileMark> marks = source().marks(NOW);
        Files.delete(old);
        Files.writeString(other, NOW + " INFO served again\n", StandardOpenOption.APPEND);

        SourceScan rotated = reader.after(source(), Optional.of(marks), marks, NOW.minusSeconds(60), NOW);
        Files.writeString(busy, NOW + MISSING, StandardOpenOption.APPEND);
        Files.delete(busy);
        SourceScan lost = reader.after(source(), Optional.of(marks), marks, NOW.minusSeconds(60), NOW);

        assertThat(rotated.isComplete()).isTrue();
        assertThat(lost.isComplete()).isFalse();
    }

    @Test
    void believesTheHeadOfALine_notADateInItsText() throws IOException {
        Path log = directory.resolve("app.log");
        Files.writeString(
                log,
                "Mar  1 09:59:58 web-1 app[7]: from 2019-01-01 00:00:00" + MISSING
                        + "[09:59:59.5] INFO certificate is valid until 2029-01-01 00:00:00 UTC\n");
        Files.setLastModifiedTime(log, java.nio.file.attribute.FileTime.from(NOW));

        SourceScan scan = reader.after(source(), Optional.of(List.of()), List.of(), NOW.minusSeconds(60), NOW);

        assertThat(scan.sightings()).extracting(Sighting::time).containsExactly(Optional.of(NOW.minusSeconds(2)));
        assertThat(scan.newest()).contains(NOW.minusMillis(500));
    }

    @Test
    void setsNoClockByADateOfTheFuture() throws IOException {
        Path log = directory.resolve("app.log");
        Files.writeString(log, NOW.minusSeconds(10) + MISSING + "renewed until 2029-01-01 00:00:00 UTC\n");
        Files.setLastModifiedTime(log, java.nio.file.attribute.FileTime.from(NOW));

        SourceScan scan = reader.after(source(), Optional.of(List.of()), List.of(), NOW.minusSeconds(60), NOW);

        assertThat(scan.sightings()).extracting(Sighting::time).containsExactly(Optional.of(NOW.minusSeconds(10)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"  valid until 2029-01-01 00:00:00 UTC", "renewed until 2029-01-01 00:00:00 UTC"})
    void isNotUpToDateByADateOfTheFuture(String line) throws IOException {
        Path log = directory.resolve("app.log");
        Files.writeString(
                log,
                NOW.minusSeconds(600) + " INFO certificate\n" + line + "\n" + NOW.minusSeconds(599) + " INFO served\n");
        Files.setLastModifiedTime(log, java.nio.file.attribute.FileTime.from(NOW.minusSeconds(599)));

        SourceScan scan = reader.after(source(), Optional.of(List.of()), List.of(), NOW.minusSeconds(900), NOW);

        assertThat(scan.newest()).contains(NOW.minusSeconds(599));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"level\":50,\"time\":1772359198000,\"msg\":\"of 2019-01-01 00:00:00: SQL\"}",
                "{\"msg\":\"of 2019-01-01 00:00:00: SQL\",\"@timestamp\":\"2026-03-01T09:59:58Z\"}"
            })
    void believesTheTimeOfAJsonLine_notADateInItsText(String line) throws IOException {
        Path log = directory.resolve("app.log");
        Files.writeString(log, line.replace("SQL", MISSING.strip().replace("\"", "\\\"")) + "\n");
        Files.setLastModifiedTime(log, java.nio.file.attribute.FileTime.from(NOW));

        SourceScan scan = reader.after(source(), Optional.of(List.of()), List.of(), NOW.minusSeconds(60), NOW);

        assertThat(scan.sightings()).extracting(Sighting::time).containsExactly(Optional.of(NOW.minusSeconds(2)));
    }

    @Test
    void doesNotReadSomeOfTooManyFiles() throws IOException {
        for (int i = 0; i < 201; i++) {
            Files.writeString(directory.resolve("app.log." + i), NOW + MISSING);
        }

        assertThatThrownBy(() -> reader.after(source(), Optional.of(List.of()), List.of(), NOW.minusSeconds(60), NOW))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("more than 200 files");
    }

    @Test
    void readsTimesOfAnotherZone() throws IOException {
        Path log = directory.resolve("app.log");
        Files.writeString(log, "2026-03-01 14:59:58 INFO begin\n2026-03-01 14:59:59" + MISSING);
        Files.setLastModifiedTime(log, java.nio.file.attribute.FileTime.from(NOW));

        SourceScan scan = reader.after(source(), Optional.of(List.of()), List.of(), NOW.minusSeconds(60), NOW);

        assertThat(scan.newest()).contains(NOW.minusSeconds(1));
    }

    @Test
    void readsOnFromTheMark() throws IOException {
        Path log = directory.resolve("app.log");
        Files.writeString(log, NOW + MISSING);
        List<FileMark> marks = source().marks(NOW);
        Files.writeString(log, NOW + " INFO x\n", StandardOpenOption.APPEND);

        SourceScan scan = reader.after(source(), Optional.of(marks), marks, NOW.minusSeconds(60), NOW);

        assertThat(scan.lines()).isEqualTo(1);
        assertThat(scan.sightings()).isEmpty();
    }

    @Test
    void keepsItsBaselineThroughJson() {
        LogBaseline baseline = new LogBaseline(
                NOW,
                NOW.plusSeconds(1),
                Duration.ofMinutes(30),
                Map.of("*.log", List.of(new FileMark("app.log", "(dev=1,ino=2)", 5_000_000_000L))),
                List.of(new LogBaseline.Rate(
                        new DatabaseError(ErrorKind.UNIQUE_VIOLATION, Optional.empty(), "carts_key", "duplicate key"),
                        7)),
                new RecentErrors(List.of(0L, 3L)));

        LogBaseline read = LogBaseline.of(Json.parse(Json.write(baseline.content())));

        assertThat(read).isEqualTo(baseline);
    }

    private FileLogs source() {
        return new FileLogs(
                new FilePattern(directory + "/app.log*"),
                Duration.ofSeconds(30),
                false,
                ZoneOffset.UTC,
                reader.classifier().search());
    }
}
