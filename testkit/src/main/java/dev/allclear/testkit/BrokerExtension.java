package dev.allclear.testkit;

import dev.allclear.config.KafkaConfig;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A Kafka broker for tests: one for the test JVM, a topic prefix of its own for each test class. It runs in Docker where an engine
 * answers and has the image, else in this process; a line on standard output says which. The system property or environment
 * variable {@code allclear.test.broker} ({@code ALLCLEAR_TEST_BROKER}) set to {@code embedded} asks for the latter.
 */
public final class BrokerExtension implements BeforeAllCallback {
    private static final AtomicInteger CLASSES = new AtomicInteger();

    private final String prefix = "test" + ProcessHandle.current().pid() + "." + CLASSES.incrementAndGet() + ".";
    private String bootstrapServers = "";

    @Override
    public void beforeAll(ExtensionContext context) {
        bootstrapServers = context.getRoot()
                .getStore(ExtensionContext.Namespace.create(BrokerExtension.class))
                .getOrComputeIfAbsent(TestBroker.class, key -> TestBroker.start(), TestBroker.class)
                .bootstrapServers();
    }

    /** How to reach the broker, with this class's topic prefix, three partitions and replication 1. */
    public KafkaConfig kafka() {
        if (bootstrapServers.isEmpty()) {
            throw new IllegalStateException("the broker is there from @BeforeAll on: is the extension a static field?");
        }
        return new KafkaConfig(Map.of("bootstrap.servers", bootstrapServers), prefix, 3, 1);
    }
}
