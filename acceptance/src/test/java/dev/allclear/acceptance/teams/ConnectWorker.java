package dev.allclear.acceptance.teams;

import dev.allclear.acceptance.docs.Project;
import dev.allclear.config.KafkaConfig;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/** A Kafka Connect worker, standalone, in a process of its own, with what the build put into its folder (acceptance/connect). */
final class ConnectWorker implements AutoCloseable {
    private static final Path JARS = Project.ROOT.resolve("acceptance/connect/target/worker");
    private static final String SINK = "org.apache.camel.kafkaconnector.CamelSinkConnector";
    private static final Duration START = Duration.ofSeconds(90);

    private final ForeignProcess process;
    private final URI address;

    private ConnectWorker(ForeignProcess process, URI address) {
        this.process = process;
        this.address = address;
    }

    static ConnectWorker start(Path folder, KafkaConfig kafka, Map<String, String> environment) throws IOException {
        if (!Files.isDirectory(JARS)) {
            throw new AssertionError(JARS + " is not there: the module acceptance/connect makes it (-am)");
        }
        URI address = URI.create("http://127.0.0.1:" + freePort());
        Path settings = Files.writeString(folder.resolve("worker.properties"), """
                bootstrap.servers=%s
                key.converter=org.apache.kafka.connect.storage.StringConverter
                value.converter=org.apache.kafka.connect.storage.StringConverter
                offset.storage.file.filename=%s
                listeners=%s
                plugin.discovery=service_load
                config.providers=env
                config.providers.env.class=org.apache.kafka.common.config.provider.EnvVarConfigProvider
                """.formatted(
                        kafka.bootstrapServers().orElseThrow(), folder.resolve("offsets"), address));
        Path quiet = Files.writeString(folder.resolve("logback.xml"), """
                <configuration>
                  <appender name="out" class="ch.qos.logback.core.ConsoleAppender"><encoder><pattern>%level %logger{0}: %msg%n%ex</pattern></encoder></appender>
                  <root level="WARN"><appender-ref ref="out"/></root>
                </configuration>
                """);
        // what `connect-plugin-path sync-manifests` writes for plugins that name themselves nowhere: the search takes 9
        // s otherwise
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.writeString(services.resolve("org.apache.kafka.connect.sink.SinkConnector"), SINK);
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-Xmx256m",
                "-Dlogback.configurationFile=" + quiet,
                "-cp",
                JARS + "/*:" + folder,
                "org.apache.kafka.connect.cli.ConnectStandalone",
                settings.toString());
        ConnectWorker worker =
                new ConnectWorker(ForeignProcess.start(command, Project.ROOT, kafka, environment), address);
        Awaitility.await("the worker at " + address)
                .atMost(START)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> worker.answers() || !worker.process.isAlive());
        return worker;
    }

    /** Where it is told of connectors. */
    URI address() {
        return address;
    }

    /** Its status of the connector, as JSON. */
    String status(String connector) throws IOException, InterruptedException {
        return get("/connectors/" + connector + "/status");
    }

    String output() {
        return process.output();
    }

    @Override
    public void close() {
        process.close();
    }

    private boolean answers() throws InterruptedException {
        try {
            return get("/").contains("4.");
        } catch (IOException notYet) {
            return false;
        }
    }

    private String get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address.resolve(path))
                .timeout(Duration.ofSeconds(5))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
