package dev.allclear.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are rotated, packed or emptied while a run goes on. */
class RotatedFilesTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final String MISSING = " ERROR: relation \"carts\" does not exist\n";

    @TempDir
    Path directory;

    private final SourceReader reader = new SourceReader(new LogClassifier(), new OwnLines(List.of()));

    @Test
    void isIncomplete_whenAPackedFileHasAnErrorWithoutATime() throws IOException {
        Path log = Files.writeString(directory.resolve("app.log"), "served\n");
        List<FileMark> marks = source().marks(NOW);
        pack("app.log.1.gz", "served\nERROR: relation \"carts\" does not exist\n");
        Files.delete(log);
        Files.writeString(log, "served again\n");

        SourceScan scan = reader.after(source(), Optional.of(marks), marks, NOW.minusSeconds(60), NOW);

        assertThat(scan.isComplete()).isFalse();
    }

    @Test
    void isComplete_whenAPackedFileHasLinesWithoutATimeButNoError() throws IOException {
        Path log = Files.writeString(directory.resolve("app.log"), "served\n");
        List<FileMark> marks = source().marks(NOW);
        pack("app.log.1.gz", "served\nserved too\n");
        Files.delete(log);
        Files.writeString(log, "served again\n");

        SourceScan scan = reader.after(source(), Optional.of(marks), marks, NOW.minusSeconds(60), NOW);

        assertThat(scan.isComplete()).isTrue();
    }

    @Test
    void doesNotTakeErrorsOfYesterdayForNew_whenTheirFileIsPackedDuringTheRun() throws IOException {
        Path log = Files.writeString(directory.resolve("app.log"), NOW.minusSeconds(40_000) + MISSING);
        List<FileMark> marks = source().marks(NOW);
        pack("app.log.1.gz", NOW.minusSeconds(40_000) + MISSING);
        Files.delete(log);
        Files.writeString(log, NOW.plusSeconds(30) + " INFO served\n");
        LogWindow window = new LogWindow(
                Optional.of(NOW), NOW, NOW, NOW.plusSeconds(30), Duration.ofSeconds(30), Duration.ofMinutes(30));

        SourceScan scan = reader.after(source(), Optional.of(marks), List.of(), NOW, NOW.plusSeconds(30));
        ErrorTally tally = new ErrorTally(window);
        tally.add(scan);

        assertThat(tally.counts()).filteredOn(count -> count.after() > 0).isEmpty();
    }

    @Test
    void isIncomplete_whenAnotherFileAppearsBesideTheOneThatWasEmptied() throws IOException {
        Path log = Files.writeString(directory.resolve("app.log"), NOW + " INFO quite a long line of old\n");
        List<FileMark> marks = source().marks(NOW);
        Files.writeString(log, NOW + MISSING, StandardOpenOption.APPEND);
        Files.writeString(log, NOW + " INFO new\n");
        Files.writeString(directory.resolve("app.log.worker"), NOW + " INFO a worker, and its own lines\n");

        SourceScan scan = reader.after(source(), Optional.of(marks), marks, NOW.minusSeconds(60), NOW);

        assertThat(scan.isComplete()).isFalse();
    }

    @Test
    void isIncomplete_whenSoMuchWasWrittenThatTheFileWasRotatedAway() throws IOException {
        Path log = Files.writeString(directory.resolve("app.log"), NOW + " INFO old\n");
        List<FileMark> marks = source().marks(NOW);
        Files.writeString(log, NOW + MISSING, StandardOpenOption.APPEND);
        Files.move(log, directory.resolve("kept-by-its-inode"));
        Files.writeString(directory.resolve("app.log.2"), NOW + " INFO third\n");
        Files.writeString(directory.resolve("app.log.1"), NOW + " INFO fourth\n");
        Files.writeString(log, NOW + " INFO fifth\n");
        Files.delete(directory.resolve("kept-by-its-inode"));

        SourceScan scan = reader.after(source(), Optional.of(marks), marks, NOW.minusSeconds(60), NOW);

        assertThat(scan.isComplete()).isFalse();
    }

    @Test
    void isComplete_whenTheRotatedFileWasPacked() throws IOException {
        Path log = Files.writeString(directory.resolve("app.log"), NOW + " INFO old\n");
        List<FileMark> marks = source().marks(NOW);
        pack("app.log.1.gz", NOW + " INFO old\n" + NOW + MISSING);
        Files.writeString(log, "");
        Files.writeString(log, NOW + " INFO new\n");

        SourceScan scan = reader.after(source(), Optional.of(marks), marks, NOW.minusSeconds(60), NOW);

        assertThat(scan.isComplete()).isTrue();
        assertThat(scan.sightings()).hasSize(1);
    }

    @Test
    void mendsTheZoneOfAPackedFileToo() throws IOException {
        Path log = Files.writeString(directory.resolve("app.log"), "2026-03-01 04:59:00 INFO old\n");
        List<FileMark> marks = source().marks(NOW);
        pack("app.log.1.gz", "2026-03-01 04:59:00 INFO old\n2026-03-01 05:00:10" + MISSING);
        Files.setLastModifiedTime(directory.resolve("app.log.1.gz"), FileTime.from(NOW.plusSeconds(10)));
        Files.delete(log);
        Files.writeString(log, "2026-03-01 05:00:20 INFO new\n");

        SourceScan scan = reader.after(source(), Optional.of(marks), marks, NOW, NOW.plusSeconds(30));

        assertThat(scan.sightings()).extracting(Sighting::time).containsExactly(Optional.of(NOW.plusSeconds(10)));
    }

    private void pack(String name, String text) throws IOException {
        try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(directory.resolve(name)))) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
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
