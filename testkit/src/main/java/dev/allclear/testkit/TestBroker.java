package dev.allclear.testkit;

import dev.allclear.embedded.EmbeddedBroker;
import java.util.Locale;
import org.testcontainers.kafka.KafkaContainer;

/** The broker of a test JVM, wherever it runs. */
record TestBroker(String bootstrapServers, Runnable stop) implements AutoCloseable {
    static final String IMAGE = "apache/kafka:4.3.1";

    private static final String CHOICE = "allclear.test.broker";

    static TestBroker start() {
        String choice = System.getProperty(
                CHOICE,
                System.getenv().getOrDefault(CHOICE.toUpperCase(Locale.ROOT).replace('.', '_'), ""));
        if (choice.equals("embedded")) {
            return embedded("as asked for");
        }
        String missing = new DockerCommand("docker").whyNot(IMAGE);
        return missing.isEmpty() ? inDocker() : embedded(missing);
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
        try {
            container.start();
        } catch (RuntimeException failed) {
            container.stop();
            return embedded("the container of " + IMAGE + " did not start: " + failed.getMessage());
        }
        String address = container.getBootstrapServers();
        say("Docker, " + IMAGE + " at " + address);
        return new TestBroker(address.replace("PLAINTEXT://", ""), container::stop);
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
