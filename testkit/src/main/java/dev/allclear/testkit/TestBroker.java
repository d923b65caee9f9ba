package dev.allclear.testkit;

import dev.allclear.embedded.EmbeddedBroker;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.testcontainers.kafka.KafkaContainer;

/** The broker of a test JVM, wherever it runs. */
record TestBroker(String bootstrapServers, Runnable stop) implements AutoCloseable {
    static final String IMAGE = "apache/kafka:4.3.1";
    /** What Testcontainers runs beside every container to clean up after a JVM that died, unless told not to. */
    static final String CLEANER_IMAGE = "testcontainers/ryuk:0.14.0";

    private static final String CHOICE = "allclear.test.broker";
    /** From the request to a broker that answers, once the images are there. */
    private static final Duration START_LIMIT = Duration.ofSeconds(75);

    static TestBroker start() {
        Map<String, String> environment = System.getenv();
        String choice = System.getProperty(
                CHOICE, environment.getOrDefault(CHOICE.toUpperCase(Locale.ROOT).replace('.', '_'), ""));
        if (choice.equals("embedded")) {
            return embedded("as asked for");
        }
        String missing = new DockerCommand("docker").whyNot(images(environment));
        return missing.isEmpty() ? inDocker() : embedded(missing);
    }

    /** The images that have to be there before Testcontainers is asked; where one is missing it retries for minutes. */
    static List<String> images(Map<String, String> environment) {
        boolean withoutCleaner = Boolean.parseBoolean(environment.get("TESTCONTAINERS_RYUK_DISABLED"));
        return withoutCleaner ? List.of(IMAGE) : List.of(IMAGE, CLEANER_IMAGE);
    }

    @Override
    public void close() {
        stop.run();
    }

    private static TestBroker inDocker() {
        KafkaContainer container = new KafkaContainer(IMAGE)
                .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
                .withEnv("KAFKA_OFFSETS_TOPIC_NUM_PARTITIONS", "1")
                .withEnv("KAFKA_TRANSACTION_STATE_LOG_NUM_PARTITIONS", "1");
        String failure = failureOf(container::start, container::stop, START_LIMIT);
        if (!failure.isEmpty()) {
            return embedded("the container of " + IMAGE + " did not start: " + failure);
        }
        String address = container.getBootstrapServers();
        say("Docker, " + IMAGE + " at " + address);
        return new TestBroker(address.replace("PLAINTEXT://", ""), container::stop);
    }

    /** Why {@code start} failed, or nothing. Gives up when the limit has passed; what starts after that is stopped at once. */
    static String failureOf(Runnable start, Runnable stop, Duration limit) {
        CompletableFuture<Void> started = new CompletableFuture<>();
        Thread starter = new Thread(
                () -> {
                    try {
                        start.run();
                        started.complete(null);
                    } catch (Throwable failed) {
                        started.completeExceptionally(failed);
                    }
                },
                "test-broker-start");
        starter.setDaemon(true);
        starter.start();
        try {
            started.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return "";
        } catch (ExecutionException failed) {
            stop.run();
            return String.valueOf(
                    Optional.ofNullable(failed.getCause()).orElse(failed).getMessage());
        } catch (TimeoutException late) {
            var unused = started.whenComplete((done, failed) -> stop.run());
            return "no answer within " + limit.toSeconds() + " s";
        } catch (InterruptedException interrupted) {
            var unused = started.whenComplete((done, failed) -> stop.run());
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }

    private static TestBroker embedded(String why) {
        EmbeddedBroker broker = EmbeddedBroker.start();
        say("embedded (" + why + ")");
        return new TestBroker(broker.bootstrapServers(), broker::close);
    }

    private static void say(String what) {
        System.out.println("broker for tests: " + what);
    }
}
