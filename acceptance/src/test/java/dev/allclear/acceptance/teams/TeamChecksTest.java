package dev.allclear.acceptance.teams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allclear.acceptance.services.TopicWatch;
import dev.allclear.acceptance.services.WireCheck;
import dev.allclear.aggregator.Aggregator;
import dev.allclear.config.AllclearConfig;
import dev.allclear.config.ConfigFile;
import dev.allclear.config.KafkaConfig;
import dev.allclear.event.AllclearEvent;
import dev.allclear.event.MigrationCompleted;
import dev.allclear.event.MigrationDescription;
import dev.allclear.event.MigrationStarted;
import dev.allclear.kafka.EventPublisher;
import dev.allclear.kafka.Partition;
import dev.allclear.model.CheckName;
import dev.allclear.model.CheckVerdict;
import dev.allclear.model.DatabaseName;
import dev.allclear.model.Decision;
import dev.allclear.model.Outcome;
import dev.allclear.model.RunId;
import dev.allclear.model.Verdict;
import dev.allclear.postgres.Databases;
import dev.allclear.service.CheckerHost;
import dev.allclear.service.Parts;
import dev.allclear.status.StatusCheckerModule;
import dev.allclear.testkit.BrokerExtension;
import dev.allclear.testkit.DescriptionBuilder;
import dev.allclear.testkit.PostgresExtension;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The examples in Python and Node as required checks beside a built-in one, on a real broker with three partitions. Each verdict must
 * be right and the built-in check unharmed, whatever the strangers do.
 */
final class TeamChecksTest {
    private static final Duration PATIENCE = Duration.ofSeconds(100);
    private static final int PARTITIONS = 3;

    /** One that librdkafka's default partitioner puts elsewhere than Java's. */
    private static final DatabaseName ORDERS = new DatabaseName("orders");

    @RegisterExtension
    static final BrokerExtension broker = new BrokerExtension();

    @RegisterExtension
    static final PostgresExtension postgres = new PostgresExtension();

    @TempDir
    private static Path state;

    private static final List<Language> languages =
            Arrays.stream(Language.values()).filter(Language::isHere).toList();
    private static CheckerHost status;
    private static Aggregator aggregator;
    private static EventPublisher publisher;
    private static TopicWatch watch;

    private final List<ForeignProcess> checks = new ArrayList<>();

    @BeforeAll
    static void startAllclear() throws TimeoutException {
        Assumptions.assumeFalse(languages.isEmpty(), "neither Python nor Node with a Kafka client is here");
        String required = Stream.concat(Stream.of("status"), languages.stream().map(language -> language.check.value()))
                .collect(Collectors.joining(", ", "[", "]"));
        KafkaConfig kafka = broker.kafka();
        AllclearConfig config = ConfigFile.parse(
                """
                kafka: { bootstrap.servers: "%s", topic-prefix: "%s", partitions: %d }
                databases: { %s: { uri: %s, status: { settle: 50ms } } }
                policy: { required: %s, log-watch: 0s, deadline: 30s }
                """.formatted(
                                kafka.bootstrapServers().orElseThrow(),
                                kafka.topicPrefix(),
                                PARTITIONS,
                                ORDERS,
                                postgres.uri(),
                                required),
                "test",
                Map.of());
        config.mistakes().throwIfAny();
        Parts parts = new Parts(
                postgres.vertx(),
                Clock.systemUTC(),
                config,
                Databases.of(postgres.vertx(), config),
                new SimpleMeterRegistry());
        status = CheckerHost.start(parts, List.of(new StatusCheckerModule()));
        aggregator = Aggregator.start(config, config.kafka(), parts.clock(), parts.meters(), state);
        aggregator.running().await(60, TimeUnit.SECONDS);
        publisher = new EventPublisher(config.kafka(), "acceptance");
        watch = new TopicWatch(config.kafka());
    }

    @AfterAll
    static void stopAllclear() throws TimeoutException {
        if (languages.isEmpty()) {
            return;
        }
        watch.close();
        publisher.close();
        Future.join(status.close(), aggregator.close()).await(40, TimeUnit.SECONDS);
        assertThat(WireCheck.of(broker.kafka()).mistakes()).isEmpty();
    }

    @AfterEach
    void stopTheChecks() {
        checks.forEach(ForeignProcess::close);
    }

    @Test
    void passAGoodRun_andTheirFailureTurnsTheVerdict() {
        startChecks();

        announce("good-1");
        completeWell("good-1");
        Verdict good = verdict("good-1");
        announce("bad-1");
        completeBadly("bad-1");
        Verdict bad = verdict("bad-1");

        assertThat(good.decision()).as("%s", good).isEqualTo(Decision.PASS);
        assertThat(bad.decision()).as("%s", bad).isEqualTo(Decision.FAIL);
        assertThat(outcomes(bad)).containsEntry(CheckName.STATUS, Outcome.PASSED);
        languages.forEach(language -> assertThat(outcomes(bad)).containsEntry(language.check, Outcome.FAILED));
    }

    @Test
    void areUnderstood_whenTheirClientPartitionsDifferently() throws IOException {
        int right = Partition.of(ORDERS, PARTITIONS);
        CRC32 crc = new CRC32();
        crc.update(ORDERS.value().getBytes(StandardCharsets.UTF_8));
        assertThat(crc.getValue() % PARTITIONS)
                .as("librdkafka's default differs")
                .isNotEqualTo(right);
        for (Language language : languages) {
            startCheck(language, language.withWrongPartitioner(right + 1));
        }

        announce("stray-1");
        completeWell("stray-1");
        Verdict verdict = verdict("stray-1");

        assertThat(verdict.decision()).as("%s", verdict).isEqualTo(Decision.PASS);
        assertThat(outcomes(verdict)).hasSize(1 + languages.size());
    }

