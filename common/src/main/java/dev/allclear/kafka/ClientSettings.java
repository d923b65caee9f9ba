package dev.allclear.kafka;

import dev.allclear.config.KafkaConfig;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The properties of our Kafka clients. The configuration's own win over our defaults; what correctness rests on
 * (acknowledgement, isolation, when offsets are committed, partitioning) wins over the configuration.
 */
final class ClientSettings {
    private static final int LARGEST_REQUEST = 9 << 20;

    /** What correctness rests on wherever events are read. */
    private static final Map<String, Object> READING = Map.of(
            "enable.auto.commit",
            false,
            "auto.offset.reset",
            "earliest",
            "isolation.level",
            "read_committed",
            "allow.auto.create.topics",
            false);

    private ClientSettings() {}

    static Map<String, Object> admin(KafkaConfig config) {
        return merge(Map.of("request.timeout.ms", 5_000, "default.api.timeout.ms", 10_000), config, Map.of());
    }

    static Map<String, Object> producer(KafkaConfig config) {
        return merge(
                Map.of(
                        "max.block.ms", 10_000,
                        "request.timeout.ms", 10_000,
                        "delivery.timeout.ms", 30_000,
                        "max.request.size", LARGEST_REQUEST,
                        "linger.ms", 0),
                config,
                Map.of("acks", "all", "enable.idempotence", true, "partitioner.ignore.keys", false));
    }

    /** For a member of a group: new groups begin with what is there, and only we commit. */
    static Map<String, Object> member(KafkaConfig config, String group) {
        return merge(
                Map.of(
                        "session.timeout.ms", 10_000,
                        "heartbeat.interval.ms", 1_000,
                        "max.poll.records", 100,
                        "partition.assignment.strategy", "org.apache.kafka.clients.consumer.CooperativeStickyAssignor",
                        "default.api.timeout.ms", 10_000),
                config,
                merge(READING, Map.of("group.id", group)));
    }

    /** For a reader without a group. */
    static Map<String, Object> reader(KafkaConfig config) {
        return merge(Map.of("default.api.timeout.ms", 10_000), config, READING);
    }

    private static Map<String, Object> merge(
            Map<String, Object> defaults, KafkaConfig config, Map<String, Object> forced) {
        return merge(merge(defaults, config.client()), forced);
    }

    private static Map<String, Object> merge(Map<String, ?> values, Map<String, ?> winners) {
        Map<String, Object> out = new LinkedHashMap<>(values);
        out.putAll(winners);
        return out;
    }
}
