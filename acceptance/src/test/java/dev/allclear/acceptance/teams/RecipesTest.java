package dev.allclear.acceptance.teams;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.allclear.acceptance.docs.Project;
import dev.allclear.aggregator.alert.AlertSenders;
import dev.allclear.aggregator.alert.AlertSettings;
import dev.allclear.config.AllclearConfig;
import dev.allclear.config.ConfigFile;
import dev.allclear.config.KafkaConfig;
import dev.allclear.event.AlertFiring;
import dev.allclear.event.AlertResolved;
import dev.allclear.event.AllclearEvent;
import dev.allclear.kafka.EventPublisher;
import dev.allclear.kafka.EventRecords;
import dev.allclear.kafka.Topics;
import dev.allclear.model.Alert;
import dev.allclear.model.AlertSeverity;
import dev.allclear.model.DatabaseName;
import dev.allclear.model.RunId;
import dev.allclear.testkit.BrokerExtension;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What {@code docs/recipes.md} promises. */
final class RecipesTest {
    private static final Path PAGE = Project.ROOT.resolve("docs/recipes.md");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @RegisterExtension
    static final BrokerExtension broker = new BrokerExtension();

    @BeforeAll
    static void makeTopics() {
        Topics.ensure(broker.kafka(), PATIENCE);
    }

    @Test
    void thePythonConsumerTellsEachAlertOnce_andNothingThatWasTakenBack() throws Exception {
        Assumptions.assumeTrue(Language.PYTHON.isHere(), "no Python with a Kafka client");
        KafkaConfig kafka = broker.kafka();
        publishAndAbort(kafka, firing("aborted"));
        publish(kafka, firing("kept"), firing("kept"), resolved("kept"), firing("last"));

        try (ForeignProcess consumer = ForeignProcess.start(
                List.of("/usr/bin/python3", "examples/alert-consumer/consumer.py"),
                Project.ROOT,
                kafka,
                Map.of("GROUP", kafka.topicPrefix() + "recipe"))) {
            Awaitility.await().atMost(PATIENCE).until(() -> consumer.output().contains(" last:"));

            assertThat(consumer.output().lines())
                    .containsExactly(
                            "FIRING CRITICAL shop kept: 1 lock is still held",
                            "RESOLVED shop orders-currency",
                            "FIRING CRITICAL shop last: 1 lock is still held");
        }
    }

    @Test
    void theAlertmanagerBlockReachesAReceiver() throws Exception {
        MatchResult block = Pattern.compile("(?s)```yaml\n(alerts:.*?)```")
                .matcher(Project.text(PAGE))
                .results()
                .findFirst()
                .orElseThrow();
        List<String> received = new CopyOnWriteArrayList<>();
        HttpServer receiver = receiver(received);
        String yaml = block.group(1)
                .replace(
                        "http://alertmanager:9093",
                        "http://127.0.0.1:" + receiver.getAddress().getPort());
        AllclearConfig config = ConfigFile.parse(yaml, "recipes.md", Map.of());
        Vertx vertx = Vertx.vertx();
        KafkaConfig kafka =
                new KafkaConfig(broker.kafka().client(), broker.kafka().topicPrefix() + "am.", 3, 1);
        Topics.ensure(kafka, PATIENCE);
        AlertSenders senders = AlertSenders.start(
                AlertSettings.read(config), kafka, vertx, Clock.systemUTC(), new SimpleMeterRegistry());
        config.mistakes().throwIfAny();

        publish(kafka, firing("r1"));
        Awaitility.await().atMost(PATIENCE).until(() -> !received.isEmpty());
        senders.close().await(30, TimeUnit.SECONDS);
        vertx.close().await(10, TimeUnit.SECONDS);
        receiver.stop(0);

        assertThat(received.get(0)).startsWith("/api/v2/alerts [{").contains("\"labels\"", "1 lock is still held");
    }

    private static HttpServer receiver(List<String> received) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            received.add(exchange.getRequestURI() + " " + body);
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        return server;
    }

    static void publish(KafkaConfig kafka, AllclearEvent... events) throws Exception {
        try (EventPublisher publisher = new EventPublisher(kafka, "test")) {
            for (AllclearEvent event : events) {
                publisher.publish(event).await(30, TimeUnit.SECONDS);
            }
        }
    }

    static void publishAndAbort(KafkaConfig kafka, AllclearEvent event) throws Exception {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", kafka.bootstrapServers().orElseThrow(), "transactional.id", "recipes");
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(EventRecords.toRecord(kafka.topicPrefix(), event, "test"))
                    .get(30, TimeUnit.SECONDS);
            producer.abortTransaction();
        }
    }

    static AlertFiring firing(String run) {
        return new AlertFiring(alert(run), Clock.systemUTC().instant());
    }

    static AlertResolved resolved(String run) {
        return new AlertResolved(alert(run), Clock.systemUTC().instant());
    }

    private static Alert alert(String run) {
        return new Alert(
                "id-of-" + run,
                new RunId(run),
                new DatabaseName("shop"),
                "orders-currency",
                AlertSeverity.CRITICAL,
                "shop: action needed",
                "1 lock is still held",
                List.of(),
                Map.of());
    }
}
