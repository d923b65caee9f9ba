package dev.allclear.kafka;

import static dev.allclear.kafka.Scene.started;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
class EventTailTest {
    @RegisterExtension
    static final LocalBroker broker = new LocalBroker();

    private final Scene scene = new Scene(broker.kafka());
    private final List<String> read = new CopyOnWriteArrayList<>();

    @AfterEach
    void cleanUp() {
        scene.close();
    }

    @Test
    void isCaughtUp_whenEverythingThatWasThereWasDelivered() throws Exception {
        scene.publish(started("a", "shop"));
        scene.publishBytes("shop", "poison".getBytes(UTF_8));
        scene.publish(started("b", "crm"));

        EventTail tail = EventTail.fromBeginning(scene.kafka, Set.of(Topic.MIGRATIONS, Topic.RESULTS), this::note);
        Scene.await(tail.caughtUp());

        assertThat(read).containsExactlyInAnyOrder("a", "b");
        scene.publish(started("c", "shop"));
        await().untilAsserted(() -> assertThat(read).contains("c"));
        Scene.await(tail.close());
    }

    @Test
    void leavesOutWhatIsOlder_byTheBrokersClock_whenItReadsFromATime() throws Exception {
        publishAt(5_000, "old");
        Instant published = Instant.now();
        await().until(() -> Instant.now().isAfter(published.plusMillis(5)));
        Instant between = Instant.now();
        publishAt(1_000, "new");

        EventTail tail = EventTail.from(between, scene.kafka, Set.of(Topic.MIGRATIONS), this::note);
        Scene.await(tail.caughtUp());

        assertThat(read).containsExactly("new");
        Scene.await(tail.close());
    }

    @Test
    void goesOn_whenItsListenerFails() throws Exception {
        scene.publish(started("bad", "shop"));
        scene.publish(started("good", "shop"));

        EventTail tail = EventTail.fromBeginning(scene.kafka, Set.of(Topic.MIGRATIONS), event -> {
            if (event.event().run().value().equals("bad")) {
                throw new IllegalStateException("failing as told");
            }
            note(event);
        });
        Scene.await(tail.caughtUp());

        assertThat(read).containsExactly("good");
        Scene.await(tail.close());
    }

    @Test
    void neverShowsWhatATransactionTookBack() throws Exception {
        Map<String, Object> settings = new HashMap<>(ClientSettings.producer(scene.kafka));
        settings.put("transactional.id", scene.kafka.topicPrefix() + "writer");
        try (var writer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            writer.initTransactions();
            writer.beginTransaction();
            writer.send(EventRecords.toRecord(scene.kafka.topicPrefix(), started("aborted", "shop"), "test"))
                    .get(20, TimeUnit.SECONDS);
            writer.abortTransaction();
        }
        scene.publish(started("kept", "shop"));

        EventTail tail = EventTail.fromBeginning(scene.kafka, Set.of(Topic.MIGRATIONS), this::note);
        Scene.await(tail.caughtUp());

        assertThat(read).containsExactly("kept");
        Scene.await(tail.close());
    }

    @Test
    void failsThoseWhoWait_whenItIsClosed() throws Exception {
        EventTail tail = EventTail.fromBeginning(scene.kafka, Set.of(Topic.MIGRATIONS), this::note);
        Scene.await(tail.close());

        assertThatThrownBy(() -> Scene.await(tail.caughtUp())).hasMessageContaining("stopped");
    }

    private void publishAt(long timestamp, String run) throws Exception {
        ProducerRecord<byte[], byte[]> now =
                EventRecords.toRecord(scene.kafka.topicPrefix(), started(run, "shop"), "test");
        scene.publish(new ProducerRecord<>(now.topic(), null, timestamp, now.key(), now.value(), now.headers()));
    }

    private void note(ReceivedEvent event) {
        read.add(event.event().run().value());
    }
}
