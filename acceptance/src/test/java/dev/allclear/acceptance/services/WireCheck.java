package dev.allclear.acceptance.services;

import dev.allclear.config.KafkaConfig;
import dev.allclear.event.EventType;
import dev.allclear.kafka.Decoded;
import dev.allclear.kafka.EventRecords;
import dev.allclear.kafka.Topic;
import dev.allclear.testkit.EventSchema;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Everything that went over the broker so far, byte by byte as it lies there, held to the published schemas.
 *
 * @param mistakes what is not as they say
 */
public record WireCheck(Set<EventType> seen, List<String> mistakes) {
    /** Reads every topic to its present end. What is no event, such as a test's garbage, is passed over. */
    public static WireCheck of(KafkaConfig kafka) {
        Set<EventType> seen = EnumSet.noneOf(EventType.class);
        List<String> mistakes = new ArrayList<>();
        Map<EventType, EventSchema> schemas = new EnumMap<>(EventType.class);
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", kafka.bootstrapServers().orElseThrow(), "isolation.level", "read_committed");
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = Arrays.stream(Topic.values())
                    .filter(topic -> topic != Topic.DEAD_LETTERS)
                    .flatMap(topic -> consumer.partitionsFor(topic.nameWith(kafka.topicPrefix())).stream())
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<byte[], byte[]> found : consumer.poll(Duration.ofMillis(200))) {
                    typeOf(found).ifPresent(type -> {
                        seen.add(type);
                        String json = new String(found.value(), StandardCharsets.UTF_8);
                        schemas.computeIfAbsent(type, EventSchema::of)
                                .mistakes(json)
                                .forEach(mistake -> mistakes.add(type + ": " + mistake + " in " + json));
                    });
                }
            }
        }
        return new WireCheck(seen, mistakes);
    }

    /** As its header says, else as it is understood: other languages may write plain JSON. */
    private static Optional<EventType> typeOf(ConsumerRecord<byte[], byte[]> found) {
        Header type = found.headers().lastHeader("ce_type");
        if (type != null && found.value() != null) {
            return EventType.ofWireName(new String(type.value(), StandardCharsets.UTF_8));
        }
        return EventRecords.decode(found.headers(), found.value()) instanceof Decoded.Event understood
                ? Optional.of(understood.event().type())
                : Optional.empty();
    }
}