    @Test
    void answerWhatTheyLeft_whenTheyCrashInTheMiddle() {
        startChecks();
        announce("crash-1");
        checks.forEach(ForeignProcess::kill);
        completeBadly("crash-1");
        checks.clear();

        startChecks();
        Verdict verdict = verdict("crash-1");

        assertThat(verdict.decision()).as("%s", verdict).isEqualTo(Decision.FAIL);
        assertThat(verdict.missing()).isEmpty();
        languages.forEach(language -> assertThat(outcomes(verdict)).containsEntry(language.check, Outcome.FAILED));
    }

    @Test
    void areNotShaken_andShakeNobody_byNoise() {
        startChecks();
        CheckName check = languages.get(0).check;

        announce("noise-1");
        for (String garbage :
                List.of("", "{", "null", "[]", "\u0000", "{\"type\":7}", "{\"type\":\"check.completed\"}")) {
            produce("results", garbage);
            produce("migrations", garbage);
        }
        produce("results", result("nobody-heard-of-it", check, "PASSED", "fine"));
        produce("results", result("noise-1", new CheckName("acme.chatter"), "PASSED", "x".repeat(1_000_000)));
        produce("results", result("noise-1", check, "PASSED", "y".repeat(1_000_000)));
        completeBadly("noise-1");
        verdict("noise-1");
        Awaitility.await("the worse of two answers to count")
                .atMost(PATIENCE)
                .until(() -> outcomes(latest("noise-1")).get(check) == Outcome.FAILED);
        Verdict verdict = latest("noise-1");

        assertThat(verdict.decision()).isEqualTo(Decision.FAIL);
        assertThat(outcomes(verdict)).containsEntry(CheckName.STATUS, Outcome.PASSED);
        assertThat(checks).allMatch(ForeignProcess::isAlive);
    }

    @Test
    void areNamed_whenTheyAreSilent() {
        announce("silent-1");
        completeWell("silent-1");

        Verdict verdict = verdict("silent-1");

        assertThat(verdict.decision()).isEqualTo(Decision.INCONCLUSIVE);
        assertThat(verdict.missing())
                .containsExactlyInAnyOrderElementsOf(
                        languages.stream().map(language -> language.check).toList());
        assertThat(verdict.reasons())
                .anyMatch(reason -> reason.code().value().equals("pipeline.check-missing")
                        && reason.message().contains(languages.get(0).check.value()));
        assertThat(outcomes(verdict)).containsEntry(CheckName.STATUS, Outcome.PASSED);
    }

    private void startChecks() {
        languages.forEach(language -> startCheck(language, language.file()));
    }

    private void startCheck(Language language, Path file) {
        checks.add(ForeignProcess.start(language.command(file), language.folder(), broker.kafka(), Map.of()));
    }

    private static Map<CheckName, Outcome> outcomes(Verdict verdict) {
        return verdict.checks().stream().collect(Collectors.toMap(CheckVerdict::check, CheckVerdict::outcome));
    }

    private Verdict verdict(String run) {
        try {
            return watch.awaitFinalVerdict(new RunId(run), PATIENCE);
        } catch (RuntimeException none) {
            checks.forEach(check -> System.out.println(check.output()));
            throw none;
        }
    }

    private static Verdict latest(String run) {
        List<Verdict> verdicts = watch.verdicts(new RunId(run));
        return verdicts.get(verdicts.size() - 1);
    }

    private static void announce(String run) {
        publish(new MigrationStarted(new RunId(run), ORDERS, now().minusSeconds(5), description()));
        watch.awaitBaselines(new RunId(run), 1);
    }

    private static void completeWell(String run) {
        complete(run, now(), "Successfully applied 1 migration");
    }

    /** Two minutes later, with a warning. */
    private static void completeBadly(String run) {
        complete(run, now().plusSeconds(120), "WARN: relation exists, skipping\nSuccessfully applied 1 migration");
    }

    private static void complete(String run, Instant at, String output) {
        postgres.execute("create table \"t_" + run + "\" (id int)");
        publish(new MigrationCompleted(
                        new RunId(run),
                        ORDERS,
                        at,
                        Optional.of(0),
                        Optional.empty(),
                        Optional.of(output),
                        description())
                .havingAwaited(Set.of(CheckName.STATUS)));
    }

    private static MigrationDescription description() {
        return new DescriptionBuilder().tool("sql").build();
    }

    private static Instant now() {
        return Clock.systemUTC().instant();
    }

    private static String result(String run, CheckName check, String outcome, String summary) {
        return "{\"type\":\"check.completed\",\"runId\":\"%s\",\"database\":\"orders\",\"check\":\"%s\",\"outcome\":\"%s\",\"summary\":\"%s\"}"
                .formatted(run, check, outcome, summary);
    }

    private static void publish(AllclearEvent event) {
        try {
            publisher.publish(event).await(30, TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            throw new AssertionError(late);
        }
    }

    private static void produce(String topic, String value) {
        KafkaConfig kafka = broker.kafka();
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers().orElseThrow(), "max.request.size", 2_000_000),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(
                    kafka.topicPrefix() + topic,
                    ORDERS.value().getBytes(StandardCharsets.UTF_8),
                    value.getBytes(StandardCharsets.UTF_8)));
        }
    }
}
