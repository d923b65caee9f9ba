package dev.allclear.kafka;

import dev.allclear.config.KafkaConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads any topic from some offsets to its present end, whatever its messages are: without a group, so that nobody else's reading
 * is touched. Calls block; failures are {@link KafkaFailure}. For one thread; whoever made it closes it.
 */
public final class TopicReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaConfig config;
    private final String topic;
    private final KafkaConsumer<byte[], byte[]> consumer;

    /** Takes messages as they stand in their partitions, and says whether to go on; one without a value comes as an empty one. */
    public interface Sink {
        boolean take(int partition, long offset, Instant time, byte[] value);
    }

    /**
     * Where reading begins and ends.
     *
     * @param lost how many messages are known to have gone before they could be read, by retention or with a topic made anew
     */
    public record Span(Map<Integer, Long> from, Map<Integer, Long> to, long lost) {}

    public TopicReader(KafkaConfig config, String topic) {
        this.config = config;
        this.topic = topic;
        try {
            consumer = new KafkaConsumer<>(
                    ClientSettings.reader(config), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        } catch (KafkaException failure) {
            throw failed(failure);
        }
    }

    /** How far each partition reaches now. */
    public Map<Integer, Long> ends() {
        try {
            return byNumber(consumer.endOffsets(partitions()));
        } catch (KafkaException failure) {
            throw failed(failure);
        }
    }

    /** From the first message of a time or later to the present end. */
    public Span since(Instant time) {
        try {
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions());
            Map<TopicPartition, Long> times = new HashMap<>();
            ends.keySet().forEach(partition -> times.put(partition, time.toEpochMilli()));
            Map<TopicPartition, Long> from = new HashMap<>(ends);
            for (Map.Entry<TopicPartition, OffsetAndTimestamp> found :
                    consumer.offsetsForTimes(times).entrySet()) {
                if (found.getValue() != null) {
                    from.put(found.getKey(), found.getValue().offset());
                }
            }
            return new Span(byNumber(from), byNumber(ends), 0);
        } catch (KafkaException failure) {
            throw failed(failure);
        }
    }

    /** From offsets to the present end; a partition that is not among them is read whole. */
    public Span since(Map<Integer, Long> offsets) {
        try {
            List<TopicPartition> partitions = partitions();
            Map<Integer, Long> ends = byNumber(consumer.endOffsets(partitions));
            Map<Integer, Long> from = new TreeMap<>();
            long lost = 0;
            for (Map.Entry<Integer, Long> first :
                    byNumber(consumer.beginningOffsets(partitions)).entrySet()) {
                long wanted = offsets.getOrDefault(first.getKey(), first.getValue());
                long end = ends.getOrDefault(first.getKey(), first.getValue());
                // a topic that ends before a place where it has been was made anew, or cut back
                boolean isAnew = wanted > end;
                lost += isAnew ? wanted - end : Math.max(0, first.getValue() - wanted);
                from.put(first.getKey(), isAnew ? first.getValue() : Math.max(first.getValue(), wanted));
            }
            return new Span(from, ends, lost);
        } catch (KafkaException failure) {
            throw failed(failure);
        }
    }

    /**
     * Hands over what stands in the span, in the order of each partition.
     *
     * @param sink says whether to go on
     * @return whether all of it was read: false when the sink had enough or the time was up
     */
    public boolean read(Span span, Duration limit, Sink sink) {
        long deadline = System.nanoTime() + limit.toNanos();
        Map<TopicPartition, Long> open = new HashMap<>();
        span.to().forEach((number, end) -> {
            if (span.from().getOrDefault(number, end) < end) {
                open.put(new TopicPartition(topic, number), end);
            }
        });
        try {
            consumer.assign(List.copyOf(open.keySet()));
            open.keySet()
                    .forEach(
                            partition -> consumer.seek(partition, span.from().getOrDefault(partition.partition(), 0L)));
            while (!open.isEmpty()) {
                if (System.nanoTime() > deadline) {
                    return false;
                }
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    if (record.offset() < span.to().getOrDefault(record.partition(), 0L) && !take(record, sink)) {
                        return false;
                    }
                }
                open.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
            }
            return true;
        } catch (KafkaException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void close() {
        consumer.close();
    }

    private static boolean take(ConsumerRecord<byte[], byte[]> record, Sink sink) {
        byte[] value = record.value() == null ? new byte[0] : record.value();
        return sink.take(record.partition(), record.offset(), Instant.ofEpochMilli(record.timestamp()), value);
    }

    private List<TopicPartition> partitions() {
        List<PartitionInfo> known = consumer.partitionsFor(topic);
        if (known == null || known.isEmpty()) {
            throw KafkaFailure.of(config, "has no topic " + topic, null);
        }
        return known.stream()
                .map(one -> new TopicPartition(topic, one.partition()))
                .toList();
    }

    private static Map<Integer, Long> byNumber(Map<TopicPartition, Long> offsets) {
        Map<Integer, Long> out = new TreeMap<>();
        offsets.forEach((partition, offset) -> out.put(partition.partition(), offset));
        return out;
    }

    private KafkaFailure failed(KafkaException failure) {
        return KafkaFailure.of(config, "does not let topic " + topic + " be read", failure);
    }
}
