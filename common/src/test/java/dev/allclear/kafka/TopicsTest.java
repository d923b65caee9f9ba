package dev.allclear.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.allclear.config.InvalidConfiguration;
import dev.allclear.config.KafkaConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
class TopicsTest {
    @RegisterExtension
    static final LocalBroker broker = new LocalBroker();

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final KafkaConfig kafka = broker.kafka();

    @Test
    void createsEveryTopicWithItsSettings_andFindsThemTheNextTime() throws Exception {
        Topics.ensure(kafka, PATIENCE);

        Topics.ensure(kafka, PATIENCE);

        try (Admin admin = Admin.create(ClientSettings.admin(kafka))) {
            for (Topic topic : Topic.values()) {
                String name = topic.nameWith(kafka.topicPrefix());
                ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, name);
                var settings = admin.describeConfigs(List.of(resource))
                        .all()
                        .get(20, TimeUnit.SECONDS)
                        .get(resource);
                topic.settings()
                        .forEach((key, value) -> assertThat(settings.get(key).value())
                                .as("%s %s", name, key)
                                .isEqualTo(value));
                assertThat(admin.describeTopics(List.of(name))
                                .allTopicNames()
                                .get(20, TimeUnit.SECONDS)
                                .get(name)
                                .partitions())
                        .hasSize(3);
            }
        }
    }

    @Test
    void refusesToStart_whenMigrationsAndResultsHaveDifferentPartitionCounts() throws Exception {
        try (Admin admin = Admin.create(ClientSettings.admin(kafka))) {
            NewTopic results =
                    new NewTopic(Topic.RESULTS.nameWith(kafka.topicPrefix()), Optional.of(5), Optional.empty());
            admin.createTopics(List.of(results)).all().get(20, TimeUnit.SECONDS);
        }

        assertThatThrownBy(() -> Topics.ensure(kafka, PATIENCE))
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessageContaining("migrations has 3 partitions")
                .hasMessageContaining("results has 5 partitions");
    }

    @Test
    void refusesToStart_whenThereAreFewerBrokersThanReplicas() {
        KafkaConfig greedy = new KafkaConfig(kafka.client(), kafka.topicPrefix(), 3, 3);

        assertThatThrownBy(() -> Topics.ensure(greedy, PATIENCE))
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessageContaining("kafka.replication: 3");
    }

    @Test
    void saysWhichBrokerDoesNotAnswer_whenTheLimitIsOver() {
        KafkaConfig nowhere = new KafkaConfig(
                Map.of(
                        "bootstrap.servers",
                        "127.0.0.1:1",
                        "default.api.timeout.ms",
                        "300",
                        "request.timeout.ms",
                        "200"),
                kafka.topicPrefix(),
                3,
                1);

        assertThatThrownBy(() -> Topics.ensure(nowhere, Duration.ofSeconds(1)))
                .isInstanceOf(KafkaFailure.class)
                .hasMessageContaining("Kafka at 127.0.0.1:1 did not answer within 1 s");
    }
}
