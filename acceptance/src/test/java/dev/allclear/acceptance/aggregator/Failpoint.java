package dev.allclear.acceptance.aggregator;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Where an aggregator dies on purpose: its Kafka clients are given interceptors, of which the one that a system property names halts the
 * JVM at its n-th call. Nothing of this is in the program itself.
 */
enum Failpoint {
    /** Records were read, none of them has been looked at. */
    READ,
    /** A verdict is about to be sent. */
    SAYING,
    /** The broker has a verdict, its transaction is open. */
    SAID;

    private static final String PROPERTY = "allclear.failpoint";
    private static final AtomicInteger CALLS = new AtomicInteger();

    /** The flag of a JVM that halts here at the n-th call. */
    String flag(int calls) {
        return "-D" + PROPERTY + "=" + name().toLowerCase(Locale.ROOT) + ":" + calls;
    }

    /** What the configuration's {@code kafka} must have for this to work. */
    static String settings() {
        return "producer.interceptor.classes: " + OfProducer.class.getName() + ", main.consumer.interceptor.classes: "
                + OfConsumer.class.getName();
    }

    private void reached() {
        String[] armed = System.getProperty(PROPERTY, ":").split(":");
        if (armed.length == 2
                && armed[0].equals(name().toLowerCase(Locale.ROOT))
                && CALLS.incrementAndGet() >= Integer.parseInt(armed[1])) {
            Runtime.getRuntime().halt(9);
        }
    }

    /** For the producer of Kafka Streams. */
    public static final class OfProducer implements ProducerInterceptor<byte[], byte[]> {
        @Override
        public ProducerRecord<byte[], byte[]> onSend(ProducerRecord<byte[], byte[]> record) {
            if (record.topic().endsWith("verdicts")) {
                SAYING.reached();
            }
            return record;
        }

        @Override
        public void onAcknowledgement(
                @org.jspecify.annotations.Nullable RecordMetadata metadata,
                @org.jspecify.annotations.Nullable Exception failure) {
            if (metadata != null && failure == null && metadata.topic().endsWith("verdicts")) {
                SAID.reached();
            }
        }

        @Override
        public void close() {}

        @Override
        public void configure(Map<String, ?> settings) {}
    }

    /** For the consumer of Kafka Streams. */
    public static final class OfConsumer implements ConsumerInterceptor<byte[], byte[]> {
        @Override
        public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
            if (!records.isEmpty()) {
                READ.reached();
            }
            return records;
        }

        @Override
        public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {}

        @Override
        public void close() {}

        @Override
        public void configure(Map<String, ?> settings) {}
    }
}
