package dev.allclear.aggregator.console;

import static dev.allclear.aggregator.Samples.SHOP;
import static dev.allclear.aggregator.console.OpenApi.map;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.allclear.aggregator.Samples;
import dev.allclear.aggregator.console.http.Route;
import dev.allclear.aggregator.report.HostileReports;
import dev.allclear.aggregator.report.RunReport;
import dev.allclear.aggregator.report.SampleReports;
import dev.allclear.codec.Json;
import dev.allclear.event.AllclearEvent;
import dev.allclear.event.BaselineCaptured;
import dev.allclear.event.BaselineStatus;
import dev.allclear.event.CheckCompleted;
import dev.allclear.event.CheckStarted;
import dev.allclear.event.MigrationStarted;
import dev.allclear.event.VerdictReached;
import dev.allclear.kafka.EventTail;
import dev.allclear.kafka.ReceivedEvent;
import dev.allclear.kafka.Topic;
import dev.allclear.model.CheckName;
import dev.allclear.model.CheckReport;
import dev.allclear.model.DatabaseName;
import dev.allclear.model.RunId;
import dev.allclear.model.Verdict;
import dev.allclear.testkit.BrokerExtension;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The console over HTTP, against a real broker; whatever JSON comes back is held against {@code docs/openapi.yaml}. */
class ConsoleTest {
    @RegisterExtension
    static final BrokerExtension broker = new BrokerExtension();

    private static final DatabaseName STOCK = new DatabaseName("stock");
    private static final OpenApi API = OpenApi.load();
    private static final List<ReceivedEvent> published = new CopyOnWriteArrayList<>();
    private static ConsoleFixture fixture;
    private static EventTail tail;
    private static Web web;

    @BeforeAll
    static void open() {
        fixture = ConsoleFixture.of(
                broker.kafka(),
                "console: { port: 0 }\ndatabases: { shop: { uri: \"postgresql://a@b/c\" }, stock: { uri: \"postgresql://a@b/d\" } }");
        web = fixture.web();
        tail = EventTail.fromBeginning(broker.kafka(), EnumSet.of(Topic.MIGRATIONS), published::add);
    }

    @AfterAll
    static void close() throws Exception {
        tail.close().await(20, TimeUnit.SECONDS);
        fixture.close();
    }

    @Test
    void isDescribedWhole_andServesAllThatIsDescribed() {
        Set<String> served = fixture.console().routes().stream()
                .map(route -> route.method() + " " + route.path())
                .collect(Collectors.toSet());

        assertThat(API.operations()).containsExactlyInAnyOrderElementsOf(served);
        for (Route route : fixture.console().routes()) {
            String method = route.method().name().toLowerCase(java.util.Locale.ROOT);
            assertThat(API.isOpen(method, route.path())).as(route.path()).isEqualTo(route.isOpen());
            if (route.path().equals("/v1/events")) {
                continue; // its answer has no end; another test reads its beginning
            }
            Web.Answer answer = web.send(
                    route.method().name(),
                    route.path().replace("{runId}", "nobody"),
                    "",
                    "content-type: application/json");
            assertThat(List.of("there is nothing here")).as(route.path()).doesNotContain(answer.body());
            assertThat(map(API.operation(method, route.path()).get("responses")))
                    .as(route.path() + " answers " + answer.status())
                    .satisfiesAnyOf(
                            answers -> assertThat(answers).containsKey(String.valueOf(answer.status())),
                            answers -> assertThat(answer.status()).isEqualTo(404));
        }
    }

    @ParameterizedTest
    @CsvSource({"/v1/migrations/{runId}/started,started", "/v1/migrations/{runId}/completed,completed"})
    void takesEveryExampleOfTheDescription(String path, String kind) {
        Map<String, Object> body =
                map(map(map(API.operation("post", path).get("requestBody")).get("content"))
                        .get("application/json"));
        Map<String, Object> examples = map(body.get("examples"));

        assertThat(examples).isNotEmpty();
        examples.forEach((name, example) -> {
            Map<String, Object> value = map(map(example).get("value"));
            assertThat(API.violations(map(body.get("schema")), value)).as(name).isEmpty();

            Web.Answer answer = post("example-" + kind + "-" + name + "/" + kind, Json.write(value));

            assertThat(answer.status()).as(answer.body()).isEqualTo(202);
            Map<String, Object> written = Json.parse(new String(
                    dev.allclear.codec.EventJson.write(eventOf("example-" + kind + "-" + name)),
                    StandardCharsets.UTF_8));
            assertThat(written.keySet()).containsAll(value.keySet());
        });
    }

