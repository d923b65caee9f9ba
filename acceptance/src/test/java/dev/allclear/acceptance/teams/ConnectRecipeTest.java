package dev.allclear.acceptance.teams;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.allclear.acceptance.docs.Project;
import dev.allclear.codec.EventJson;
import dev.allclear.config.KafkaConfig;
import dev.allclear.event.AllclearEvent;
import dev.allclear.kafka.Topics;
import dev.allclear.testkit.BrokerExtension;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The recipe's connector, as its file stands, in a real Connect worker, against an endpoint that fails at first. */
final class ConnectRecipeTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String CONNECTOR = "allclear-alerts-http";
    private static final Pattern CURL = Pattern.compile(
            "curl -X POST -H 'Content-Type: application/json' --data @(\\S+) http://connect:8083(/\\S+)");

    @RegisterExtension
    static final BrokerExtension broker = new BrokerExtension();

    private record Post(String request, String type, String body, int answer) {}

    private final List<Post> posts = new CopyOnWriteArrayList<>();
    private final HttpServer endpoint = endpoint();

    @AfterEach
    void stopTheEndpoint() {
        endpoint.stop(0);
    }

    @Test
    void everyAlertArrives_afterAnEndpointThatFailed_andNothingThatWasTakenBack(@TempDir Path folder) throws Exception {
        // the topic that the file names, on the tests' broker
        KafkaConfig kafka = new KafkaConfig(broker.kafka().client(), "allclear.", 3, 1);
        Topics.ensure(kafka, PATIENCE);
        List<AllclearEvent> alerts =
                List.of(RecipesTest.firing("one"), RecipesTest.firing("two"), RecipesTest.resolved("one"));
        RecipesTest.publishAndAbort(kafka, RecipesTest.firing("aborted"));
        RecipesTest.publish(kafka, alerts.toArray(AllclearEvent[]::new));
        String url = "http://127.0.0.1:" + endpoint.getAddress().getPort() + "/hook";

        try (ConnectWorker worker = ConnectWorker.start(folder, kafka, Map.of("ALERTS_URL", url))) {
            HttpResponse<String> made = post(worker.address());
            assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
            Awaitility.await("all alerts")
                    .atMost(PATIENCE)
                    .until(() -> accepted().size() >= alerts.size()
                            || worker.status(CONNECTOR).contains("FAILED"));

            assertThat(worker.status(CONNECTOR)).as(worker.output()).doesNotContain("FAILED");
        }

        assertThat(posts.get(0).answer()).isEqualTo(500);
        assertThat(accepted())
                .containsExactlyElementsOf(alerts.stream()
                        .map(alert -> new String(EventJson.write(alert), StandardCharsets.UTF_8))
                        .toList());
        assertThat(posts).allMatch(post -> post.request().equals("POST /hook"));
        assertThat(posts).allMatch(post -> post.type().equals("application/json"));
    }

    private List<String> accepted() {
        return posts.stream()
                .filter(post -> post.answer() == 200)
                .map(Post::body)
                .toList();
    }

    /** What the page's command does. */
    private static HttpResponse<String> post(URI worker) throws IOException, InterruptedException {
        Matcher command = CURL.matcher(Project.text(Project.ROOT.resolve("docs/recipes.md")));
        assertThat(command.find()).as("the page's curl").isTrue();
        HttpRequest request = HttpRequest.newBuilder(worker.resolve(command.group(2)))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(Files.readString(Project.ROOT.resolve(command.group(1)))))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    /** Answers 500 once, then 200. */
    private HttpServer endpoint() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> {
                String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                int answer = posts.isEmpty() ? 500 : 200;
                posts.add(new Post(
                        exchange.getRequestMethod() + " " + exchange.getRequestURI(),
                        String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type")),
                        body,
                        answer));
                exchange.sendResponseHeaders(answer, -1);
                exchange.close();
            });
            server.start();
            return server;
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        }
    }
}
