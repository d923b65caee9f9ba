package dev.allclear.aggregator.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allclear.config.AllclearConfig;
import dev.allclear.config.ConfigFile;
import dev.allclear.model.Decision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlertSettingsTest {
    @Test
    void hasNobodyToTell_whenNothingIsSaid() {
        AlertSettings settings = read("", Map.of());

        assertThat(settings.recipients()).isEmpty();
    }

    @Test
    void takesEveryValue(@TempDir Path directory) throws IOException {
        Path key = Files.writeString(directory.resolve("key"), "the-routing-key\n");

        AlertSettings settings =
                read("""
                alerts:
                  - alertmanager: { url: "http://am:9093/", resend: 30s, authorization: "Bearer ${env:TOKEN}" }
                  - slack: { url: "${env:SLACK}", on: [FAIL, INCONCLUSIVE, PASS], name: team }
                  - pagerduty: { routing-key: "${file:%s}", timeout: 2s, expire-after: 2h }
                  - webhook: { url: "https://relay/in", secret: "${env:TOKEN}", on: FAIL }
                """.formatted(key), Map.of("SLACK", "https://hooks.example/T/B/X", "TOKEN", "t0ken"));

        assertThat(settings.recipients())
                .extracting(one -> one.target().name())
                .containsExactly("alertmanager", "team", "pagerduty", "webhook");
        AlertmanagerTarget alertmanager =
                (AlertmanagerTarget) settings.recipients().get(0).target();
        assertThat(alertmanager.address()).hasToString("http://am:9093/api/v2/alerts");
        assertThat(alertmanager.every()).isEqualTo(Duration.ofSeconds(30));
        assertThat(alertmanager.headers()).containsEntry("authorization", "Bearer t0ken");
        assertThat(settings.recipients().get(1).target().on()).containsExactlyInAnyOrder(Decision.values());
        PagerDutyTarget pagerDuty =
                (PagerDutyTarget) settings.recipients().get(2).target();
        assertThat(pagerDuty.routingKey().reveal()).isEqualTo("the-routing-key");
        assertThat(pagerDuty.enqueue()).hasToString("https://events.pagerduty.com/v2/enqueue");
        assertThat(settings.recipients().get(2).patience().timeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(settings.recipients().get(2).patience().expireAfter()).isEqualTo(Duration.ofHours(2));
        assertThat(settings.recipients().get(3).target().on()).containsExactly(Decision.FAIL);
    }

    @Test
    void namesEveryMistakeAtOnce_andNoSecretInAnyOfThem() {
        List<String> mistakes = mistakes("""
                alerts:
                  - alertmanager: { url: "ftp://hidden-word", on: [PASS], resend: 2h }
                  - slack: { url: "http://user:hidden-word@chat/", on: [MAYBE], color: red }
                  - slack: { timeout: 0s, expire-after: 30d }
                  - pagerduty: { routing-key: hidden-word }
                  - webhook: { url: "https://a/", secret: hidden-word, authorization: "${env:NOT_THERE}", name: Ops! }
                  - carrier-pigeon: { }
                  - webhook: { url: "https://a/", authorization: "Bearer ${env:BROKEN}", name: b }
                """, Map.of("BROKEN", "hidden-word\nX-More: 1"));

        assertThat(mistakes).noneMatch(mistake -> mistake.contains("hidden-word"));
        assertThat(mistakes)
                .containsExactlyInAnyOrder(
                        "alerts[0].alertmanager.url: must be an address that begins with https:// or http:// (what is there now is not shown)",
                        "alerts[0].alertmanager.on: may not contain PASS: Alertmanager is told of what fires and what is over",
                        "alerts[0].alertmanager.resend: must be from 1s to 1h",
                        "alerts[1].slack.url: must not carry a user and password; use `authorization` where the target knows it",
                        "alerts[1].slack.on: may contain only PASS, FAIL and INCONCLUSIVE",
                        "alerts[1].slack.on: must name at least one of PASS, FAIL and INCONCLUSIVE",
                        "alerts[1].slack.color: is not a known key; known here: expire-after, name, on, timeout, url",
                        "alerts[2].slack.url: is required",
                        "alerts[2].slack.name: \"slack\" is another target's already: give each one of its own",
                        "alerts[2].slack.timeout: must be longer than nothing and at most 1m",
                        "alerts[2].slack.expire-after: must be longer than nothing and at most 168h",
                        "alerts[3].pagerduty.routing-key: is a secret and must be given as ${env:NAME} or ${file:PATH}, not in the file itself",
                        "alerts[4].webhook.secret: is a secret and must be given as ${env:NAME} or ${file:PATH}, not in the file itself",
                        "alerts[4].webhook.authorization: the environment variable NOT_THERE is not set",
                        "alerts[4].webhook.name: must be up to 40 small letters, digits and dashes",
                        "alerts[5]: must be a map with exactly one key, the kind of target: alertmanager, slack, pagerduty, webhook",
                        "alerts[6].webhook.authorization: must be one line of plain characters, such as \"Bearer …\"");
    }

    @Test
    void showsNoSecret_whenItIsPrinted() {
        AlertSettings settings = read("""
                alerts:
                  - slack: { url: "https://hooks.example/hidden-word" }
                  - pagerduty: { routing-key: "${env:SECRET}" }
                  - webhook: { url: "https://a/?token=hidden-word", secret: "${env:SECRET}", authorization: "${env:SECRET}" }
                  - alertmanager: { url: "https://a/", authorization: "${env:SECRET}" }
                """, Map.of("SECRET", "hidden-word"));

        assertThat(settings.toString()).doesNotContain("hidden-word");
        assertThat(settings.recipients())
                .noneMatch(one -> one.target().toString().contains("hidden-word"));
    }

    private static AlertSettings read(String yaml, Map<String, String> environment) {
        AllclearConfig config = ConfigFile.parse(yaml, "test", environment);
        AlertSettings settings = AlertSettings.read(config);
        assertThat(config.mistakes().found()).isEmpty();
        return settings;
    }

    private static List<String> mistakes(String yaml, Map<String, String> environment) {
        AllclearConfig config = ConfigFile.parse(yaml, "test", environment);
        AlertSettings.read(config);
        return config.mistakes().found();
    }
}
