package dev.allclear.kafka;

import dev.allclear.config.KafkaConfig;
import dev.allclear.event.AllclearEvent;
import dev.allclear.event.MigrationDescription;
import dev.allclear.event.MigrationStarted;
import dev.allclear.model.DatabaseName;
import dev.allclear.model.RunId;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Topics of its own on a broker, and what tests do with them from outside. */
final class Scene implements AutoCloseable {
    final KafkaConfig kafka;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Admin admin;

    Scene(KafkaConfig kafka) {
        this.kafka = kafka;
        Topics.ensure(kafka, Duration.ofSeconds(30));
        this.producer = new KafkaProducer<>(
                ClientSettings.producer(kafka), new ByteArraySerializer(), new ByteArraySerializer());
        this.admin = Admin.create(ClientSettings.admin(kafka));
    }

    static MigrationStarted started(String run, String database) {
        return new MigrationStarted(
                new RunId(run), new DatabaseName(database), Instant.EPOCH, MigrationDescription.NOTHING_SAID);
    }

    void publish(AllclearEvent event) throws Exception {
        publish(EventRecords.toRecord(kafka.topicPrefix(), event, "test"));
    }

    void publish(ProducerRecord<byte[], byte[]> record) throws Exception {
        producer.send(record).get(30, TimeUnit.SECONDS);
    }

    /** Says that it is an announcement of a migration, whatever the bytes are. */
    void publishBytes(String key, byte[] value) throws Exception {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                Topic.MIGRATIONS.nameWith(kafka.topicPrefix()), key.getBytes(StandardCharsets.UTF_8), value);
        Map.of(
                        "ce_specversion", "1.0",
                        "ce_id", "1",
                        "ce_source", "stranger",
                        "ce_type", "dev.allclear.migration.started.v1",
                        "content-type", "application/json")
                .forEach((name, text) -> record.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
        producer.send(record).get(30, TimeUnit.SECONDS);
    }

    /** As a client that partitions differently would. */
    void publishTo(int partition, AllclearEvent event) throws Exception {
        ProducerRecord<byte[], byte[]> right = EventRecords.toRecord(kafka.topicPrefix(), event, "test");
        producer.send(new ProducerRecord<>(right.topic(), partition, right.key(), right.value(), right.headers()))
                .get(30, TimeUnit.SECONDS);
    }

    int partitionOf(String database) {
        return Partition.of(new DatabaseName(database), kafka.partitions());
    }

    /** What a group has committed for the partition of a database; -1 for nothing. */
    long committed(String group, String database) throws Exception {
        TopicPartition partition =
                new TopicPartition(Topic.MIGRATIONS.nameWith(kafka.topicPrefix()), partitionOf(database));
        var offsets = admin.listConsumerGroupOffsets(kafka.topicPrefix() + group)
                .partitionsToOffsetAndMetadata()
                .get(30, TimeUnit.SECONDS);
        return offsets.get(partition) == null ? -1 : offsets.get(partition).offset();
    }

    static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
        admin.close(Duration.ofSeconds(5));
    }
}
