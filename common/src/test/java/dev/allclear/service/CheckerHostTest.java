package dev.allclear.service;

import static dev.allclear.service.ServiceFixture.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.allclear.config.AllclearConfig;
import dev.allclear.config.ConfigFile;
import dev.allclear.embedded.EmbeddedBroker;
import dev.allclear.event.AllclearEvent;
import dev.allclear.event.BaselineCaptured;
import dev.allclear.event.BaselineStatus;
import dev.allclear.event.CheckCompleted;
import dev.allclear.event.MigrationCompleted;
import dev.allclear.event.MigrationDescription;
import dev.allclear.event.MigrationStarted;
import dev.allclear.kafka.EventPublisher;
import dev.allclear.kafka.EventTail;
import dev.allclear.kafka.Topic;
import dev.allclear.model.DatabaseName;
import dev.allclear.model.Outcome;
import dev.allclear.model.RunId;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A checker's process, or most of one, against a real broker. */
class CheckerHostTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final DatabaseName SHOP = new DatabaseName("shop");
    private static EmbeddedBroker broker;

    private final List<AllclearEvent> seen = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedBroker.start();
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @Test
    void answersAcrossARestartAndPastGarbage() throws Exception {
        AllclearConfig config = config("one.");
        FakeChecker first = new FakeChecker();
        ProcessHost host = start(config, first);
        EventTail tail = EventTail.fromBeginning(
                config.kafka(), Set.of(Topic.BASELINES, Topic.RESULTS), received -> seen.add(received.event()));
        EventPublisher publisher = new EventPublisher(config.kafka(), "test");

        await(publisher.publish(started("r1")));
        await().atMost(PATIENCE).until(() -> !seen(BaselineCaptured.class).isEmpty());
        await(host.close());
        FakeChecker second = new FakeChecker();
        host = start(config, second);
        await().atMost(PATIENCE).until(() -> second.calls.contains("resume r1"));
        console("one.migrations", "garbage");
        console("one.migrations", "{\"type\":\"order.created\"}");
        console(
                "one.migrations",
                "{\"type\":\"migration.completed\",\"runId\":\"r1\",\"database\":\"shop\",\"completedAt\":\""
                        + Clock.systemUTC().instant() + "\"}");
        await().atMost(PATIENCE).until(() -> !seen(CheckCompleted.class).isEmpty());
        await(host.close());
        publisher.close();
        await(tail.close());

        assertThat(first.calls).containsExactly("before r1", "forget r1", "close");
        assertThat(second.calls).containsExactly("resume r1", "after r1", "forget r1", "close");
        assertThat(second.baselines.get(1).orElseThrow().content()).containsEntry("rows", 7);
        assertThat(seen(BaselineCaptured.class)).singleElement().satisfies(baseline -> assertThat(baseline.status())
                .isEqualTo(BaselineStatus.CAPTURED));
        assertThat(seen(CheckCompleted.class))
                .singleElement()
                .satisfies(result -> assertThat(result.report().outcome()).isEqualTo(Outcome.PASSED));
    }

    /** What could not be finished within the drain limit is not committed. */
    @Test
    void aCheckThatWasCutOffByAShutdownIsAnsweredByTheNextProcess() {
        AllclearConfig config = config("three.");
        FakeChecker first = new FakeChecker();
        first.after = context -> FakeChecker.never();
        ProcessHost host = start(config, first);
        EventPublisher publisher = new EventPublisher(config.kafka(), "test");
        EventTail tail =
                EventTail.fromBeginning(config.kafka(), Set.of(Topic.RESULTS), received -> seen.add(received.event()));

        await(publisher.publish(started("r3")));
        await(publisher.publish(completed("r3")));
        await().atMost(PATIENCE).until(() -> first.calls.contains("after r3"));
        await(host.close());
        assertThat(seen(CheckCompleted.class)).isEmpty();
        FakeChecker second = new FakeChecker();
        host = start(config, second);
        await().atMost(PATIENCE).until(() -> !seen(CheckCompleted.class).isEmpty());
        await(host.close());
        publisher.close();
        await(tail.close());

        assertThat(first.contexts.get(1).cancellation().isCancelled()).isTrue();
        assertThat(second.calls).containsExactly("resume r3", "after r3", "forget r3", "close");
    }

    @Test
    void aProcessIsReadyAndEndsOnSigterm() throws Exception {
        Process process = process(Map.of(
                "ALLCLEAR_KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers(),
                "ALLCLEAR_KAFKA_TOPIC_PREFIX", "two.",
                "ALLCLEAR_DATABASES_SHOP_URI", "postgresql://checks@127.0.0.1:1/shop"));
        AllclearConfig config = config("two.");
        EventTail tail = null;
        EventPublisher publisher = new EventPublisher(config.kafka(), "test");

        try {
            await().atMost(PATIENCE).ignoreExceptions().until(() -> {
                await(publisher.publish(started("r2")));
                return true;
            });
            tail = EventTail.fromBeginning(
                    config.kafka(), Set.of(Topic.BASELINES), received -> seen.add(received.event()));
            await().atMost(PATIENCE).until(() -> !seen(BaselineCaptured.class).isEmpty());
            process.destroy();

            assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("gone in 30 s").isTrue();
        } finally {
            process.destroyForcibly();
            publisher.close();
            if (tail != null) {
                await(tail.close());
            }
        }
        assertThat(process.exitValue()).isEqualTo(143);
        assertThat(output(process))
                .contains("is closing")
                .contains("has closed")
                .doesNotContain("Config values")
                .doesNotContain("\tat ");
    }

    @Test
    void aWrongConfigurationEndsWithExitCode2AndNoStackTrace() throws Exception {
        Process process = process(Map.of("ALLCLEAR_DATABASES_SHOP_URI", "nonsense"));

        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();

        assertThat(process.exitValue()).isEqualTo(2);
        assertThat(output(process))
                .contains("kafka.bootstrap.servers: is required")
                .contains("databases.shop.uri: must look like")
                .doesNotContain("Exception")
                .doesNotContain("\tat ");
    }

    private static ProcessHost start(AllclearConfig config, FakeChecker checker) {
        return ProcessHost.start(
                config, Clock.systemUTC(), parts -> CheckerHost.start(parts, List.of(new FakeCheckerModule(checker))));
    }

    private static Process process(Map<String, String> environment) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        FakeCheckerMain.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(File.createTempFile("checker", ".log"));
        builder.environment().keySet().removeIf(name -> name.startsWith("ALLCLEAR_"));
        builder.environment().putAll(environment);
        OUTPUT.set(builder.redirectOutput().file());
        return builder.start();
    }

    private static final java.util.concurrent.atomic.AtomicReference<File> OUTPUT =
            new java.util.concurrent.atomic.AtomicReference<>();

    private static String output(Process process) throws Exception {
        return java.nio.file.Files.readString(OUTPUT.get().toPath(), StandardCharsets.UTF_8);
    }

    private static AllclearConfig config(String prefix) {
        return ConfigFile.parse(
                "kafka: { bootstrap.servers: '" + broker.bootstrapServers() + "', topic-prefix: " + prefix
                        + " }\ndatabases: { shop: { uri: 'postgresql://checks@127.0.0.1:1/shop' } }",
                "test",
                Map.of());
    }

    private static MigrationStarted started(String run) {
        return new MigrationStarted(
                new RunId(run), SHOP, Clock.systemUTC().instant(), MigrationDescription.NOTHING_SAID);
    }

    private static MigrationCompleted completed(String run) {
        return new MigrationCompleted(
                new RunId(run),
                SHOP,
                Clock.systemUTC().instant(),
                Optional.of(0),
                Optional.empty(),
                Optional.empty(),
                MigrationDescription.NOTHING_SAID);
    }

    /** What a person with nothing but a console producer sends. */
    private static void console(String topic, String value) throws Exception {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new StringSerializer(),
                new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, "shop", value)).get(20, TimeUnit.SECONDS);
        }
    }

    private <T> List<T> seen(Class<T> type) {
        return seen.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
