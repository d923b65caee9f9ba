package dev.allclear.aggregator.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.allclear.aggregator.Samples;
import dev.allclear.aggregator.console.history.RunHistory;
import dev.allclear.aggregator.report.RunReport;
import dev.allclear.aggregator.report.SampleReports;
import dev.allclear.config.KafkaConfig;
import dev.allclear.event.CheckCompleted;
import dev.allclear.event.VerdictReached;
import dev.allclear.model.CheckName;
import dev.allclear.model.Outcome;
import dev.allclear.testkit.BrokerExtension;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The console where something is missing: memory, a port, the token, the broker. */
class ConsoleEdgeTest {
    @RegisterExtension
    static final BrokerExtension broker = new BrokerExtension();

    @Test
    void readsARunAgain_whoseWholeEventsItHasLetGo() throws Exception {
        RunReport bad = SampleReports.bad();
        try (ConsoleFixture first = ConsoleFixture.of(broker.kafka(), "console: { port: 0 }")) {
            for (var check : bad.checks()) {
                first.publish(new CheckCompleted(check));
            }
            first.publish(new VerdictReached(bad.verdict()));
            for (int i = 0; i < 30; i++) {
                first.publish(Samples.completed("later-" + i));
                first.publish(new CheckCompleted(Samples.report("later-" + i, CheckName.STATUS, Outcome.PASSED)));
            }
        }
        RunHistory small = new RunHistory(1_000, 3_000);
        try (ConsoleFixture second = new ConsoleFixture(broker.kafka(), "console: { port: 0 }", small)) {
            second.caughtUp();
            String run = "/v1/runs/" + bad.verdict().run();

            assertThat(small.size().bytes()).isLessThanOrEqualTo(3_000);
            assertThat(small.size().whole()).isLessThan(small.size().runs());
            assertThat(second.web().get(run + "/report.html").body()).contains("Action needed", "<svg");
            assertThat(second.web().get(run + "/verdict").json()).containsEntry("decision", "FAIL");
            assertThat(second.web().get("/v1/runs?limit=500").body())
                    .contains(bad.verdict().run().value());
        }
    }

    @Test
    void takesAFreePort_unlessOneWasAskedFor() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> new ConsoleFixture(
                            broker.kafka(),
                            "console: { port: " + taken.getLocalPort() + " }",
                            new RunHistory(10, 1_000)))
                    .hasMessageContaining("the console cannot listen on 127.0.0.1:" + taken.getLocalPort());
        }
        try (ConsoleFixture one = ConsoleFixture.of(broker.kafka(), "");
                ConsoleFixture other = ConsoleFixture.of(broker.kafka(), "")) {
            assertThat(one.web().port()).isNotEqualTo(other.web().port());
            assertThat(other.web().get("/health").status()).isEqualTo(200);
        }
    }

    @Test
    void letsAPersonInWhoKnowsTheToken() throws Exception {
        String yaml = "console: { port: 0, host: 0.0.0.0, token: \"${env:T}\" }";
        try (ConsoleFixture locked = ConsoleFixture.of(broker.kafka(), yaml)) {
            Web web = locked.web();
            Web.Answer wrong = form(web, "/login", "token=0123456789abcdeX");
            Web.Answer right = form(web, "/login", "token=0123456789abcdef");
            String cookie = right.headers().get("set-cookie");

            assertThat(web.get("/", "accept: text/html").headers()).containsEntry("location", "/login");
            assertThat(web.get("/login").status()).isEqualTo(200);
            assertThat(web.get("/v1/runs").status()).isEqualTo(401);
            assertThat(web.get("/metrics").status()).isEqualTo(401);
            assertThat(web.get("/v1/events").status()).isEqualTo(401);
            assertThat(web.post("/v1/migrations/r/started", "{\"database\":\"shop\"}")
                            .status())
                    .isEqualTo(401);
            assertThat(wrong.status()).isEqualTo(401);
            assertThat(wrong.headers()).doesNotContainKey("set-cookie");
            assertThat(cookie).contains("HttpOnly", "SameSite=Strict").doesNotContain("0123456789abcdef");
            assertThat(web.get("/", "cookie: " + cookie.split(";")[0]).body()).contains("Log out");
            assertThat(form(web, "/logout", "", "cookie: " + cookie.split(";")[0])
                            .headers()
                            .get("set-cookie"))
                    .contains("Max-Age=0");
        }
    }

    @Test
    void saysThatTheBrokerDidNotTakeIt() throws Exception {
        Map<String, String> client = new LinkedHashMap<>(broker.kafka().client());
        client.putAll(Map.of("max.block.ms", "400", "delivery.timeout.ms", "400", "request.timeout.ms", "300"));
        client.put("default.api.timeout.ms", "1000");
        client.put("bootstrap.servers", "127.0.0.1:1");
        KafkaConfig gone = new KafkaConfig(client, "gone.", 3, 1);
        try (ConsoleFixture fixture = ConsoleFixture.unconnected(gone, "console: { port: 0 }")) {
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> fixture.web().get("/health").status() == 503);

            Web.Answer answer =
                    fixture.web().post("/v1/migrations/r/completed", "{\"database\":\"shop\",\"exitCode\":0}");

            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.body()).contains("did not acknowledge").doesNotContain("127.0.0.1:1");
            assertThat(fixture.web().get("/").status()).isEqualTo(200);
        }
    }

    private static Web.Answer form(Web web, String path, String body, String... headers) {
        String[] more = new String[headers.length + 1];
        System.arraycopy(headers, 0, more, 0, headers.length);
        more[headers.length] = "content-type: application/x-www-form-urlencoded";
        return web.send("POST", path, body, more);
    }
}
