package dev.allclear.acceptance.aggregator;

import dev.allclear.embedded.EmbeddedBroker;
import java.nio.file.Path;

/** A broker in a JVM of its own: a directory and a port; ends when it is killed. */
public final class BrokerMain {
    static final String READY = "the broker is ready";

    private BrokerMain() {}

    public static void main(String[] args) throws InterruptedException {
        EmbeddedBroker broker = EmbeddedBroker.start(Path.of(args[0]), Integer.parseInt(args[1]));
        System.out.println(READY + " at " + broker.bootstrapServers());
        Thread.currentThread().join();
    }
}
