package dev.allclear.acceptance.aggregator;

import dev.allclear.config.KafkaConfig;
import dev.allclear.event.AlertFiring;
import dev.allclear.event.AlertResolved;
import dev.allclear.event.VerdictReached;
import dev.allclear.kafka.Decoded;
import dev.allclear.kafka.EventRecords;
import dev.allclear.kafka.Topic;
import dev.allclear.model.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A {@code read_committed} reader without a group: sees verdicts, alerts and dead letters as anybody downstream would. */
final class Observer implements AutoCloseable {
    private final KafkaConfig kafka;
    private final Consumer<Fact> notes;
    private final Set<String> decided = ConcurrentHashMap.newKeySet();
    private final Thread thread;
    private volatile boolean closing;

    /** Begins to read everything there is and follows it. */
    Observer(KafkaConfig kafka, Consumer<Fact> notes) {
        this.kafka = kafka;
        this.notes = notes;
        this.thread = new Thread(this::follow, "observer");
        thread.setDaemon(true);
        thread.start();
    }

    /** The runs on which a final verdict was seen. */
    Set<String> decided() {
        return decided;
    }

    @Override
    public void close() {
        closing = true;
        try {
            thread.join(20_000);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void follow() {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(kafka)) {
            List<TopicPartition> partitions = partitions();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (!closing) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> see(record, System.currentTimeMillis()));
            }
        }
    }

    private void see(ConsumerRecord<byte[], byte[]> record, long now) {
        String place = placeOf(record);
        if (record.topic().endsWith(Topic.DEAD_LETTERS.label())) {
            String value = record.value() == null ? "" : new String(record.value(), StandardCharsets.UTF_8);
            notes.accept(new Fact.DeadSeen(value.split(" ")[0], kindOf(record), now, place));
        } else if (EventRecords.decode(record.headers(), record.value()) instanceof Decoded.Event decoded) {
            if (decoded.event() instanceof VerdictReached reached) {
                Verdict verdict = reached.verdict();
                notes.accept(new Fact.VerdictSeen(
                        verdict.run().value(),
                        verdict.revision(),
                        verdict.decision().name(),
                        verdict.isFinal(),
                        verdict.decidedAt().toEpochMilli(),
                        now,
                        place,
                        java.util.UUID.nameUUIDFromBytes(record.value()).toString()));
                if (verdict.isFinal()) {
                    decided.add(verdict.run().value());
                }
            } else if (decoded.event() instanceof AlertFiring firing) {
                notes.accept(new Fact.AlertSeen(
                        firing.alert().alertId(), firing.run().value(), true, now, place));
            } else if (decoded.event() instanceof AlertResolved resolved) {
                notes.accept(new Fact.AlertSeen(
                        resolved.alert().alertId(), resolved.run().value(), false, now, place));
            }
        }
    }

    /** Every place that is there now, by a reader that comes when all is over. */
    static List<Fact.Reread> reread(KafkaConfig kafka) {
        List<Fact.Reread> places = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(kafka)) {
            List<TopicPartition> partitions = partitions();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> places.add(new Fact.Reread(placeOf(record))));
            }
        }
        return places;
    }

    private static String placeOf(ConsumerRecord<byte[], byte[]> record) {
        return record.topic() + "-" + record.partition() + "@" + record.offset();
    }

    private static String kindOf(ConsumerRecord<byte[], byte[]> record) {
        return Optional.ofNullable(record.headers().lastHeader("allclear-dead-letter-kind"))
                .map(Header::value)
                .map(value -> new String(value, StandardCharsets.UTF_8))
                .orElse("");
    }

    static List<TopicPartition> partitions() {
        List<TopicPartition> partitions = new ArrayList<>();
        for (Topic topic : List.of(Topic.VERDICTS, Topic.ALERTS, Topic.DEAD_LETTERS)) {
            for (int partition = 0; partition < 3; partition++) {
                partitions.add(new TopicPartition(topic.nameWith(Cluster.PREFIX), partition));
            }
        }
        return partitions;
    }

    static KafkaConsumer<byte[], byte[]> consumer(KafkaConfig kafka) {
        return consumer(kafka, "no-group");
    }

    static KafkaConsumer<byte[], byte[]> consumer(KafkaConfig kafka, String group) {
        return new KafkaConsumer<>(
                Map.of(
                        "group.id",
                        group,
                        "auto.offset.reset",
                        "earliest",
                        "bootstrap.servers",
                        kafka.bootstrapServers().orElseThrow(),
                        "isolation.level",
                        "read_committed",
                        "enable.auto.commit",
                        false,
                        "fetch.max.wait.ms",
                        20,
                        "default.api.timeout.ms",
                        60_000,
                        "reconnect.backoff.max.ms",
                        500),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }
}
