package dev.allclear.aggregator.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allclear.config.AllclearConfig;
import dev.allclear.config.ConfigFile;
import dev.allclear.model.CheckName;
import dev.allclear.model.DatabaseName;
import dev.allclear.model.FindingCode;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
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

    @Test
    void givesEachDatabaseItsWaivers_alsoOneThatIsOnlyNamedThere() {
        AllclearConfig config = ConfigFile.parse("""
                waivers:
                  - { database: shop, code: status.grant-lost, subject: public.orders, by: ada, reason: known, until: 2027-03-31 }
                  - { database: shop, code: logs.no-source, by: bob, reason: no log there yet, until: "2027-01-01T12:00:00+02:00" }
                """, "test", Map.of());

        Policies policies = Policies.read(config);

        assertThat(config.mistakes().found()).isEmpty();
        assertThat(policies.of(new DatabaseName("shop")).waivers())
                .containsExactly(
                        new Waiver(
                                new FindingCode("status.grant-lost"),
                                Optional.of("public.orders"),
                                "ada",
                                "known",
                                Instant.parse("2027-04-01T00:00:00Z")),
                        new Waiver(
                                new FindingCode("logs.no-source"),
                                Optional.empty(),
                                "bob",
                                "no log there yet",
                                Instant.parse("2027-01-01T10:00:00Z")));
        assertThat(policies.of(new DatabaseName("shop")).required()).isEqualTo(Policy.DEFAULT.required());
        assertThat(policies.of(new DatabaseName("other")).waivers()).isEmpty();
    }

    @Test
    void namesEveryMistakeOfWaivers() {
        AllclearConfig config = ConfigFile.parse("""
                waivers:
                  - { code: status.grant-lost, until: tomorrow }
                  - { database: shop, code: pipeline.check-missing, by: ada, reason: r, until: 2027-03-31 }
                  - { database: shop, code: "status.*", subject: "", by: ada, reason: r, until: 2027-03-31, forever: true }
                """, "test", Map.of());

        Policies.read(config);

        assertThat(config.mistakes().found())
                .contains(
                        "waivers[0].database: is required",
                        "waivers[0].by: is required",
                        "waivers[0].reason: is required",
                        "waivers[0].until: \"tomorrow\" is neither a date such as 2027-03-31 nor a time such as"
                                + " 2027-03-31T12:00:00Z",
                        "waivers[1].code: pipeline.check-missing cannot be waived: it says that evidence is missing; to do"
                                + " without a check, drop it from policy.required",
                        "waivers[2].subject: is empty; leave it out to accept the finding of any object",
                        "waivers[2].forever: is not a known key; known here: by, code, database, reason, subject, until")
                .anyMatch(mistake -> mistake.startsWith("waivers[2].code: "));
    }
}
