package dev.allclear.aggregator.stream;

import dev.allclear.config.KafkaConfig;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/**
 * How Kafka Streams is set. Exactly once; a verdict is visible as soon as a transaction takes, since {@link Intake} asks for a commit
 * when it has decided something, and a backlog is committed in larger pieces; another instance takes over within about
 * ten seconds of a crash; topics as large as a report may be.
 */
public final class StreamsSettings {
    private static final int LARGEST_RECORD = 8 << 20;

    private StreamsSettings() {}

    /** The properties for {@code new KafkaStreams}; what the configuration says about the client is kept, what exactly-once rests on is not negotiable. */
    public static Properties of(KafkaConfig kafka, Path stateDirectory) {
        Properties properties = new Properties();
        properties.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, kafka.replication());
        properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 500);
        properties.put(StreamsConfig.POLL_MS_CONFIG, 20);
        properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 1);
        // where there is a second instance, it follows along and need not read the memory first when it takes over
        properties.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, 1);
        properties.put(StreamsConfig.STATE_DIR_CONFIG, stateDirectory.toString());
        properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), 10_000);
        properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), 3_000);
        properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG), 10_000);
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), LARGEST_RECORD);
        // a commit does not wait for it
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 20);
        properties.putAll(kafka.client());
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, group(kafka));
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        return properties;
    }

    /** The consumer group that all instances share. */
    public static String group(KafkaConfig kafka) {
        return kafka.topicPrefix() + "aggregator";
    }
}
