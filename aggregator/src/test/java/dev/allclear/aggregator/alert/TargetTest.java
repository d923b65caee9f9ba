package dev.allclear.aggregator.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allclear.aggregator.Samples;
import dev.allclear.codec.EventJson;
import dev.allclear.codec.Json;
import dev.allclear.config.Secret;
import dev.allclear.event.AlertFiring;
import dev.allclear.event.AllclearEvent;
import dev.allclear.event.VerdictReached;
import dev.allclear.kafka.Partition;
import dev.allclear.kafka.ReceivedEvent;
import dev.allclear.kafka.Topic;
import dev.allclear.model.Alert;
import dev.allclear.model.AlertSeverity;
import dev.allclear.model.CheckName;
import dev.allclear.model.CheckVerdict;
import dev.allclear.model.Cost;
import dev.allclear.model.Decision;
import dev.allclear.model.Finding;
import dev.allclear.model.FindingCode;
import dev.allclear.model.Outcome;
import dev.allclear.model.Recommendation;
import dev.allclear.model.RunId;
import dev.allclear.model.Severity;
import dev.allclear.model.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What each target is sent, against schemas written from the targets' own descriptions, also when the alert means harm. */
class TargetTest {
    private static final Instant NOW = AlertSamples.NOON.plusSeconds(300);
    private static final URI SOMEWHERE = URI.create("https://target.example/in");
    private static final AlertmanagerTarget ALERTMANAGER =
            new AlertmanagerTarget("a", Set.of(Decision.FAIL), SOMEWHERE, Map.of(), Duration.ofMinutes(1));
    private static final SlackTarget SLACK = new SlackTarget("s", Set.of(Decision.FAIL), SOMEWHERE);
    private static final PagerDutyTarget PAGERDUTY = new PagerDutyTarget(
            "p", Set.of(Decision.FAIL), SOMEWHERE, URI.create("https://target.example/change"), new Secret("key"));
    private static final WebhookTarget WEBHOOK = new WebhookTarget(
            "w", Set.of(Decision.FAIL), SOMEWHERE, Map.of(), Optional.of(new Secret("It's a Secret to Everybody")));

