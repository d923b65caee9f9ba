package dev.allclear.config;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How to reach Kafka, and how topics are named and made.
 *
 * @param client any Kafka client property; empty {@code bootstrap.servers} means standalone
 * @param topicPrefix prefix of every topic name
 */
public record KafkaConfig(Map<String, String> client, String topicPrefix, int partitions, int replication) {
    private static final String VARIABLE_PREFIX = "ALLCLEAR_KAFKA_";

    public KafkaConfig {
        client = Map.copyOf(client);
    }

    static KafkaConfig read(Section section) {
        String prefix = section.string("topic-prefix", "allclear.");
        if (!prefix.matches("[A-Za-z0-9._-]{0,100}")) {
            section.mistake("topic-prefix", "may contain only letters, digits, dots, underscores and dashes");
        }
        int partitions = section.integer("partitions", 3, 1, 10_000);
        int replication = section.integer("replication", 1, 1, 10);
        Map<String, String> client = new LinkedHashMap<>();
        for (String key : section.keys()) {
            if (!key.equals("topic-prefix") && !key.equals("partitions") && !key.equals("replication")) {
                section.string(key).ifPresent(value -> client.put(key, value));
            }
        }
        section.environment().forEach((name, value) -> {
            String key = name.startsWith(VARIABLE_PREFIX) ? propertyOf(name) : "";
            if (key.contains(".") && !key.equals("topic.prefix")) {
                client.put(key, value);
            }
        });
        return new KafkaConfig(client, prefix, partitions, replication);
    }

    /** {@code ALLCLEAR_KAFKA_BOOTSTRAP_SERVERS} is {@code bootstrap.servers}. */
    private static String propertyOf(String variable) {
        return variable.substring(VARIABLE_PREFIX.length())
                .toLowerCase(Locale.ROOT)
                .replace('_', '.');
    }

    public Optional<String> bootstrapServers() {
        return Optional.ofNullable(client.get("bootstrap.servers")).filter(servers -> !servers.isBlank());
    }

    /** The same settings against a broker at another address. */
    public KafkaConfig withBootstrapServers(String servers) {
        Map<String, String> more = new LinkedHashMap<>(client);
        more.put("bootstrap.servers", servers);
        return new KafkaConfig(more, topicPrefix, partitions, replication);
    }

    /** Client properties may hold passwords: only the address is shown. */
    @Override
    public String toString() {
        return "Kafka at " + bootstrapServers().orElse("(standalone)");
    }
}
