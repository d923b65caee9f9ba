package dev.allclear.acceptance.teams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allclear.cli.conformance.Conformance;
import dev.allclear.config.AllclearConfig;
import dev.allclear.config.ConfigFile;
import dev.allclear.config.KafkaConfig;
import dev.allclear.model.CheckName;
import dev.allclear.postgres.Databases;
import dev.allclear.service.CheckerHost;
import dev.allclear.service.Parts;
import dev.allclear.status.StatusCheckerModule;
import dev.allclear.testkit.BrokerExtension;
import dev.allclear.testkit.PostgresExtension;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code allclear conformance} names each planted defect, and says nothing against checks that are sound. */
final class ConformanceTest {
    private static final Duration START = Duration.ofSeconds(60);

    /** Those of which the first answer cannot be had: waiting for it is spent to the end. */
    private static final Set<BadCheck.Defect> NEVER_RIGHT = EnumSet.of(
            BadCheck.Defect.NO_BASELINE,
            BadCheck.Defect.WRONG_RUN,
            BadCheck.Defect.FAILS_WITHOUT_A_FINDING,
            BadCheck.Defect.SAYS_PASSED_BESIDE_AN_ERROR);

    private static final Map<BadCheck.Defect, String> SENTENCES = new EnumMap<>(Map.ofEntries(
            Map.entry(BadCheck.Defect.NO_BASELINE, "said nothing about \"before\""),
            Map.entry(BadCheck.Defect.ANSWERS_DIFFER_ON_REDELIVERY, "answers to one run differ"),
            Map.entry(BadCheck.Defect.DIES_OF_GARBAGE, "no answer to a run after records that are no events"),
            Map.entry(BadCheck.Defect.KNOWS_ALL_FIELDS, "with fields of a later version"),
            Map.entry(BadCheck.Defect.NEEDS_THE_ANNOUNCEMENT, "no answer to a run that was never announced"),
            Map.entry(BadCheck.Defect.WRONG_PARTITION, "murmur2"),
            Map.entry(BadCheck.Defect.WRONG_RUN, "a run that nobody told it of"),
            Map.entry(BadCheck.Defect.FAILS_WITHOUT_A_FINDING, "cannot be read"),
            Map.entry(BadCheck.Defect.PASSES_WHAT_NEVER_RAN, "there was nothing to verify"),
            Map.entry(BadCheck.Defect.SAYS_PASSED_BESIDE_AN_ERROR, "says PASSED beside a finding"),
            Map.entry(BadCheck.Defect.ANSWERS_LATE, "limit 3s")));

    @RegisterExtension
    static final BrokerExtension broker = new BrokerExtension();

    @RegisterExtension
    static final PostgresExtension postgres = new PostgresExtension();

    @Test
    void namesEachPlantedDefect_andNoneWhereThereIsNone() throws Exception {
        ExecutorService all = Executors.newFixedThreadPool(BadCheck.Defect.values().length);
        Map<BadCheck.Defect, Future<List<String>>> examinations = new EnumMap<>(BadCheck.Defect.class);
        for (BadCheck.Defect defect : BadCheck.Defect.values()) {
            examinations.put(defect, all.submit(() -> examine(defect)));
        }

        for (BadCheck.Defect defect : BadCheck.Defect.values()) {
            List<String> mistakes = examinations.get(defect).get(120, TimeUnit.SECONDS);
            if (defect == BadCheck.Defect.NONE) {
                assertThat(mistakes).isEmpty();
            } else {
                assertThat(mistakes).as("%s", defect).anyMatch(mistake -> mistake.contains(SENTENCES.get(defect)));
            }
        }
        all.shutdown();
        assertThat(SENTENCES).hasSizeGreaterThanOrEqualTo(10);
    }

    @Test
    void saysNothingAgainstABuiltInCheck() throws Exception {
        KafkaConfig kafka = broker.kafka();
        AllclearConfig config = ConfigFile.parse(
                """
                kafka: { bootstrap.servers: "%s", topic-prefix: "%s" }
                databases: { shop: { uri: %s, status: { settle: 50ms } } }
                """.formatted(kafka.bootstrapServers().orElseThrow(), kafka.topicPrefix(), postgres.uri()),
                "test",
                Map.of());
        Parts parts = new Parts(
                postgres.vertx(),
                Clock.systemUTC(),
                config,
                Databases.of(postgres.vertx(), config),
                new SimpleMeterRegistry());
        CheckerHost host = CheckerHost.start(parts, List.of(new StatusCheckerModule()));

        List<String> mistakes =
                conformance("status", List.of(), Duration.ofSeconds(20)).examine(config.kafka());
        host.close().await(30, TimeUnit.SECONDS);

        assertThat(mistakes).isEmpty();
    }

    /** {@link CustomChecksPageIT} gives the one in Python to the command itself, as the page does. */
    @ParameterizedTest
    @EnumSource(names = "NODE")
    void saysNothingAgainstTheExamples(Language language) {
        Assumptions.assumeTrue(language.isHere(), language + " and its Kafka client are not here");

        List<String> mistakes = conformance(
                        language.check.value(), language.command(language.file()), Duration.ofSeconds(30))
                .examine(within(language.name()));

        assertThat(mistakes).isEmpty();
    }

    private static List<String> examine(BadCheck.Defect defect) {
        KafkaConfig kafka = within(defect.name());
        dev.allclear.kafka.Topics.ensure(kafka, START);
        try (BadCheck check = new BadCheck(kafka, defect)) {
            boolean isSound = defect == BadCheck.Defect.NONE;
            return conformance(
                            BadCheck.NAME,
                            List.of(),
                            isSound ? START : Duration.ofSeconds(3),
                            NEVER_RIGHT.contains(defect) ? Duration.ofSeconds(15) : START)
                    .examine(kafka);
        }
    }

    /** Topics of its own for each examination. */
    private static KafkaConfig within(String part) {
        KafkaConfig kafka = broker.kafka();
        return new KafkaConfig(kafka.client(), kafka.topicPrefix() + part + ".", 3, 1);
    }

    private static Conformance conformance(String check, List<String> command, Duration deadline) {
        return conformance(check, command, deadline, START);
    }

    private static Conformance conformance(String check, List<String> command, Duration deadline, Duration patience) {
        return new Conformance(
                new CheckName(check),
                PostgresExtension.NAME,
                command,
                deadline,
                patience,
                "c" + Long.toString(System.nanoTime(), 36),
                Clock.systemUTC());
    }
}
