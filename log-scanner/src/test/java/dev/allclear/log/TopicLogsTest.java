package dev.allclear.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.allclear.testkit.BrokerExtension;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TopicLogsTest {
    @RegisterExtension
    static final BrokerExtension broker = new BrokerExtension();

    @Test
    void readsFromItsMarkToTheEnd_whateverTheForm() throws Exception {
        String topic = topic("app-logs");
        TopicLogs source = source(topic);
        send(topic, "ERROR relation \"old\" does not exist");
        List<FileMark> marks = source.marks(Instant.now());
        send(topic, "pq: relation \"plain\" does not exist");
        send(topic, "{\"level\":\"error\",\"error\":\"pq: relation \\\"json\\\" does not exist\"}");
        send(
                topic,
                "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"timeUnixNano\":\"1772359200000000000\","
                        + "\"severityText\":\"ERROR\",\"body\":{\"stringValue\":\"request failed\"},\"attributes\":["
                        + "{\"key\":\"exception.message\",\"value\":{\"stringValue\":\"ERROR: relation \\\"otlp\\\" does not exist\"}}]}]}]}]}");
        send(topic, "\u0000\u0001 not text");

        List<LogSource.Entry> entries = new ArrayList<>();
        LogSource.Reading reading = source.read(Optional.of(marks), Instant.now(), 1 << 20, entries::add);

        LogClassifier classifier = new LogClassifier();
        assertThat(entries)
                .flatExtracting(entry -> classifier.classify(entry.record().text()).stream()
                        .map(DatabaseError::object)
                        .toList())
                .containsExactlyInAnyOrder("plain", "json", "otlp");
        assertThat(entries)
                .anySatisfy(entry -> assertThat(entry.record().time()).contains(Instant.ofEpochSecond(1_772_359_200L)));
        assertThat(reading.isComplete()).isTrue();
        assertThat(reading.lines()).isEqualTo(4);
    }

    @Test
    void readsTheTimeBefore_withoutAMark() throws Exception {
        String topic = topic("before");
        send(topic, "pq: relation \"carts\" does not exist");

        List<LogSource.Entry> entries = new ArrayList<>();
        source(topic).read(Optional.empty(), Instant.now(), 1 << 20, entries::add);

        assertThat(entries).hasSize(1);
    }

    @Test
    void isIncomplete_whenTheTopicEndsBeforeItsMark() throws Exception {
        String topic = topic("made-anew");
        send(topic, "pq: relation \"carts\" does not exist");
        List<FileMark> marks = List.of(new FileMark(topic, "0", 1000), new FileMark(topic, "1", 1000));

        List<LogSource.Entry> entries = new ArrayList<>();
        LogSource.Reading reading = source(topic).read(Optional.of(marks), Instant.now(), 1 << 20, entries::add);

        assertThat(entries).hasSize(1);
        assertThat(reading.isComplete()).isFalse();
    }

    @Test
    void saysWhy_whenAMessageIsPacked() throws Exception {
        String topic = topic("packed");
        List<FileMark> marks = source(topic).marks(Instant.now());
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write("pq: relation \"carts\" does not exist".getBytes(StandardCharsets.UTF_8));
        }
        send(topic, packed.toByteArray());

        assertThatThrownBy(() -> source(topic).read(Optional.of(marks), Instant.now(), 1 << 20, entry -> {}))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("packed with gzip");
    }

    @Test
    void saysWhy_whenThereIsNoSuchTopic() {
        assertThatThrownBy(() -> source("none").marks(Instant.now()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no topic none");
    }

    private static TopicLogs source(String topic) {
        return new TopicLogs("kafka " + topic, broker.kafka(), topic, Duration.ofSeconds(30), false);
    }

    private static String topic(String name) throws Exception {
        String topic = name + "-" + System.nanoTime();
        try (Admin admin =
                Admin.create(new HashMap<String, Object>(broker.kafka().client()))) {
            admin.createTopics(List.of(new NewTopic(topic, 2, (short) 1))).all().get();
        }
        return topic;
    }

    private static void send(String topic, String text) throws Exception {
        send(topic, text.getBytes(StandardCharsets.UTF_8));
    }

    private static void send(String topic, byte[] value) throws Exception {
        Map<String, Object> settings = new HashMap<>(broker.kafka().client());
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, value)).get();
        }
    }
}
