package dev.allclear.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An error that is told at the end of a long line, as Knex does behind the statement. */
class LongLinesTest {
    @TempDir
    Path directory;

    private final LogScan scan = new LogScan(new LogClassifier());

    @ParameterizedTest
    @ValueSource(ints = {10, 3_000, 9_000, 20_000, 100_000, 2_000_000})
    void findsWhatStandsBehindALongStatement(int values) throws IOException {
        Path log = Files.writeString(
                directory.resolve("app.log"), line(values) + "\n2026-03-01T10:00:01.000Z info: served\n");

        List<String> inFile = new ArrayList<>();
        try (FileChannel file = FileChannel.open(log)) {
            scan.read(file, found -> inFile.add(found.error().kind().code()));
        }
        List<String> inStream = new ArrayList<>();
        scan.read(
                new ByteArrayInputStream(Files.readString(log).getBytes(StandardCharsets.UTF_8)),
                found -> inStream.add(found.error().kind().code()));

        assertThat(inFile).containsExactly("undefined-column");
        assertThat(inStream).containsExactly("undefined-column");
    }

    @Test
    void findsItInAStoresLineToo() {
        LogClassifier classifier = new LogClassifier();
        List<String> found = new ArrayList<>();
        StoredLines lines = new StoredLines(1 << 20, Instant.MAX, entry -> classifier
                .classify(entry.record().text())
                .ifPresent(error -> found.add(error.kind().code())));

        lines.add("time", "pod", Instant.EPOCH, 0, line(200_000));
        lines.finish();

        assertThat(found).containsExactly("undefined-column");
    }

    private static String line(int statement) {
        return "2026-03-01T10:00:00.000Z error: insert into \"orders\" (\"id\", \"total\") values "
                + "($1, $2), ".repeat(statement / 10)
                + "($3, $4) - column \"total\" of relation \"orders\" does not exist";
    }
}
