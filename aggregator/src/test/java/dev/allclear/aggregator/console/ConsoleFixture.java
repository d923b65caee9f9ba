package dev.allclear.aggregator.console;

import static org.awaitility.Awaitility.await;

import dev.allclear.aggregator.console.history.RunHistory;
import dev.allclear.config.AllclearConfig;
import dev.allclear.config.ConfigFile;
import dev.allclear.config.KafkaConfig;
import dev.allclear.event.AllclearEvent;
import dev.allclear.kafka.EventPublisher;
import dev.allclear.kafka.Topics;
import dev.allclear.postgres.Databases;
import dev.allclear.service.Parts;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A console against a real broker, and somebody who publishes beside it. */
final class ConsoleFixture implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final EventPublisher publisher;
    private final Console console;

    ConsoleFixture(KafkaConfig kafka, String yaml, RunHistory history) {
        this(kafka, yaml, history, true);
    }

    private ConsoleFixture(KafkaConfig kafka, String yaml, RunHistory history, boolean isThere) {
        if (isThere) {
            Topics.ensure(kafka, Duration.ofSeconds(60));
        }
        AllclearConfig read = ConfigFile.parse(yaml, "test", Map.of("T", "0123456789abcdef"));
        AllclearConfig config = new AllclearConfig(kafka, read.databases(), read.http(), read.root());
        ConsoleSettings settings = ConsoleSettings.read(config);
        config.mistakes().throwIfAny();
        publisher = new EventPublisher(kafka, "test");
        console = Console.start(
                settings,
                new Parts(
                        vertx,
                        Clock.systemUTC(),
                        config,
                        Databases.of(vertx, ConfigFile.parse("", "nothing", Map.of())),
                        new SimpleMeterRegistry()),
                history);
    }

    static ConsoleFixture of(KafkaConfig kafka, String yaml) {
        ConsoleFixture fixture = new ConsoleFixture(kafka, yaml, new RunHistory(1_000, 1 << 20));
        fixture.caughtUp();
        return fixture;
    }

    /** Where there is no broker. */
    static ConsoleFixture unconnected(KafkaConfig kafka, String yaml) {
        return new ConsoleFixture(kafka, yaml, new RunHistory(1_000, 1 << 20), false);
    }

    Console console() {
        return console;
    }

    Web web() {
        return new Web(console.port());
    }

    void caughtUp() {
        await().atMost(Duration.ofSeconds(40)).until(() -> web().get("/health").status() == 200);
    }

    void publish(AllclearEvent event) throws Exception {
        publisher.publish(event).await(30, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws Exception {
        publisher.close();
        console.close().await(30, TimeUnit.SECONDS);
        vertx.close().await(10, TimeUnit.SECONDS);
    }
}