    /** By name, since a hostile event printed as one would be megabytes. */
    static List<Named<AllclearEvent>> alerts() {
        return List.of(
                Named.of("firing", AlertSamples.firing("r1")),
                Named.of("resolved", AlertSamples.resolved("r1")),
                Named.of("hostile", hostile()));
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void sendsAlertmanagerWhatItsDescriptionAllows(AllclearEvent event) {
        Object sent = content(ALERTMANAGER, event);

        assertThat(SchemaCheck.violations(schema("alertmanager"), sent)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void sendsPagerDutyWhatItsDescriptionAllows(AllclearEvent event) {
        Object sent = content(PAGERDUTY, event);

        assertThat(SchemaCheck.violations(schema("pagerduty"), sent)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void sendsSlackWhatItsDescriptionAllows(AllclearEvent event) {
        Object sent = content(SLACK, event);

        assertThat(SchemaCheck.violations(schema("slack"), sent)).isEmpty();
    }

    @Test
    void findsWhatTheDescriptionForbids() {
        Object wrong = List.of(Map.of("labels", Map.of("bad-name", 1), "endAt", "soon", "startsAt", "noon"));

        assertThat(SchemaCheck.violations(schema("alertmanager"), wrong))
                .containsExactlyInAnyOrder(
                        "$[] lacks endsAt",
                        "$[].endAt is not known",
                        "$[].labels lacks alertname",
                        "$[].labels.bad-name is no valid name",
                        "$[].labels.bad-name is no string",
                        "$[].startsAt is no date-time");
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void staysSmallAndSteersNothing_whateverTheAlertSays(AllclearEvent event) {
        for (Target target : List.of(ALERTMANAGER, SLACK, PAGERDUTY, WEBHOOK)) {
            String body = body(target, event);

            assertThat(body.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(64_000);
            assertThat(body.codePoints().filter(Character::isISOControl)).isEmpty();
            assertThat(body).doesNotContain("\\u0000", "\\u001b", "\u202e", "\\u202e", "\ufffe");
        }
    }

    @Test
    void mentionsNobodyInSlack() {
        String body = body(SLACK, hostile());

        assertThat(body).contains("&lt;!channel&gt;").doesNotContain("<!channel>", "<http", "@here", "@channel");
    }

    @Test
    void tellsAlertmanagerTheSameLabelsUntilTheEnd() {
        Map<?, ?> firing = (Map<?, ?>) ((List<?>) content(ALERTMANAGER, AlertSamples.firing("r1"))).get(0);
        Map<?, ?> resolved = (Map<?, ?>) ((List<?>) content(ALERTMANAGER, AlertSamples.resolved("r1"))).get(0);

        assertThat(resolved.get("labels")).isEqualTo(firing.get("labels"));
        assertThat(firing.get("endsAt")).isEqualTo(NOW.plusSeconds(240).toString());
        assertThat(resolved.get("endsAt")).isEqualTo(NOW.toString());
        assertThat(firing.get("generatorURL")).isEqualTo("https://ci.example/run/1");
    }

    @Test
    void tellsPagerDutyTheSameKeyUntilTheEnd_andAPassAsAChange() {
        Map<?, ?> firing = (Map<?, ?>) content(PAGERDUTY, AlertSamples.firing("r1"));
        Map<?, ?> resolved = (Map<?, ?>) content(PAGERDUTY, AlertSamples.resolved("r1"));
        Post passed = PAGERDUTY.post(notice(pass()), Optional.empty(), NOW);

        assertThat(firing.get("event_action")).isEqualTo("trigger");
        assertThat(resolved.get("event_action")).isEqualTo("resolve");
        assertThat(resolved.get("dedup_key")).isEqualTo(firing.get("dedup_key")).isEqualTo("shop/r1/fail");
        assertThat(passed.address()).hasToString("https://target.example/change");
        assertThat(passed.json()).contains("status: all applied").doesNotContain("event_action");
    }

    @Test
    void signsTheBytesOfTheWebhook_asAnyLibraryWouldCheck() throws Exception {
        Post post = WEBHOOK.post(notice(AlertSamples.firing("r1")), Optional.empty(), NOW);
        javax.crypto.Mac mac = javax.crypto.Mac.getInstance("HmacSHA256");
        mac.init(new javax.crypto.spec.SecretKeySpec(
                "It's a Secret to Everybody".getBytes(StandardCharsets.UTF_8), "x"));

        assertThat(post.headers())
                .containsEntry(
                        "Allclear-Signature",
                        "sha256=" + java.util.HexFormat.of().formatHex(mac.doFinal(post.body())))
                .containsEntry("content-type", "application/cloudevents+json; charset=utf-8");
        Map<String, Object> event = Json.parse(post.json());
        assertThat(event)
                .containsEntry("specversion", "1.0")
                .containsEntry("id", EventJson.idOf(AlertSamples.firing("r1")))
                .containsEntry("type", "dev.allclear.alert.firing.v1")
                .containsEntry("subject", "r1");
        assertThat((Map<?, ?>) event.get("data")).isEqualTo(Json.parse(EventJson.write(AlertSamples.firing("r1"))));
    }

    @Test
    void tellsTheTeamOfAPass_andOfNoOtherVerdict() {
        assertThat(body(SLACK, pass())).contains("safe to keep", "status: all applied");
        assertThat(Notice.of(received(verdict(Decision.FAIL)))).isEmpty();
    }

    @Test
    void printsNoBody() {
        assertThat(PAGERDUTY
                        .post(notice(AlertSamples.firing("r1")), Optional.empty(), NOW)
                        .toString())
                .doesNotContain("key", "target.example");
    }

    private static AlertFiring hostile() {
        String evil =
                "<!channel> <http://evil|click> @here \u0000\u001b[2J\u202e\ud800 " + "A\ud83d\ude00".repeat(350_000);
        Finding finding = new Finding(
                new FindingCode("rows.mismatch"),
                Severity.ERROR,
                evil,
                evil,
                Optional.of("drop table x;\u001b[2J"),
                Map.of("half", "\ud800", "much", evil));
        return new AlertFiring(
                new Alert(
                        evil,
                        new RunId("r1"),
                        Samples.SHOP,
                        evil,
                        AlertSeverity.CRITICAL,
                        evil,
                        evil,
                        Collections.nCopies(100, finding),
                        Map.of(evil, evil, "script", "javascript:alert(1)")),
                AlertSamples.NOON);
    }

    private static VerdictReached pass() {
        return verdict(Decision.PASS);
    }

    private static VerdictReached verdict(Decision decision) {
        return new VerdictReached(new Verdict(
                new RunId("r1"),
                Samples.SHOP,
                decision,
                true,
                1,
                AlertSamples.NOON,
                List.of(),
                List.of(new CheckVerdict(CheckName.STATUS, true, Outcome.PASSED, "all applied", List.of(), Cost.NONE)),
                List.of(),
                List.of(),
                Recommendation.KEEP));
    }

    private static Object content(Target target, AllclearEvent event) {
        return Objects.requireNonNull(
                Json.parse("{\"it\":" + body(target, event) + "}").get("it"));
    }

    private static String body(Target target, AllclearEvent event) {
        return new String(target.post(notice(event), Optional.empty(), NOW).body(), StandardCharsets.UTF_8);
    }

    private static Notice notice(AllclearEvent event) {
        return Notice.of(received(event)).orElseThrow();
    }

    private static ReceivedEvent received(AllclearEvent event) {
        return new ReceivedEvent(
                event, EventJson.idOf(event), "aggregator", new Partition(Topic.ALERTS, 0), 0, AlertSamples.NOON);
    }

    private static Map<String, Object> schema(String name) {
        try (InputStream in = Objects.requireNonNull(TargetTest.class.getResourceAsStream(name + ".schema.json"))) {
            return Json.parse(in.readAllBytes());
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }
}
