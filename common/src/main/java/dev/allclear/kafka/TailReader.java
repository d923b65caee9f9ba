package dev.allclear.kafka;

import dev.allclear.config.KafkaConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A tail's consumer. Positions outlive it, so that a new one goes on where a broken one was. For one thread. */
final class TailReader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventTail.class);
    private static final Duration POLL = Duration.ofMillis(50);

    private final Map<String, Topic> topics;
    private final Map<TopicPartition, Long> positions;
    private final Consumer<ReceivedEvent> listener;
    private final KafkaConsumer<byte[], byte[]> consumer;

    /** @param positions where to read next; filled here when empty, and kept up to date */
    TailReader(
            KafkaConfig config,
            Map<String, Topic> topics,
            Optional<Instant> from,
            Map<TopicPartition, Long> positions,
            Consumer<ReceivedEvent> listener) {
        this.topics = topics;
        this.positions = positions;
        this.listener = listener;
        this.consumer = new KafkaConsumer<>(
                ClientSettings.reader(config), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        try {
            if (positions.isEmpty()) {
                positions.putAll(beginning(from));
            }
            consumer.assign(positions.keySet());
            positions.forEach(consumer::seek);
        } catch (RuntimeException failure) {
            consumer.close();
            throw failure;
        }
    }

    /** Hands over what has come, waiting a moment for it. */
    void turn() {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
            deliver(record);
            positions.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
        }
    }

    /** What must be read to have read all that is there now. */
    Map<TopicPartition, Long> ends() {
        return consumer.endOffsets(positions.keySet());
    }

    boolean hasReached(Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    @Override
    public void close() {
        consumer.close();
    }

    /** The ends are asked for first: what is published in between is then read rather than missed. */
    private Map<TopicPartition, Long> beginning(Optional<Instant> from) {
        List<TopicPartition> partitions = new ArrayList<>();
        for (String topic : topics.keySet()) {
            List<PartitionInfo> known = consumer.partitionsFor(topic);
            if (known == null || known.isEmpty()) {
                throw new UnknownTopicOrPartitionException("there is no topic " + topic);
            }
            known.forEach(one -> partitions.add(new TopicPartition(topic, one.partition())));
        }
        if (from.isEmpty()) {
            return consumer.beginningOffsets(partitions);
        }
        Map<TopicPartition, Long> begin = new HashMap<>(consumer.endOffsets(partitions));
        Map<TopicPartition, Long> times = new HashMap<>();
        partitions.forEach(partition -> times.put(partition, from.get().toEpochMilli()));
        for (Map.Entry<TopicPartition, OffsetAndTimestamp> found :
                consumer.offsetsForTimes(times).entrySet()) {
            if (found.getValue() != null) {
                begin.put(found.getKey(), found.getValue().offset());
            }
        }
        return begin;
    }

    private void deliver(ConsumerRecord<byte[], byte[]> record) {
        Topic topic = topics.get(record.topic());
        if (topic == null) {
            return;
        }
        Partition partition = new Partition(topic, record.partition());
        Decoded decoded = ReceivedEvent.decode(record);
        if (decoded instanceof Decoded.Event event) {
            try {
                listener.accept(ReceivedEvent.of(event, partition, record));
            } catch (RuntimeException failure) {
                LOG.error("run {}: a reader of {}@{} failed", event.event().run(), partition, record.offset(), failure);
            }
        } else if (decoded instanceof Decoded.Poison poison) {
            LOG.info("{}@{} is not an event and is skipped: {}", partition, record.offset(), poison.reason());
        }
    }
}
