package dev.allclear.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allclear.event.MigrationDescription;
import dev.allclear.event.MigrationStarted;
import dev.allclear.kafka.EventPublisher;
import dev.allclear.kafka.EventTail;
import dev.allclear.kafka.Topic;
import dev.allclear.kafka.Topics;
import dev.allclear.model.DatabaseName;
import dev.allclear.model.RunId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(120)
class BrokerExtensionTest {
    @RegisterExtension
    static final BrokerExtension broker = new BrokerExtension();

    @RegisterExtension
    static final BrokerExtension another = new BrokerExtension();

    @Test
    void carriesAnEventFromPublisherToReader() throws Exception {
        Topics.ensure(broker.kafka(), Duration.ofSeconds(30));
        MigrationStarted started = new MigrationStarted(
                new RunId("r1"), new DatabaseName("shop"), Instant.EPOCH, MigrationDescription.NOTHING_SAID);
        List<Object> read = new CopyOnWriteArrayList<>();

        try (EventPublisher publisher = new EventPublisher(broker.kafka(), "test")) {
            publisher.publish(started).toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        }
        EventTail tail =
                EventTail.fromBeginning(broker.kafka(), Set.of(Topic.MIGRATIONS), event -> read.add(event.event()));
        tail.caughtUp().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);

        assertThat(read).containsExactly(started);
        tail.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    @Test
    void sharesTheBrokerAndNotTheTopics() {
        assertThat(broker.kafka().bootstrapServers()).isEqualTo(another.kafka().bootstrapServers());
        assertThat(broker.kafka().topicPrefix()).isNotEqualTo(another.kafka().topicPrefix());
    }
}
