package dev.allclear.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allclear.config.KafkaConfig;
import io.vertx.core.Future;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EventPublisherTest {
    @Test
    void failsWithTheRunAndTheAddress_whenTheBrokerIsAway() {
        KafkaConfig nowhere =
                new KafkaConfig(Map.of("bootstrap.servers", "127.0.0.1:1", "max.block.ms", "500"), "test.", 3, 1);

        try (EventPublisher publisher = new EventPublisher(nowhere, "test")) {
            long asked = System.nanoTime();
            Future<Void> published = publisher.publish(Scene.started("r1", "shop"));
            long blocked = System.nanoTime() - asked;

            Awaitility.await().until(published::isComplete);
            assertThat(published.cause())
                    .isInstanceOf(KafkaFailure.class)
                    .hasMessageContaining("Kafka at 127.0.0.1:1")
                    .hasMessageContaining("run r1");
            assertThat(blocked).as("the caller is not blocked").isLessThan(400_000_000);
        }
    }
}
