package dev.allclear.aggregator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.allclear.event.AlertFiring;
import dev.allclear.event.AllclearEvent;
import dev.allclear.event.CheckCompleted;
import dev.allclear.event.VerdictReached;
import dev.allclear.kafka.EventPublisher;
import dev.allclear.kafka.EventTail;
import dev.allclear.kafka.Topic;
import dev.allclear.model.CheckName;
import dev.allclear.model.Decision;
import dev.allclear.model.Outcome;
import dev.allclear.testkit.BrokerExtension;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The aggregator as a process of its own, killed as by {@code kill -9}. */
class AggregatorCrashTest {
    @RegisterExtension
    static final BrokerExtension broker = new BrokerExtension();

    private final List<AllclearEvent> said = new CopyOnWriteArrayList<>();
    private @TempDir Path directory;

    @Test
    void saysOneVerdictAndOneAlert_thoughItIsKilledBetweenTheEventsAndTheAnswers() throws IOException {
        EventTail tail = EventTail.fromBeginning(
                broker.kafka(), Set.of(Topic.VERDICTS, Topic.ALERTS), received -> said.add(received.event()));
        Process first = startProcess();
        Process second = first;
        try (EventPublisher publisher = new EventPublisher(broker.kafka(), "test")) {
            publish(publisher, Samples.completed("warm-up"));
            publish(publisher, answer("warm-up", Outcome.PASSED));
            await().atMost(Duration.ofSeconds(30)).until(() -> !said.isEmpty());
            publish(publisher, Samples.completed("killed", Optional.empty(), "13"));

            first.destroyForcibly().onExit().join();
            second = startProcess();
            publish(publisher, answer("killed", Outcome.FAILED));

            await().atMost(Duration.ofSeconds(40))
                    .until(() -> !of("killed", AlertFiring.class).isEmpty());
            done(tail.caughtUp());
        } finally {
            first.destroyForcibly();
            second.destroyForcibly().onExit().join();
            done(tail.close());
        }

        assertThat(of("killed", AlertFiring.class)).hasSize(1);
        assertThat(of("killed", VerdictReached.class)).singleElement().satisfies(event -> {
            assertThat(event.verdict().decision()).isEqualTo(Decision.FAIL);
            assertThat(event.verdict().isFinal()).isTrue();
        });
    }

    private <T extends AllclearEvent> List<T> of(String run, Class<T> type) {
        return said.stream()
                .filter(event -> event.run().value().equals(run))
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    private Process startProcess() throws IOException {
        Path config = Files.writeString(directory.resolve("allclear.yaml"), """
                kafka: { bootstrap.servers: "%s", topic-prefix: "%s" }
                policy: { required: [status] }
                """.formatted(
                broker.kafka().bootstrapServers().orElseThrow(), broker.kafka().topicPrefix()));
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx256m",
                        "-Djava.io.tmpdir=" + directory,
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.allclear.aggregator.AggregatorMain",
                        "--config",
                        config.toString())
                .inheritIO()
                .start();
    }

    private static AllclearEvent answer(String run, Outcome outcome) {
        return new CheckCompleted(Samples.report(run, CheckName.STATUS, outcome));
    }

    private static void publish(EventPublisher publisher, AllclearEvent event) {
        done(publisher.publish(event));
    }

    private static void done(Future<?> future) {
        await().atMost(Duration.ofSeconds(40)).until(future::isComplete);
        assertThat(future.succeeded()).as("%s", future.cause()).isTrue();
    }
}
