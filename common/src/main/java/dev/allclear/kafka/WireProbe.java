package dev.allclear.kafka;

import dev.allclear.config.KafkaConfig;
import dev.allclear.event.EventType;
import dev.allclear.model.DatabaseName;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Records as they lie on the topics, right or wrong, for whoever examines what others write. Reads what comes after it was made.
 * Blocking; for one thread.
 */
public final class WireProbe implements AutoCloseable {
    private static final long SEND_SECONDS = 30;

    private final KafkaConfig config;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final KafkaProducer<byte[], byte[]> producer;

    /** Somebody's record: what it decodes to, and where it lies. The topic has no prefix. */
    public record Seen(String topic, int partition, int partitions, String key, Decoded content, String text) {}

    public WireProbe(KafkaConfig config, Set<Topic> topics) {
        this.config = config;
        this.producer = new KafkaProducer<>(
                ClientSettings.producer(config), new ByteArraySerializer(), new ByteArraySerializer());
        this.consumer = new KafkaConsumer<>(
                ClientSettings.reader(config), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = topics.stream()
                .flatMap(topic -> consumer.partitionsFor(topic.nameWith(config.topicPrefix())).stream())
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
    }

    /** Publishes a text in the database's partition, as bare JSON would be, and waits for the broker. */
    public void send(Topic topic, DatabaseName database, Optional<EventType> type, String text) {
        ProducerRecord<byte[], byte[]> sent = new ProducerRecord<>(
                topic.nameWith(config.topicPrefix()),
                database.value().getBytes(StandardCharsets.UTF_8),
                text.getBytes(StandardCharsets.UTF_8));
        type.ifPresent(named -> {
            sent.headers().add("ce_specversion", bytes("1.0"));
            sent.headers().add("ce_type", bytes(named.wireName()));
            sent.headers().add("ce_source", bytes("allclear-conformance"));
            sent.headers().add("ce_id", bytes(Integer.toHexString(text.hashCode())));
            sent.headers().add("content-type", bytes("application/json"));
        });
        try {
            producer.send(sent).get(SEND_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw KafkaFailure.of(config, "did not take a record: interrupted", interrupted);
        } catch (ExecutionException | TimeoutException failed) {
            throw KafkaFailure.of(config, "did not take a record", failed);
        }
    }

    /** What has come; waits for something at most this long. */
    public List<Seen> take(Duration patience) {
        List<Seen> seen = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> found : consumer.poll(patience)) {
            seen.add(new Seen(
                    found.topic().substring(config.topicPrefix().length()),
                    found.partition(),
                    consumer.partitionsFor(found.topic()).size(),
                    found.key() == null ? "" : new String(found.key(), StandardCharsets.UTF_8),
                    ReceivedEvent.decode(found),
                    found.value() == null ? "" : new String(found.value(), StandardCharsets.UTF_8)));
        }
        return seen;
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
        consumer.close();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
