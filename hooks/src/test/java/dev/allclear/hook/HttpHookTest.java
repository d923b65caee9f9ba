package dev.allclear.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.allclear.codec.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The console's side of the contract, played by a server of the JDK. */
final class HttpHookTest {
    private final List<String> asked = new ArrayList<>();
    private final List<Map<String, Object>> bodies = new ArrayList<>();
    private final List<String> log = new ArrayList<>();
    private int status = 202;
    private HttpServer server = start();

    private HttpServer start() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @BeforeEach
    void serve() {
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                + exchange.getRequestHeaders().getFirst("Authorization"));
        bodies.add(Json.parse(exchange.getRequestBody().readAllBytes()));
        byte[] answer = "{\"runId\":\"r-1\",\"captured\":[\"status\",\"locks\"],\"missing\":[\"logs\"]}"
                .getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    @Test
    void postsStartedAndCompleted_withTheToken() {
        MigrationHook hook = open(Map.of());

        hook.begin(List.of("12"), List.of(4711));
        hook.end(false, List.of(), "ERROR: column does not exist (SQL State: 42703)");

        assertThat(asked)
                .containsExactly(
                        "POST /v1/migrations/r-1/started?wait=2s Bearer secret",
                        "POST /v1/migrations/r-1/completed Bearer secret");
        assertThat(bodies.get(0))
                .doesNotContainKey("runId")
                .containsEntry("database", "shop")
                .containsEntry("tool", "flyway")
                .containsEntry("targetVersions", List.of("12"))
                .containsEntry("sessions", Map.of("pids", List.of(4711)));
        assertThat(bodies.get(1))
                .containsEntry("outcome", "FAILED")
                .containsEntry("awaitedBaselines", List.of("locks", "status"))
                .containsEntry("output", "ERROR: column does not exist (SQL State: 42703)");
        assertThat(log).anyMatch(line -> line.contains("no \"before\" of [logs]"));
    }

    @Test
    void aRefusalIsLogged_andNeverThrown() {
        status = 403;
        MigrationHook hook = open(Map.of());

        hook.begin(List.of(), List.of());
        hook.end(true, List.of(), "");

        assertThat(log).hasSize(2).allMatch(line -> line.contains("answered 403"));
        assertThat(log).noneMatch(line -> line.contains("secret"));
    }

    @Test
    void aRefusalIsThrown_whenAllclearIsRequired() {
        status = 503;
        MigrationHook hook = open(Map.of("ALLCLEAR_REQUIRED", "true"));

        assertThatThrownBy(() -> hook.begin(List.of(), List.of()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("answered 503");
    }

    @Test
    void isSilent_whereNothingIsConfigured() {
        assertThat(MigrationHook.open("flyway", Map.of("ALLCLEAR_CONFIG", empty()), Clock.systemUTC(), log()))
                .isEmpty();
        assertThat(log).isEmpty();
    }

    @Test
    void namesEveryMistake() {
        Map<String, String> wrong =
                Map.of("ALLCLEAR_URL", "ftp://x", "ALLCLEAR_BASELINE_WAIT", "soon", "ALLCLEAR_CONFIG", empty());

        assertThat(MigrationHook.open("flyway", wrong, Clock.systemUTC(), log()))
                .isEmpty();

        assertThat(log).singleElement().asString().contains("ALLCLEAR_URL", "ALLCLEAR_BASELINE_WAIT");
    }

    @Test
    void aSlowConsoleHoldsUpNothingForLong() {
        server.stop(0);
        long begun = System.nanoTime();

        open(Map.of()).begin(List.of(), List.of());

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(20));
        assertThat(log).singleElement().asString().contains("could not be announced");
    }

    private static String empty() {
        return HttpHookTest.class.getResource("/changelog/empty.yaml").getPath();
    }

    private HookLog log() {
        return new HookLog() {
            @Override
            public void info(String line) {}

            @Override
            public void warn(String line) {
                log.add(line);
            }
        };
    }

    private MigrationHook open(Map<String, String> more) {
        Map<String, String> variables = new TreeMap<>(Map.of(
                "ALLCLEAR_URL",
                "http://127.0.0.1:" + server.getAddress().getPort() + "/",
                "ALLCLEAR_TOKEN",
                "secret",
                "ALLCLEAR_DATABASE",
                "shop",
                "ALLCLEAR_RUN_ID",
                "r-1",
                "ALLCLEAR_BASELINE_WAIT",
                "2s"));
        variables.putAll(more);
        return MigrationHook.open("flyway", variables, Clock.systemUTC(), log()).orElseThrow();
    }
}
