package dev.allclear.kafka;

import dev.allclear.config.KafkaConfig;
import dev.allclear.embedded.EmbeddedBroker;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One broker in the test JVM, and topics of its own for whoever asks. The public twin is in the testkit, which depends on this module. */
final class LocalBroker implements BeforeAllCallback {
    private static final AtomicInteger PREFIXES = new AtomicInteger();

    private String bootstrapServers = "";

    @Override
    public void beforeAll(ExtensionContext context) {
        bootstrapServers = context.getRoot()
                .getStore(ExtensionContext.Namespace.create(LocalBroker.class))
                .getOrComputeIfAbsent(EmbeddedBroker.class, key -> EmbeddedBroker.start(), EmbeddedBroker.class)
                .bootstrapServers();
    }

    /** With a prefix nobody else has. */
    KafkaConfig kafka() {
        String prefix = "test" + PREFIXES.incrementAndGet() + ".";
        return new KafkaConfig(Map.of("bootstrap.servers", bootstrapServers), prefix, 3, 1);
    }
}
