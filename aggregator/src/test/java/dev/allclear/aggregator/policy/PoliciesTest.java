package dev.allclear.aggregator.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allclear.config.AllclearConfig;
import dev.allclear.config.ConfigFile;
import dev.allclear.model.CheckName;
import dev.allclear.model.DatabaseName;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PoliciesTest {
    @Test
    void requiresAllFiveWithinFiveMinutes_whenNothingIsSaid() {
        AllclearConfig config = ConfigFile.parse("", "test", Map.of());

        Policies policies = Policies.read(config);

        assertThat(config.mistakes().found()).isEmpty();
        assertThat(policies.of(new DatabaseName("any"))).isEqualTo(Policy.DEFAULT);
        assertThat(Policy.DEFAULT.required()).containsExactlyElementsOf(CheckName.builtIn());
    }

    @Test
    void takesEveryValue_andADatabaseOverridesKeyByKey() {
        AllclearConfig config = ConfigFile.parse("""
                databases:
                  shop:
                    uri: postgresql://u@h/shop
                    policy: { required: [status, rows] }
                policy:
                  required: [status]
                  advisory: [team.own]
                  deadline: 90s
                  log-watch: 10s
                  max-deadline: 30m
                  abandon-after: 2h
                """, "test", Map.of());

        Policies policies = Policies.read(config);

        Policy shop = policies.of(new DatabaseName("shop"));
        assertThat(config.mistakes().found()).isEmpty();
        assertThat(shop.required()).containsExactly(CheckName.STATUS, CheckName.ROWS);
        assertThat(shop.advisory()).containsExactly(new CheckName("team.own"));
        assertThat(shop.deadline()).isEqualTo(Duration.ofSeconds(90));
        assertThat(shop.logWatch()).isEqualTo(Duration.ofSeconds(10));
        assertThat(shop.maxDeadline()).isEqualTo(Duration.ofMinutes(30));
        assertThat(shop.abandonAfter()).isEqualTo(Duration.ofHours(2));
        assertThat(policies.of(new DatabaseName("other")).required()).containsExactly(CheckName.STATUS);
    }

    @Test
    void namesEveryMistakeAtOnce() {
        AllclearConfig config = ConfigFile.parse("""
                databases:
                  shop: { uri: postgresql://u@h/shop, policy: { required: [] } }
                policy:
                  required: [status, Nonsense]
                  deadline: soon
                  dead-line: 5m
                """, "test", Map.of());

        Policies.read(config);

        assertThat(config.mistakes().found())
                .hasSize(4)
                .anySatisfy(mistake -> assertThat(mistake).startsWith("databases.shop.policy.required:"))
                .anySatisfy(mistake -> assertThat(mistake).contains("Nonsense"))
                .anySatisfy(mistake -> assertThat(mistake).startsWith("policy.deadline:"))
                .anySatisfy(mistake -> assertThat(mistake).startsWith("policy.dead-line:"));
    }
}
