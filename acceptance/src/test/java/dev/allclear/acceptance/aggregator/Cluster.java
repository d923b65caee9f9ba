package dev.allclear.acceptance.aggregator;

import dev.allclear.config.KafkaConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A broker and some aggregators, each in a JVM of its own, over three partitions. */
final class Cluster implements AutoCloseable {
    static final String PREFIX = "crash.";
    private static final String RUNS = " runs; health and metrics at ";

    private final Path folder;
    private final Path config;
    private final int port;
    private final List<String> flags;
    private final Map<Integer, Jvm> aggregators = new TreeMap<>();
    private Jvm broker;

    /**
     * Starts the broker.
     *
     * @param settings what follows {@code kafka} in the aggregators' configuration
     * @param flags of the aggregators' JVMs
     */
    Cluster(Path folder, String settings, String... flags) {
        this.folder = folder;
        this.flags = List.of(flags);
        this.port = freePort();
        this.broker = startBroker();
        this.config = write(folder.resolve("allclear.yaml"), """
                kafka: { bootstrap.servers: "%s", topic-prefix: "%s", partitions: 3, %s }
                %s
                """.formatted(
                        "127.0.0.1:" + port, PREFIX, Failpoint.settings(), settings));
    }

    KafkaConfig kafka() {
        return new KafkaConfig(Map.of("bootstrap.servers", "127.0.0.1:" + port), PREFIX, 3, 1);
    }

    /** Starts an aggregator; does not wait for it. */
    Jvm start(int number, String... more) {
        Jvm jvm = Jvm.start(
                folder,
                "aggregator-" + number,
                Stream.concat(flags.stream(), Stream.of(more)).toList(),
                "dev.allclear.aggregator.AggregatorMain",
                "--config",
                config.toString());
        aggregators.put(number, jvm);
        return jvm;
    }

    /** Waits until an aggregator says that it runs. */
    Jvm awaitRunning(int number) {
        return aggregator(number).awaitWords(RUNS);
    }

    Jvm aggregator(int number) {
        Jvm jvm = aggregators.get(number);
        if (jvm == null) {
            throw new IllegalArgumentException("aggregator " + number + " was never started");
        }
        return jvm;
    }

    /** Starts again whichever of the first {@code count} aggregators is dead. */
    void reviveAll(int count) {
        for (int number = 0; number < count; number++) {
            if (!aggregator(number).isAlive()) {
                start(number);
            }
        }
    }

    /** kill -9 of the broker. */
    void killBroker() {
        broker.kill();
    }

    /** The broker again, on the same directory and port. */
    void restartBroker() {
        broker = startBroker();
    }

    @Override
    public void close() {
        aggregators.values().forEach(Jvm::close);
        broker.close();
    }

    private Jvm startBroker() {
        return Jvm.start(
                        folder,
                        "broker",
                        List.of("-Xmx512m"),
                        BrokerMain.class.getName(),
                        folder.resolve("broker").toString(),
                        Integer.toString(port))
                .awaitWords(BrokerMain.READY);
    }

    private static Path write(Path file, String text) {
        try {
            return Files.writeString(file, text);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException noPort) {
            throw new UncheckedIOException(noPort);
        }
    }
}
