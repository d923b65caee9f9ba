package dev.allclear.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordJoinerTest {
    private static final Instant REFERENCE = Instant.parse("2026-03-01T12:00:00Z");

    @Test
    void joinsAStackTraceToItsFirstLine() throws IOException {
        List<LogRecord> records = records(
                "2026-03-01T10:00:00Z ERROR request failed\njava.lang.RuntimeException: x\n\tat a.b.C(D.java:1)\nCaused by: y\n2026-03-01T10:00:01Z INFO next\n");

        assertThat(records).hasSize(2);
        assertThat(records.get(0).text()).endsWith("Caused by: y");
        assertThat(records.get(1).position()).isEqualTo(105);
    }

    @Test
    void joinsTheServersDetailAndStatement() throws IOException {
        List<LogRecord> records = records("2026-03-01 10:00:00 UTC [7] ERROR:  column o.total does not exist\n"
                + "2026-03-01 10:00:00 UTC [7] STATEMENT:  select o.total from orders o\n"
                + "2026-03-01 10:00:00 UTC [7] LOG:  next\n");

        assertThat(records).hasSize(2);
        assertThat(records.get(0).text()).contains("STATEMENT");
    }

    @Test
    void keepsLinesApart_whenNoneHasATime() throws IOException {
        List<LogRecord> records = records("first\nerror: second\n    at third\nfourth\n");

        assertThat(records)
                .extracting(LogRecord::text)
                .containsExactly("first", "error: second\n    at third", "fourth");
        assertThat(records).extracting(LogRecord::time).containsOnly(Optional.empty());
    }

    @Test
    void survivesBytesThatAreNoText_andLinesWithoutEnd() throws IOException {
        byte[] bytes = new byte[3_000_000];
        bytes[0] = (byte) 0xff;
        List<LogRecord> records = new ArrayList<>();
        RecordJoiner joiner = new RecordJoiner(new Timestamps(ZoneOffset.UTC, REFERENCE), records::add);

        new LineReader(new ByteArrayInputStream(bytes), 0).readAll(joiner::line);
        joiner.flush();

        assertThat(records).singleElement().satisfies(record -> assertThat(record.text())
                .hasSizeLessThan(20_000));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2026-03-01T10:00:00.5Z INFO x | 2026-03-01T10:00:00.5Z",
                "2026-03-01 10:00:00,500 INFO x | 2026-03-01T09:00:00.5Z",
                "2026/03/01 10:00:00 x | 2026-03-01T09:00:00Z",
                "2026-03-01 10:00:00.123 UTC [7] LOG:  x | 2026-03-01T10:00:00.123Z",
                "2026-03-01T10:00:00+02:00 x | 2026-03-01T08:00:00Z",
                "E, [2026-03-01T10:00:00.000001 #7] ERROR -- : x | 2026-03-01T09:00:00.000001Z",
                "[2026-03-01 10:00:00] production.ERROR: x | 2026-03-01T09:00:00Z",
                "Mar  1 10:00:00 host app[7]: x | 2026-03-01T09:00:00Z",
                "Dec 31 23:00:00 host app[7]: x | 2025-12-31T22:00:00Z",
                "10:00:00.000 [error] x | 2026-03-01T09:00:00Z",
                "10.0.0.9 - - [01/Mar/2026:10:00:00 +0000] \"GET / HTTP/1.1\" 200 | 2026-03-01T10:00:00Z",
                "{\"level\":50,\"time\":1772359200123,\"msg\":\"x\"} | 2026-03-01T10:00:00.123Z",
                "{\"level\":\"error\",\"ts\":1772359200.5,\"msg\":\"x\"} | 2026-03-01T10:00:00.5Z",
                "{\"@timestamp\":\"2026-03-01T10:00:00Z\"} | 2026-03-01T10:00:00Z",
            })
    void readsTimesInManyForms(String line, Instant expected) {
        assertThat(new Timestamps(ZoneId.of("Europe/Berlin"), REFERENCE).in(line))
                .contains(expected);
    }

    @ParameterizedTest
    @CsvSource({"no time", "2026-13-45 10:00:00 x", "fe80::1:22:33 up", "took 12:34", "''"})
    void findsNoTime_whereThereIsNone(String line) {
        assertThat(new Timestamps(ZoneOffset.UTC, REFERENCE).in(line)).isEmpty();
    }

    private static List<LogRecord> records(String text) throws IOException {
        List<LogRecord> records = new ArrayList<>();
        RecordJoiner joiner = new RecordJoiner(new Timestamps(ZoneOffset.UTC, REFERENCE), records::add);
        new LineReader(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), 0).readAll(joiner::line);
        joiner.flush();
        return records;
    }
}
