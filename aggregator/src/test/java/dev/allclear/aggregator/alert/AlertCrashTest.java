package dev.allclear.aggregator.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.allclear.aggregator.alert.FakeTarget.Manner;
import dev.allclear.codec.EventJson;
import dev.allclear.kafka.EventPublisher;
import dev.allclear.kafka.Topics;
import dev.allclear.testkit.BrokerExtension;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The senders in the aggregator's own process, killed twice as by {@code kill -9} while a target behaves badly. */
class AlertCrashTest {
    @RegisterExtension
    static final BrokerExtension broker = new BrokerExtension();

    private @TempDir Path directory;

    @Test
    void missesNoAlertAndRepeatsOneACrashAtMost_thoughItIsKilledTwice() throws IOException {
        Topics.ensure(broker.kafka(), Duration.ofSeconds(60));
        List<String> runs =
                IntStream.rangeClosed(1, 12).mapToObj(i -> "run-" + i).toList();
        try (FakeTarget bad = FakeTarget.start();
                FakeTarget dead = FakeTarget.start().always(Manner.HANG);
                EventPublisher publisher = new EventPublisher(broker.kafka(), "test")) {
            runs.forEach(run -> done(publisher.publish(AlertSamples.firing(run))));
            bad.then(Manner.ACCEPT, Manner.FAIL_500, Manner.ACCEPT, Manner.CLOSE_HALF_WAY, Manner.ACCEPT)
                    .always(Manner.HANG);

            Process first = startProcess(bad, dead);
            await().atMost(Duration.ofSeconds(60)).until(() -> bad.attempts().size() >= 6);
            first.destroyForcibly().onExit().join();
            bad.then(Manner.BUSY_429, Manner.ACCEPT, Manner.ACCEPT, Manner.FAIL_500)
                    .always(Manner.HANG);
            Process second = startProcess(bad, dead);
            await().atMost(Duration.ofSeconds(60)).until(() -> bad.attempts().size() >= 11);
            second.destroyForcibly().onExit().join();
            bad.always(Manner.ACCEPT);
            Process third = startProcess(bad, dead);
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> new HashSet<>(FakeTarget.values(bad.accepted(), "subject")).containsAll(runs));
            third.destroyForcibly().onExit().join();

            List<String> ids = FakeTarget.values(bad.accepted(), "id");
            assertThat(ids).hasSizeBetween(runs.size(), runs.size() + 2);
            assertThat(new HashSet<>(ids))
                    .containsExactlyInAnyOrderElementsOf(runs.stream()
                            .map(run -> EventJson.idOf(AlertSamples.firing(run)))
                            .toList());
            assertThat(dead.attempts()).isNotEmpty();
        }
    }

    private Process startProcess(FakeTarget bad, FakeTarget dead) throws IOException {
        Path config = Files.writeString(directory.resolve("allclear.yaml"), """
                kafka: { bootstrap.servers: "%s", topic-prefix: "%s", session.timeout.ms: 6000 }
                policy: { required: [status] }
                alerts:
                  - webhook: { url: "%s/hook", timeout: 2s, name: bad }
                  - webhook: { url: "%s/hook", timeout: 2s, name: dead }
                """.formatted(
                broker.kafka().bootstrapServers().orElseThrow(), broker.kafka().topicPrefix(), bad.url(), dead.url()));
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

    private static void done(Future<?> future) {
        await().atMost(Duration.ofSeconds(40)).until(future::isComplete);
        assertThat(future.succeeded()).as("%s", future.cause()).isTrue();
    }
}