    @Test
    void acceptsWhatTheBrokerHas_andNothingElse() {
        Web.Answer answer = post("r-accepted/started", "{\"database\":\"shop\",\"tool\":\"flyway\"}");

        assertThat(answer.status()).isEqualTo(202);
        AllclearEvent event = eventOf("r-accepted");
        assertThat(answer.json()).containsEntry("eventId", dev.allclear.codec.EventJson.idOf(event));
        assertThat(event.database()).isEqualTo(SHOP);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"database\":\"other\"} | database other is not in the configuration; configured: shop, stock",
                "{\"database\":\"shop\",\"targetVersion\":\"1\"} | \"targetVersion\" is not a field; fields: application,",
                "{\"database\":\"shop\",\"exitCode\":0} | \"exitCode\" is not a field",
                "{\"database\":\"shop\",\"runId\":\"x\"} | runId is in the address",
                "{\"database\":\"shop\",\"startedAt\":\"noon\"} | startedAt must be a time",
                "{\"database\":\"shop\",\"deadline\":\"soon\"} | deadline must be a duration",
                "{\"database\":\"shop\",\"dataChanging\":\"yes\"} | dataChanging must be true or false",
                "{\"database\":\"<b>\"} | database \"<b>\" must match",
                "{\"tool\":\"flyway\"} | database is required",
                "{\"database\":\"shop\" | not a JSON object",
                "[] | the body must be a JSON object",
                " | the body must be a JSON object"
            })
    void saysWhatIsWrongWithABody(String bodyAndMessage) {
        String[] parts = bodyAndMessage.split(" \\| ", -1);

        Web.Answer answer = post("r-wrong/started", parts[0]);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().get("error").toString()).startsWith(parts[1]).doesNotContain("java.");
        assertThat(web.get("/v1/runs/r-wrong").status()).isEqualTo(404);
    }

    @Test
    void doesNotTakeAFormForJson_norANameThatIsNone() {
        assertThat(web.send("POST", "/v1/migrations/r/started", "{\"database\":\"shop\"}", "content-type: text/plain")
                        .status())
                .isEqualTo(415);
        assertThat(post(".hidden/started", "{\"database\":\"shop\"}").status()).isEqualTo(400);
        assertThat(web.get("/v1/runs/%3Cb%3E").status()).isEqualTo(400);
        assertThat(web.get("/v1/runs?limit=501").status()).isEqualTo(400);
        assertThat(web.get("/v1/runs?decision=pass").status()).isEqualTo(400);
        assertThat(web.get("/v1/runs?before=yesterday").status()).isEqualTo(400);
        assertThat(web.get("/v1/runs?databse=shop").status()).isEqualTo(400);
        assertThat(web.get("/v1/runs/r/verdict?wait=11m").status()).isEqualTo(400);
    }

    @Test
    void waitsForTheBaselines_andSaysWhichAreMissing() throws Exception {
        CompletableFuture<Web.Answer> waiting =
                CompletableFuture.supplyAsync(() -> post("r-before/started?wait=60s", "{\"database\":\"shop\"}"));
        await().atMost(Duration.ofSeconds(20))
                .until(() -> web.get("/v1/runs/r-before").status() == 200);
        for (CheckName check : CheckName.builtIn()) {
            assertThat(waiting).isNotDone();
            fixture.publish(baseline("r-before", check, check.equals(CheckName.LOGS)));
        }

        Web.Answer answer = waiting.get(30, TimeUnit.SECONDS);

        assertThat(answer.json().get("captured")).isEqualTo(List.of("status", "latency", "locks", "rows"));
        assertThat(answer.json().get("missing")).isEqualTo(List.of("logs"));
        valid("post", "/v1/migrations/{runId}/started", answer);
        Web.Answer impatient = post("r-impatient/started?wait=100ms", "{\"database\":\"shop\"}");
        assertThat(impatient.status()).isEqualTo(202);
        assertThat((List<?>) impatient.json().get("missing")).hasSize(5);
    }

    @Test
    void givesTheVerdictAsSoonAsItIsThere() throws Exception {
        RunReport report = SampleReports.good();
        post("good/completed", "{\"database\":\"shop\",\"exitCode\":0}");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> web.get("/v1/runs/good").status() == 200);
        Web.Answer early = web.get("/v1/runs/good/verdict?wait=50ms");
        CompletableFuture<Web.Answer> waiting =
                CompletableFuture.supplyAsync(() -> web.get("/v1/runs/good/verdict?wait=60s"));

        publish(report);

        Web.Answer answer = waiting.get(30, TimeUnit.SECONDS);
        assertThat(early.status()).isEqualTo(202);
        assertThat(early.json()).containsEntry("state", "CHECKING");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json()).containsEntry("decision", "PASS").containsEntry("final", true);
        valid("get", "/v1/runs/{runId}/verdict", early);
        valid("get", "/v1/runs/{runId}/verdict", answer);
        assertThat(web.get("/v1/runs/nobody/verdict?wait=50ms").status()).isEqualTo(404);
    }

    @Test
    void givesNoVerdictOfAnotherDatabase_whereSeveralHaveARunOfThatName() throws Exception {
        post("both/completed", "{\"database\":\"shop\",\"exitCode\":0}");
        publish(SampleReports.good(), "both");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> web.get("/v1/runs/both/verdict?database=stock").status() == 200
                        && web.get("/v1/runs/both?database=shop").status() == 200);

        Web.Answer either = web.get("/v1/runs/both/verdict?wait=50ms");

        assertThat(either.status()).isEqualTo(400);
        assertThat(either.json().get("error").toString()).contains("shop, stock", "?database=");
        assertThat(web.get("/v1/runs/both/verdict?database=shop").status()).isEqualTo(202);
    }

    @Test
    void saysThatARunIsOver_andPassesItsAnnouncementOnAllTheSame() {
        post("over/completed", "{\"database\":\"shop\",\"exitCode\":0}");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> web.get("/v1/runs/over").status() == 200);

        Web.Answer again = post("over/started", "{\"database\":\"shop\"}");

        assertThat(again.status()).isEqualTo(409);
        assertThat(again.json().get("error").toString()).contains("over", "an id names one attempt");
        valid("post", "/v1/migrations/{runId}/started", again);
        await().atMost(Duration.ofSeconds(20)).until(() -> published.stream()
                .map(ReceivedEvent::event)
                .anyMatch(event -> event instanceof MigrationStarted
                        && event.run().value().equals("over")
                        && event.database().equals(SHOP)));
        assertThat(post("over/started", "{\"database\":\"stock\"}").status()).isEqualTo(202);
    }

    @Test
    void showsARunWithItsReports() throws Exception {
        RunReport report = SampleReports.bad();
        String run = "/v1/runs/" + report.verdict().run();
        publish(report);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> web.get(run + "/verdict").status() == 200);

        valid("get", "/v1/runs/{runId}", web.get(run));
        valid("get", "/v1/runs", web.get("/v1/runs?database=shop"));
        valid("get", "/v1/runs/{runId}/report.json", web.get(run + "/report.json"));
        assertThat(web.get(run + "/report.html").body()).contains("Action needed", "<svg");
        assertThat(web.get(run + "/report.html").headers().get("content-security-policy"))
                .startsWith("default-src 'none'");
        assertThat(web.get(run + "/report.md").body()).contains("Action needed");
        assertThat(web.get(run + "/report.xml").body()).contains("<testsuite");
        assertThat(web.get("/v1/runs?decision=FAIL&database=shop").body())
                .contains(report.verdict().run().value());
        assertThat(web.get("/v1/runs?decision=PASS").body())
                .doesNotContain(report.verdict().run().value());
        String page = web.get("/runs/" + report.verdict().run()).body();
        assertThat(page.indexOf("Action needed")).isPositive().isLessThan(page.indexOf("Did it complete fully?"));
        assertThat(page).contains("<svg", "report.html");
        assertThat(web.get("/?database=shop").body())
                .contains(report.verdict().run().value());
        assertThat(web.get("/services").body()).contains("answers", "aggregator");
    }

    @Test
    void showsWhatStrangersSayAsText() throws Exception {
        List<String> attacks = HostileReports.ATTACKS;
        for (int i = 0; i < attacks.size(); i++) {
            String run = "evil-" + i;
            String attack = attacks.get(i).replaceAll("\\p{Cs}", "?");
            post(
                    run + "/started",
                    Json.write(Map.of("database", "stock", "tool", attack, "targetVersions", List.of(attack))));
            fixture.publish(new CheckStarted(new RunId(run), STOCK, CheckName.ROWS, Samples.T0, attack));
            publish(HostileReports.of(attacks.get(i)), run);
        }

        for (int i = 0; i < attacks.size(); i++) {
            String run = "evil-" + i;
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> web.get("/v1/runs/" + run + "/verdict").status() == 200);
            harmless("/runs/" + run);
            harmless("/runs/" + run + "/part");
        }
        harmless("/");
        harmless("/services");
        harmless("/?database=stock");
        assertThat(web.get("/runs/evil-0").body()).contains("&lt;img src=x onerror=alert(1)&gt;");
    }

    /** Also by what a page may contain at all: no handler, no inline style or script, no address but of this console. */
    private static void harmless(String path) {
        Web.Answer page = web.get(path);

        assertThat(page.status()).as(path).isEqualTo(200);
        assertThat(page.headers()).doesNotContainKey("set-cookie");
        assertThat(page.headers().get("content-security-policy")).doesNotContain("unsafe");
        assertThat(page.body())
                .as(path)
                .doesNotContain("<img", "<script>", "\u001b", "\u202e", "\u0000", "<b>", "<!--", "<?php")
                .doesNotContainPattern("(href|src|action)=\"(?!/|#)");
        // an attribute's value may hold any word, for it ends only at a quote
        assertThat(page.body().replaceAll("\"[^\"]*\"", "\"\""))
                .as(path)
                .doesNotContainPattern("<[a-zA-Z][^>]*\\s(on[a-z]+|style)=");
    }

    @Test
    void streamsWhatHappens_toWhoeverWantsIt() throws Exception {
        try (Socket socket = web.open()) {
            socket.getOutputStream()
                    .write("GET /v1/events?run=r-stream HTTP/1.1\r\nhost: localhost\r\n\r\n"
                            .getBytes(StandardCharsets.UTF_8));
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            while (!in.readLine().startsWith(": follows")) {
                // headers and chunk sizes
            }

            post("r-other/started", "{\"database\":\"shop\"}");
            post("r-stream/started", "{\"database\":\"shop\"}");

            List<String> lines = new ArrayList<>();
            while (lines.stream().noneMatch(line -> line.startsWith("data:"))) {
                lines.add(in.readLine());
            }
            String data = lines.get(lines.size() - 1).substring("data: ".length());
            assertThat(lines).contains("event: change");
            assertThat(Json.parse(data)).containsEntry("runId", "r-stream");
            assertThat(API.violations(API.schema("Change"), Json.parse(data))).isEmpty();
        }
    }

    private static Web.Answer post(String path, String body) {
        return web.post("/v1/migrations/" + path, body);
    }

    private static void valid(String method, String path, Web.Answer answer) {
        assertThat(API.answer(method, path, answer.status()))
                .as("%s %s answers %s", method, path, answer.status())
                .hasValueSatisfying(schema ->
                        assertThat(API.violations(schema, answer.json())).isEmpty());
    }

    private static void publish(RunReport report) throws Exception {
        for (CheckReport check : report.checks()) {
            fixture.publish(new CheckCompleted(check));
        }
        fixture.publish(new VerdictReached(report.verdict()));
    }

    /** The same words of another run. */
    private static void publish(RunReport report, String name) throws Exception {
        RunId run = new RunId(name);
        for (CheckReport check : report.checks()) {
            fixture.publish(new CheckCompleted(new CheckReport(
                    run,
                    STOCK,
                    check.check(),
                    check.checkerVersion(),
                    check.outcome(),
                    check.summary(),
                    check.findings(),
                    check.measurements(),
                    check.startedAt(),
                    check.completedAt(),
                    check.cost())));
        }
        Verdict told = report.verdict();
        fixture.publish(new VerdictReached(new Verdict(
                run,
                STOCK,
                told.decision(),
                true,
                1,
                told.decidedAt(),
                told.reasons(),
                told.checks(),
                told.missing(),
                told.diagnosis(),
                told.recommendation())));
    }

    private static AllclearEvent eventOf(String run) {
        return await().atMost(Duration.ofSeconds(20))
                .until(
                        () -> published.stream()
                                .map(ReceivedEvent::event)
                                .filter(event -> event.run().value().equals(run))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    private static BaselineCaptured baseline(String run, CheckName check, boolean failed) {
        return new BaselineCaptured(
                new RunId(run),
                SHOP,
                check,
                failed ? BaselineStatus.FAILED : BaselineStatus.CAPTURED,
                failed ? Optional.of("no source") : Optional.empty(),
                Samples.T0,
                Optional.empty(),
                Map.of(),
                Optional.empty());
    }
}
