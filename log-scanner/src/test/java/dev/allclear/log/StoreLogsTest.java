package dev.allclear.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreLogsTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final int PAGE = 10;
    private static final String MISSING = "ERROR psycopg2.errors.UndefinedTable: relation \"carts\" does not exist";

    private FakeStore store;
    private Duration timeout = Duration.ofSeconds(60);

    @BeforeEach
    void open() throws IOException {
        store = new FakeStore();
    }

    @AfterEach
    void close() {
        store.close();
    }

    private LogSource source(String kind) {
        HttpStore http = store.http(timeout);
        StoreLogs.Store read = kind.equals("loki")
                ? new Loki(http, "{app=\"shop\"}", PAGE)
                : new Elasticsearch(http, "shop-*", "message", "@timestamp", PAGE);
        return new StoreLogs(kind, read, Duration.ofSeconds(30), false);
    }

    private List<String> texts(LogSource source) throws IOException {
        return read(source).stream().map(entry -> entry.record().text()).toList();
    }

    private List<LogSource.Entry> read(LogSource source) throws IOException {
        List<LogSource.Entry> entries = new ArrayList<>();
        List<FileMark> since =
                List.of(new FileMark("x", "time", NOW.minusSeconds(60).toEpochMilli()));
        LogSource.Reading reading = source.read(Optional.of(since), NOW, 1 << 20, entries::add);
        assertThat(reading.isComplete()).isTrue();
        return entries;
    }

    @ParameterizedTest
    @ValueSource(strings = {"loki", "elasticsearch"})
    void readsEveryLineOnce_whenTimesAreEqualAtPageBorders(String kind) throws IOException {
        List<String> written = new ArrayList<>();
        for (int i = 0; i < 237; i++) {
            // runs of 1 to 19 lines of one moment, across many borders of pages of ten
            Instant time = NOW.minusSeconds(50).plusMillis((long) Math.sqrt(i * 3.0) * 20);
            written.add("line " + i);
            store.add(time, "pod-" + i % 2, "line " + i);
        }

        List<String> texts = texts(source(kind));

        assertThat(texts).containsExactlyInAnyOrderElementsOf(written);
        assertThat(store.asked).hasSizeGreaterThan(15);
    }

    @ParameterizedTest
    @ValueSource(strings = {"loki", "elasticsearch"})
    void growsThePage_whenAMomentHoldsMoreThanOne(String kind) throws IOException {
        for (int i = 0; i < 95; i++) {
            store.add(NOW.minusSeconds(5), "pod", "line " + i);
        }
        store.add(NOW.minusSeconds(1), "pod", "last");

        List<String> texts = texts(source(kind));

        assertThat(texts).hasSize(96).doesNotHaveDuplicates().contains("last");
    }

    @ParameterizedTest
    @ValueSource(strings = {"loki", "elasticsearch"})
    void asksAgain_whenTheStoreIsBusyOrBroken(String kind) throws IOException {
        for (int i = 0; i < 25; i++) {
            store.add(NOW.minusSeconds(30).plusMillis(i), "pod", "line " + i);
        }
        store.failures.addAll(List.of(429, 500, 503));

        List<String> texts = texts(source(kind));

        assertThat(texts).hasSize(25).doesNotHaveDuplicates();
    }

    @Test
    void joinsTheLinesOfOneStream() throws IOException {
        store.add(NOW.minusSeconds(3), "one", "2026-03-01T09:59:57Z ERROR request failed");
        store.add(NOW.minusSeconds(3).plusMillis(1), "two", "2026-03-01T09:59:57Z INFO served");
        store.add(NOW.minusSeconds(3).plusMillis(2), "one", "\tat org.postgresql.core.v3.QueryExecutorImpl");
        store.add(NOW.minusSeconds(3).plusMillis(3), "one", "Caused by: org.postgresql.util.PSQLException: x");

        List<LogSource.Entry> entries = read(source("loki"));

        assertThat(entries).hasSize(2);
        assertThat(entries).anySatisfy(entry -> {
            assertThat(entry.record().text()).contains("request failed", "Caused by");
            assertThat(entry.record().time()).contains(NOW.minusSeconds(3));
        });
    }

    @Test
    void says_whenMoreWasWrittenThanMayBeRead() throws IOException {
        for (int i = 0; i < 500; i++) {
            store.add(NOW.minusSeconds(30).plusMillis(i), "pod", "x".repeat(100));
        }
        List<FileMark> since =
                List.of(new FileMark("x", "time", NOW.minusSeconds(60).toEpochMilli()));

        LogSource.Reading reading = source("loki").read(Optional.of(since), NOW, 5_000, entry -> {});

        assertThat(reading.isComplete()).isFalse();
        assertThat(reading.lines()).isLessThan(100);
    }

    @Test
    void tellsHowOftenAnErrorOccurredBeforeAndAfter() throws IOException {
        store.add(NOW.minusSeconds(300), "pod", MISSING);
        SourceReader reader = new SourceReader(new LogClassifier(), new OwnLines(List.of()));
        LogSource source = source("elasticsearch");

        SourceReader.Before before = reader.before(source, NOW.minusSeconds(1800), NOW, NOW);
        store.add(NOW.plusSeconds(5), "pod", MISSING);
        List<FileMark> completion = source.marks(NOW.plusSeconds(3));
        SourceScan scan = reader.after(source, Optional.of(before.marks()), completion, NOW, NOW.plusSeconds(10));

        assertThat(before.rates()).singleElement().satisfies(rate -> assertThat(rate.count())
                .isEqualTo(1));
        assertThat(scan.sightings()).singleElement().satisfies(sighting -> {
            assertThat(sighting.error().object()).isEqualTo("carts");
            assertThat(sighting.sinceCompletion()).isTrue();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"page", "redirect", "bomb", "endless", "slow", "refused", "broken", "numbers", "busy"})
    void saysWhy_whenTheAnswerIsNoLog(String odd) {
        store.isOdd = true;
        timeout = odd.equals("slow") ? Duration.ofSeconds(2) : timeout;
        store.oddity = exchange -> answer(odd, exchange);
        String expected =
                switch (odd) {
                    case "page" -> "a page for people";
                    case "redirect" -> "redirects are not followed";
                    case "bomb", "endless" -> "more than 16 MB";
                    case "slow" -> "did not finish its answer within 2000 ms";
                    case "refused" -> "refuses the credentials";
                    case "broken" -> "broken JSON";
                    case "numbers" -> "yields numbers";
                    default -> "status 429, 4 times";
                };

        assertThatThrownBy(() -> read(source("loki")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(expected)
                .message()
                .doesNotContain("S3cr3t99");
    }

    @Test
    void saysWhy_whenAnIndexKeepsNoSource() {
        store.isOdd = true;
        store.oddity = exchange -> send(
                exchange,
                200,
                "{\"timed_out\":false,\"_shards\":{\"total\":1,\"failed\":0},\"hits\":{\"hits\":[{\"_index\":\"shop-1\",\"_id\":\"1\",\"sort\":["
                        + NOW.toEpochMilli() + "]}]}}");

        assertThatThrownBy(() -> read(source("elasticsearch")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("without its _source");
    }

    private static void answer(String odd, HttpExchange exchange) throws IOException {
        switch (odd) {
            case "page" -> send(exchange, 200, "<!doctype html><title>Log in</title>");
            case "redirect" -> {
                exchange.getResponseHeaders().add("Location", "http://elsewhere.example/");
                exchange.sendResponseHeaders(302, -1);
            }
            case "bomb" -> {
                ByteArrayOutputStream packed = new ByteArrayOutputStream();
                try (OutputStream out = new GZIPOutputStream(packed)) {
                    out.write("{\"status\":\"".getBytes(StandardCharsets.UTF_8));
                    for (int i = 0; i < 40; i++) {
                        out.write(new byte[1 << 20]);
                    }
                }
                exchange.getResponseHeaders().add("Content-Encoding", "gzip");
                exchange.sendResponseHeaders(200, packed.size());
                exchange.getResponseBody().write(packed.toByteArray());
            }
            case "endless" -> {
                exchange.sendResponseHeaders(200, 0);
                byte[] block = new byte[1 << 20];
                for (int i = 0; i < 100; i++) {
                    exchange.getResponseBody().write(block);
                }
            }
            case "slow" -> {
                exchange.sendResponseHeaders(200, 0);
                for (int i = 0; i < 60; i++) {
                    exchange.getResponseBody().write(' ');
                    exchange.getResponseBody().flush();
                    java.util.concurrent.locks.LockSupport.parkNanos(100_000_000);
                }
            }
            case "refused" -> send(exchange, 401, "{}");
            case "broken" -> send(exchange, 200, "{\"status\": ");
            case "numbers" ->
                send(exchange, 200, "{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":[]}}");
            default -> exchange.sendResponseHeaders(429, -1);
        }
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
