package dev.allclear.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allclear.codec.EventJson;
import dev.allclear.config.AllclearConfig;
import dev.allclear.config.ConfigFile;
import dev.allclear.event.EventType;
import dev.allclear.event.MigrationCompleted;
import dev.allclear.event.MigrationDescription;
import dev.allclear.model.DatabaseName;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunLimitsTest {
    @ParameterizedTest
    @CsvSource({
        "5m, 2m, '', PT5M",
        "5m, 2m, '\"deadline\":\"3m\"', PT3M",
        "5m, 2m, '\"deadline\":\"20m\"', PT20M",
        "5m, 2m, '\"deadline\":\"2h\"', PT1H",
        "5m, 2m, '\"deadline\":\"10s\"', PT2M30S",
        "5m, 2m, '\"deadline\":\"10s\",\"logWatch\":\"0s\"', PT30S",
        "5m, 2m, '\"logWatch\":\"10m\"', PT10M30S",
        "5m, 2m, '\"logWatch\":\"3h\"', PT1H",
        "1m, 10m, '', PT10M30S"
    })
    void capsTheDeadlineAtTheLongestOne_andRaisesItToTheLogWatch(
            String deadline, String logWatch, String said, Duration expected) throws Exception {
        RunLimits limits = limits("{ deadline: " + deadline + ", log-watch: " + logWatch + " }", "{}");

        assertThat(limits.deadlineOf(description(said))).isEqualTo(expected);
        assertThat(limits.checkLimitOf(description(said))).isEqualTo(expected.minusSeconds(5));
    }

    @Test
    void aLogWatchIsNeverNegative() throws Exception {
        RunLimits limits = limits("{ max-deadline: 20s }", "{}");

        assertThat(limits.logWatchOf(Optional.empty())).isZero();
        assertThat(limits.deadlineOf(description(""))).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void aDatabaseMayHaveItsOwnPolicy() throws Exception {
        RunLimits limits = limits("{ deadline: 5m }", "{ deadline: 20m }");

        assertThat(limits.deadlineOf(description(""))).isEqualTo(Duration.ofMinutes(20));
    }

    private static RunLimits limits(String policy, String own) {
        AllclearConfig config = ConfigFile.parse(
                "policy: " + policy + "\ndatabases: { shop: { uri: 'postgresql://h/d', policy: " + own + " } }",
                "test",
                Map.of());
        RunLimits limits = RunLimits.of(config).get(new DatabaseName("shop"));
        config.mistakes().throwIfAny();
        return limits;
    }

    private static MigrationDescription description(String said) throws Exception {
        String json = "{\"runId\":\"r\",\"database\":\"shop\",\"completedAt\":\"2026-01-31T12:00:00Z\""
                + (said.isEmpty() ? "" : "," + said) + "}";
        return ((MigrationCompleted)
                        EventJson.read(EventType.MIGRATION_COMPLETED, json.getBytes(StandardCharsets.UTF_8)))
                .description();
    }
}
