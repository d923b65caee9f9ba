package dev.allclear.log;

import static dev.allclear.testkit.ReportAssert.assertThat;

import dev.allclear.model.CheckReport;
import dev.allclear.testkit.BrokerExtension;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An application whose clock, or whose log store's idea of its time zone, is wrong. */
class LogClocksTest {
    @RegisterExtension
    static final BrokerExtension broker = new BrokerExtension();

    private static final Clock CLOCK = Clock.systemUTC();
    private static final String MISSING = "ERROR psycopg2.errors.UndefinedColumn: column orders.total does not exist";

    @TempDir
    Path directory;

    private final Vertx vertx = Vertx.vertx();
    private final ScannerRun runs = new ScannerRun(vertx, Duration.ofSeconds(2));

    @AfterEach
    void close() throws Exception {
        vertx.close().await(10, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @CsvSource({"loki,unproven", "loki,ok", "elasticsearch,unproven", "elasticsearch,ok"})
    void isUnproven_whenTheStoreTakesLocalTimesForUtc(String kind, String silence) throws IOException {
        try (FakeStore store = new FakeStore()) {
            Duration zone = Duration.ofHours(2);
            Instant now = CLOCK.instant();
            for (int tenth = -50; tenth < 100; tenth++) {
                store.add(now.plusMillis(tenth * 100L), "pod", "INFO served two hours ago");
                store.add(now.plusMillis(tenth * 100L).plus(zone), "pod", "INFO served");
            }

            CheckReport report = runs.verify(
                    source(store, kind, silence),
                    () -> {},
                    Duration.ZERO,
                    () -> store.add(CLOCK.instant().plus(zone), "pod", MISSING));

            assertThat(report).inconclusive().withFinding("logs.source-behind");
        }
    }

    @Test
    void isUnproven_whenTheClockOfATopicsProducerIsAhead_andItFallsSilent() throws Exception {
        String topic = "app-logs-" + System.nanoTime();
        try (Admin admin =
                Admin.create(new HashMap<String, Object>(broker.kafka().client()))) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
        }
        String source = "- kafka: { topic: " + topic + ", bootstrap.servers: \""
                + broker.kafka().bootstrapServers().orElseThrow() + "\" }\n";

        CheckReport report = runs.verify(
                source,
                () -> send(topic, CLOCK.instant().plusSeconds(3600), "INFO served /orders"),
                Duration.ZERO,
                () -> {});

        assertThat(report).inconclusive().withFinding("logs.source-behind");
    }

    @ParameterizedTest
    @ValueSource(ints = {90, 600})
    void hearsOfAnErrorWhoseClockIsSlow_whereSilenceIsHealth(int slow) throws IOException {
        Path log = Files.createFile(directory.resolve("errors.log"));

        CheckReport report = runs.verify(
                "- file: " + log + "\n  silence: ok\n",
                () -> {},
                Duration.ZERO,
                () -> append(log, CLOCK.instant().minusSeconds(slow) + " " + MISSING));

        assertThat(report).failed().withFinding("logs.undefined-column");
    }

    @Test
    void isUnproven_whenErrorsWithoutATimeStoodThereBeforeALateEndWasHeardOf() throws Exception {
        Path log = Files.writeString(directory.resolve("app.log"), "served\n" + MISSING + "\n");
        long writing = vertx.setPeriodic(50, timer -> append(log, "served"));

        CheckReport late = runs.afterwards("- file: " + log + "\n", Duration.ofMinutes(-3), () -> {});
        CheckReport prompt = runs.afterwards("- file: " + log + "\n", Duration.ZERO, () -> {});
        vertx.cancelTimer(writing);

        assertThat(late).inconclusive().withFinding("logs.no-baseline");
        assertThat(prompt).passed();
    }

    private static void append(Path log, String line) {
        try {
            Files.writeString(log, line + "\n", StandardOpenOption.APPEND);
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        }
    }

    private static String source(FakeStore store, String kind, String silence) {
        return (kind.equals("loki")
                        ? "- loki: { url: \"" + store.url() + "\", query: '{app=\"shop\"}' }\n"
                        : "- elasticsearch: { url: \"" + store.url() + "\", index: shop-1 }\n")
                + "  silence: " + silence + "\n";
    }

    private static void send(String topic, Instant time, String text) {
        Map<String, Object> settings = new HashMap<>(broker.kafka().client());
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(
                    topic, null, time.toEpochMilli(), null, text.getBytes(StandardCharsets.UTF_8)));
        }
    }
}
