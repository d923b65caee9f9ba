package dev.allclear.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.allclear.config.AllclearConfig;
import dev.allclear.config.ConfigFile;
import dev.allclear.config.InvalidConfiguration;
import io.vertx.core.Future;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class ProcessHostTest {
    private static final Map<String, String> KAFKA = Map.of("ALLCLEAR_KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1");
    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void servesHealthAndMetrics() throws Exception {
        AtomicBoolean healthy = new AtomicBoolean(true);
        List<String> closed = new ArrayList<>();
        ProcessHost host = ProcessHost.start(config("", KAFKA), Clock.systemUTC(), parts -> {
            parts.meters().counter("allclear.test").increment();
            return running(healthy, closed);
        });

        try {
            assertThat(get(host, "/livez").statusCode()).isEqualTo(200);
            assertThat(get(host, "/readyz").statusCode()).isEqualTo(200);
            assertThat(get(host, "/metrics").body())
                    .contains("allclear_test_total 1.0")
                    .contains("jvm_memory");
            assertThat(get(host, "/").statusCode()).isEqualTo(404);
            healthy.set(false);
            assertThat(get(host, "/readyz").statusCode()).isEqualTo(503);
            assertThat(get(host, "/readyz").body()).contains("\"broker\":\"is away\"");
            assertThat(get(host, "/livez").statusCode()).isEqualTo(200);
        } finally {
            ServiceFixture.await(host.close());
        }
        assertThat(closed).containsExactly("program");
    }

    @Test
    void reportsEveryMistakeAtOnce() {
        AllclearConfig config =
                config("databases: { shop: { uri: nonsense, rows: { limit: 99 } }, bank: {} }\nunknown: 1", Map.of());

        assertThatThrownBy(() -> ProcessHost.start(
                        config,
                        Clock.systemUTC(),
                        parts -> CheckerHost.start(parts, List.of(new FakeCheckerModule(new FakeChecker())))))
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessageContaining("kafka.bootstrap.servers: is required")
                .hasMessageContaining("databases.shop.uri")
                .hasMessageContaining("databases.bank.uri")
                .hasMessageContaining("databases.shop.rows.limit: \"99\"")
                .hasMessageContaining("unknown");
    }

    @Test
    void saysThatAnAddressIsTaken() throws Exception {
        try (java.net.ServerSocket taken =
                new java.net.ServerSocket(0, 1, java.net.InetAddress.getByName("127.0.0.1"))) {
            AllclearConfig config = config("http: { port: " + taken.getLocalPort() + " }", KAFKA);

            assertThatThrownBy(() -> ProcessHost.start(
                            config, Clock.systemUTC(), parts -> running(new AtomicBoolean(), new ArrayList<>())))
                    .hasMessageContaining("cannot listen on 127.0.0.1:" + taken.getLocalPort());
        }
    }

    @Test
    void isNotReadyWhileItStarts() {
        HealthRoutes routes = new HealthRoutes(new io.micrometer.core.instrument.simple.SimpleMeterRegistry());
        io.vertx.core.Vertx vertx = io.vertx.core.Vertx.vertx();
        try {
            HealthServer server = ServiceFixture.await(
                    HealthServer.start(vertx, new AllclearConfig.HttpConfig("127.0.0.1", 0), routes));

            assertThat(get(server.port(), "/readyz").body()).contains("is starting");
            assertThat(get(server.port(), "/livez").statusCode()).isEqualTo(200);
        } catch (Exception failure) {
            throw new AssertionError(failure);
        } finally {
            ServiceFixture.await(vertx.close());
        }
    }

    private static Program.Running running(AtomicBoolean healthy, List<String> closed) {
        return new Program.Running() {
            @Override
            public Future<Void> close() {
                closed.add("program");
                return Future.succeededFuture();
            }

            @Override
            public List<Probe> ready() {
                return List.of(Probe.of("broker", healthy::get, "is away"));
            }
        };
    }

    private HttpResponse<String> get(ProcessHost host, String path) throws Exception {
        return get(host.port(), path);
    }

    private HttpResponse<String> get(int port, String path) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static AllclearConfig config(String yaml, Map<String, String> environment) {
        return ConfigFile.parse(yaml, "test", environment);
    }
}
