package dev.allclear.kafka;

import static dev.allclear.kafka.Scene.started;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.allclear.config.KafkaConfig;
import dev.allclear.embedded.EmbeddedBroker;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class BrokerOutageTest {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    @Test
    void goesOnWhereItWas_afterTheBrokerCameBack_andRestsMeanwhile(@TempDir Path directory) throws Exception {
        Vertx vertx = Vertx.vertx();
        List<String> handled = new CopyOnWriteArrayList<>();
        List<String> tailed = new CopyOnWriteArrayList<>();
        EmbeddedBroker broker = EmbeddedBroker.start(directory);
        int port = broker.port();
        KafkaConfig kafka = new KafkaConfig(Map.of("bootstrap.servers", broker.bootstrapServers()), "test.", 3, 1);
        Scene scene = new Scene(kafka);
        ConsumerLoop loop = new ConsumerLoop(
                kafka,
                "outage",
                Set.of(Topic.MIGRATIONS),
                event -> {
                    handled.add(event.event().run().value());
                    return Future.succeededFuture();
                },
                vertx,
                new SimpleMeterRegistry());
        loop.start();
        EventTail tail = EventTail.fromBeginning(
                kafka,
                Set.of(Topic.MIGRATIONS),
                event -> tailed.add(event.event().run().value()));
        scene.publish(started("before", "shop"));
        await().untilAsserted(() -> assertThat(handled).containsExactly("before"));
        await().untilAsserted(() -> assertThat(loop.isHealthy()).isTrue());

        broker.close();
        long busyBefore = cpuNanos("allclear-consumer-outage");
        await().atMost(Duration.ofSeconds(40)).until(() -> !loop.isHealthy());
        long busy = cpuNanos("allclear-consumer-outage") - busyBefore;
        try (EmbeddedBroker again = EmbeddedBroker.start(directory, port)) {
            assertThat(again.port()).isEqualTo(port);
            scene.publish(started("after", "shop"));

            await().atMost(Duration.ofSeconds(40))
                    .untilAsserted(() -> assertThat(handled).contains("after"));
            await().atMost(Duration.ofSeconds(40))
                    .untilAsserted(() -> assertThat(tailed).containsExactly("before", "after"));
            await().atMost(Duration.ofSeconds(20)).until(loop::isHealthy);
            assertThat(Duration.ofNanos(busy))
                    .as("CPU time of 15 s without a broker")
                    .isLessThan(Duration.ofSeconds(3));
            Scene.await(loop.close());
            Scene.await(tail.close());
            scene.close();
        }
        Scene.await(vertx.close());
    }

    private static long cpuNanos(String thread) {
        return Arrays.stream(THREADS.getThreadInfo(THREADS.getAllThreadIds()))
                .filter(info -> info != null && info.getThreadName().equals(thread))
                .mapToLong(ThreadInfo::getThreadId)
                .map(THREADS::getThreadCpuTime)
                .sum();
    }
}
