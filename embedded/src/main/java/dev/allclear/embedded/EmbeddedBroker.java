package dev.allclear.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka broker of one KRaft node in this process, on loopback and free ports. It is a real broker: groups, transactions and
 * Streams work; replication is 1 everywhere. Topics are not created by use. Uses Kafka's server classes, which are no public API.
 */
public final class EmbeddedBroker implements AutoCloseable {
    private final KafkaRaftServer server;
    private final int port;
    private final Path directory;
    private final boolean temporary;
    private boolean closed;

    private EmbeddedBroker(KafkaRaftServer server, int port, Path directory, boolean temporary) {
        this.server = server;
        this.port = port;
        this.directory = directory;
        this.temporary = temporary;
    }

    /** Starts a broker that keeps its data in a temporary directory, deleted on close. */
    public static EmbeddedBroker start() {
        Path directory = temporaryDirectory();
        try {
            return start(directory, true, wanted -> freePort(), Map.of());
        } catch (RuntimeException | Error failed) {
            delete(directory);
            throw failed;
        }
    }

    /** Starts a broker as {@link #start()}, with server properties of its own: one that asks who is there, or refuses. */
    public static EmbeddedBroker with(Map<String, String> properties) {
        Path directory = temporaryDirectory();
        try {
            return start(directory, true, wanted -> freePort(), properties);
        } catch (RuntimeException | Error failed) {
            delete(directory);
            throw failed;
        }
    }

    /** Starts a broker on a directory that outlives it: a later start on the same directory finds the same topics and offsets. */
    public static EmbeddedBroker start(Path directory) {
        return start(directory, false, wanted -> freePort(), Map.of());
    }

    /** Starts a broker where clients expect it, as after a restart. */
    public static EmbeddedBroker start(Path directory, int port) {
        return start(directory, false, wanted -> wanted == 0 ? port : freePort(), Map.of());
    }

    /** @param ports given 0 the clients' port, given 1 the controller's; asked again after somebody else took one of them */
    static EmbeddedBroker start(
            Path directory, boolean temporary, IntUnaryOperator ports, Map<String, String> properties) {
        int port = ports.applyAsInt(0);
        int controllerPort = ports.applyAsInt(1);
        try {
            return startOnce(directory, temporary, port, controllerPort, properties);
        } catch (RuntimeException failed) {
            if (isFree(port) && isFree(controllerPort)) {
                throw failed;
            }
            return startOnce(directory, temporary, ports.applyAsInt(0), ports.applyAsInt(1), properties);
        }
    }

    /** What clients set as {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    /** The port of {@link #bootstrapServers()}. */
    public int port() {
        return port;
    }

    /** Stops the broker and waits until it has stopped, also in a thread that was interrupted, which it stays. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        // the server's own waits would end at once, with stack traces in the log
        boolean interrupted = Thread.interrupted();
        try {
            server.shutdown();
            server.awaitShutdown();
            if (temporary) {
                delete(directory);
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static EmbeddedBroker startOnce(
            Path directory, boolean temporary, int port, int controllerPort, Map<String, String> properties) {
        format(directory);
        surviveFaults();
        Properties settings = settings(directory, port, controllerPort);
        settings.putAll(properties);
        KafkaRaftServer server = new KafkaRaftServer(KafkaConfig.fromProps(settings, false), Time.SYSTEM);
        try {
            server.startup();
        } catch (RuntimeException | Error failed) {
            server.shutdown();
            throw failed;
        }
        return new EmbeddedBroker(server, port, directory, temporary);
    }

    /** Kafka's fault handler ends the process, already when a port is taken; here it only ends the thread that met the fault. */
    private static void surviveFaults() {
        Exit.setExitProcedure(EmbeddedBroker::fail);
        Exit.setHaltProcedure(EmbeddedBroker::fail);
    }

    private static void fail(int status, @Nullable String message) {
        throw new IllegalStateException(
                "the embedded broker failed: " + (message == null ? "status " + status : message));
    }

    private static void format(Path directory) {
        if (Files.exists(directory.resolve("meta.properties"))) {
            return;
        }
        try {
            Files.createDirectories(directory);
            new Formatter()
                    .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                    .setNodeId(1)
                    .setClusterId(Uuid.randomUuid().toString())
                    .setControllerListenerName("CONTROLLER")
                    .setMetadataLogDirectory(directory.toString())
                    .setDirectories(List.of(directory.toString()))
                    .run();
        } catch (Exception failed) {
            throw new IllegalStateException("cannot prepare " + directory + " for a Kafka broker", failed);
        }
    }

    private static Properties settings(Path directory, int port, int controllerPort) {
        Properties settings = new Properties();
        settings.setProperty("process.roles", "broker,controller");
        settings.setProperty("node.id", "1");
        settings.setProperty("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
        settings.setProperty("controller.listener.names", "CONTROLLER");
        settings.setProperty("inter.broker.listener.name", "PLAINTEXT");
        settings.setProperty("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        settings.setProperty(
                "listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
        settings.setProperty("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port);
        settings.setProperty("log.dirs", directory.toString());
        settings.setProperty("auto.create.topics.enable", "false");
        for (String topic : List.of("offsets.topic.", "transaction.state.log.", "share.coordinator.state.topic.")) {
            settings.setProperty(topic + "num.partitions", "1");
            settings.setProperty(topic + "replication.factor", "1");
        }
        settings.setProperty("transaction.state.log.min.isr", "1");
        settings.setProperty("share.coordinator.state.topic.min.isr", "1");
        settings.setProperty("group.initial.rebalance.delay.ms", "0");
        settings.setProperty("log.cleaner.dedupe.buffer.size", "2097152");
        settings.setProperty("log.index.size.max.bytes", "262144");
        settings.setProperty("num.network.threads", "1");
        settings.setProperty("num.io.threads", "2");
        settings.setProperty("background.threads", "2");
        return settings;
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException noPort) {
            throw new UncheckedIOException("no free port for a Kafka broker", noPort);
        }
    }

    private static Path temporaryDirectory() {
        try {
            return Files.createTempDirectory("allclear-kafka");
        } catch (IOException failed) {
            throw new UncheckedIOException("no temporary directory for a Kafka broker", failed);
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException | UncheckedIOException gone) {
            directory.toFile().deleteOnExit();
        }
    }
}
