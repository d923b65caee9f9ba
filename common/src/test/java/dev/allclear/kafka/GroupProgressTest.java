package dev.allclear.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.allclear.config.KafkaConfig;
import dev.allclear.kafka.GroupProgress.Extent;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
class GroupProgressTest {
    @RegisterExtension
    static final LocalBroker broker = new LocalBroker();

    private static final String GROUP = "readers";

    private final KafkaConfig kafka = broker.kafka();
    private final String migrations = Topic.MIGRATIONS.nameWith(kafka.topicPrefix());
    private final String results = Topic.RESULTS.nameWith(kafka.topicPrefix());

    @BeforeEach
    void createTopics() {
        Topics.ensure(kafka, Duration.ofSeconds(30));
    }

    @Test
    void saysHowFarATopicReaches_andHowFarItWasRead() throws Exception {
        produce(results, 1, 5);
        commit(results, 1, 3);

        assertThat(progressOf(1)).containsExactlyInAnyOrder(new Extent(migrations, 0, 0), new Extent(results, 3, 5));
        assertThat(progressOf(0)).containsExactlyInAnyOrder(new Extent(migrations, 0, 0), new Extent(results, 0, 0));
    }

    @Test
    void doesNotCountWhatAnOpenTransactionHides() throws Exception {
        produce(results, 1, 2);
        Map<String, Object> settings = new HashMap<>(ClientSettings.producer(kafka));
        settings.put("transactional.id", "undecided");
        try (KafkaProducer<byte[], byte[]> undecided =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            undecided.initTransactions();
            undecided.beginTransaction();
            undecided.send(new ProducerRecord<>(results, 1, null, new byte[1])).get(20, TimeUnit.SECONDS);

            assertThat(progressOf(1)).contains(new Extent(results, 0, 2));

            undecided.commitTransaction();
        }
        // the coordinator has decided; its markers reach the partitions a little later
        Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(progressOf(1))
                .contains(new Extent(results, 0, 4)));
    }

    @Test
    void failsInTime_whenThereIsNoBroker() {
        KafkaConfig nowhere = new KafkaConfig(Map.of("bootstrap.servers", "127.0.0.1:1"), "", 1, 1);

        try (GroupProgress progress = new GroupProgress(nowhere, GROUP, List.of("results"))) {
            assertThatThrownBy(() -> progress.of(0).toCompletableFuture().get(40, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class);
        }
    }

    private List<Extent> progressOf(int partition) throws Exception {
        try (GroupProgress progress = new GroupProgress(kafka, GROUP, List.of(migrations, results))) {
            return progress.of(partition).toCompletableFuture().get(20, TimeUnit.SECONDS);
        }
    }

    private void produce(String topic, int partition, int records) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                ClientSettings.producer(kafka), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < records; i++) {
                producer.send(new ProducerRecord<>(topic, partition, null, new byte[1]))
                        .get(20, TimeUnit.SECONDS);
            }
        }
    }

    private void commit(String topic, int partition, long offset) {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                ClientSettings.member(kafka, GROUP), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.commitSync(Map.of(new TopicPartition(topic, partition), new OffsetAndMetadata(offset)));
        }
    }
}
