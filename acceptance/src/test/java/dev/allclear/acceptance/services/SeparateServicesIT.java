package dev.allclear.acceptance.services;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allclear.config.KafkaConfig;
import dev.allclear.event.EventType;
import dev.allclear.event.MigrationCompleted;
import dev.allclear.event.MigrationDescription;
import dev.allclear.event.MigrationOutcome;
import dev.allclear.event.MigrationStarted;
import dev.allclear.kafka.EventPublisher;
import dev.allclear.model.CheckName;
import dev.allclear.model.CheckVerdict;
import dev.allclear.model.Decision;
import dev.allclear.model.Finding;
import dev.allclear.model.RunId;
import dev.allclear.model.Verdict;
import dev.allclear.testkit.BrokerExtension;
import dev.allclear.testkit.DescriptionBuilder;
import dev.allclear.testkit.PostgresExtension;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The six services as JVMs of their own against one broker, and what becomes of a run when some of them die. */
final class SeparateServicesIT {
    /** Soak and 30 s is the shortest deadline there is; the rest is for slow machines. */
    private static final Duration PATIENCE = Duration.ofSeconds(100);

    private static final Map<String, String> MAINS = Map.of(
            "status", "dev.allclear.status.StatusCheckerMain",
            "latency", "dev.allclear.latency.LatencyCheckerMain",
            "locks", "dev.allclear.lock.LockCheckerMain",
            "rows", "dev.allclear.row.RowCheckerMain",
            "logs", "dev.allclear.log.LogScannerMain",
            "aggregator", "dev.allclear.aggregator.AggregatorMain");

    @RegisterExtension
    static final BrokerExtension broker = new BrokerExtension();

    @RegisterExtension
    static final PostgresExtension postgres = new PostgresExtension();

    @TempDir
    private static Path folder;

    private static final Map<String, ServiceProcess> services = new LinkedHashMap<>();
    private static Path configFile;
    private static Path applicationLog;
    private static EventPublisher publisher;
    private static TopicWatch watch;
    private static Thread application;
    private static volatile boolean applicationEnds;

    @BeforeAll
    static void startServices() throws IOException {
        postgres.execute(
                "create table orders (id int primary key, customer_id int, total numeric)",
                "insert into orders select i, i % 100, i from generate_series(1, 20000) i",
                "create index orders_customer_idx on orders (customer_id)",
                "analyze orders");
        applicationLog = folder.resolve("application.log");
        Files.writeString(applicationLog, "");
        application = new Thread(SeparateServicesIT::logNowAndThen, "application");
        application.setDaemon(true);
        application.start();
        configFile = folder.resolve("allclear.yaml");
        KafkaConfig kafka = broker.kafka();
        Files.writeString(configFile, """
                kafka: { bootstrap.servers: "%s", topic-prefix: "%s", partitions: 3 }
                databases:
                  shop:
                    uri: %s
                    status: { settle: 1s }
                    locks: { settle: 1s }
                    latency:
                      queries: [{ name: orders-of-customer, sql: select * from orders where customer_id = $1, parameters: [[42]] }]
                    logs: [{ file: %s, lag: 1s }]
                policy: { log-watch: 3s, deadline: 33s }
                """.formatted(
                        kafka.bootstrapServers().orElseThrow(), kafka.topicPrefix(), postgres.uri(), applicationLog));
        MAINS.keySet().forEach(SeparateServicesIT::start);
        services.values().forEach(ServiceProcess::awaitRunning);
        publisher = new EventPublisher(kafka, "acceptance");
        watch = new TopicWatch(kafka);
    }

    @AfterAll
    static void stopServices() {
        applicationEnds = true;
        watch.close();
        publisher.close();
        services.values().forEach(ServiceProcess::close);
        WireCheck wire = WireCheck.of(broker.kafka());
        assertThat(wire.mistakes()).as("held to the schemas").isEmpty();
        assertThat(wire.seen()).containsAll(EnumSet.complementOf(EnumSet.of(EventType.ALERT_RESOLVED)));
    }

    @Test
    void passAGoodMigration_publishedByTheCommandFromAnotherProcess() {
        ServiceProcess run = allclearRun("good-1", "create table invoices (id int primary key)");

        int exitCode = run.awaitExit(PATIENCE);

        assertThat(exitCode).as(run.output()).isZero();
        assertThat(run.output()).contains("migrated").contains("Safe to keep");
    }

    @Test
    void failABadMigration_publishedByTheCommandFromAnotherProcess() {
        ServiceProcess run = allclearRun(
                "bad-1",
                "alter table orders add constraint positive check (total > 1e9) not valid",
                "create index concurrently nonsense on orders ((1 / (total - 5)))");

        int exitCode = run.awaitExit(PATIENCE);

        assertThat(exitCode).as(run.output()).isEqualTo(1);
        assertThat(run.output()).contains("Action needed").contains("status.migration-failed");
    }

    @Test
    void trustTheBaselinesThatAPublisherWaitedFor() {
        postgres.execute("create table if not exists alembic_version (version_num varchar(32) primary key)");
        postgres.execute("insert into alembic_version values ('head')");
        ServiceProcess started = publish("started", "awaited-1");
        assertThat(started.awaitExit(PATIENCE)).as(started.output()).isZero();
        String awaited =
                started.output().lines().reduce((earlier, last) -> last).orElseThrow();

        publish("completed", "awaited-1", "--exit-code", "0", "--awaited", awaited)
                .awaitExit(PATIENCE);
        publish("started", "unsaid-1").awaitExit(PATIENCE);
        // in another directory nothing is known of what "publish started" waited for
        publish(
                        "completed",
                        "unsaid-1",
                        "--exit-code",
                        "0",
                        "--history",
                        folder.resolve("elsewhere").toString())
                .awaitExit(PATIENCE);
        Verdict said = watch.awaitFinalVerdict(new RunId("awaited-1"), PATIENCE);
        Verdict unsaid = watch.awaitFinalVerdict(new RunId("unsaid-1"), PATIENCE);
        postgres.execute("drop table alembic_version");

        assertThat(awaited).isEqualTo("latency,locks,logs,rows,status");
        assertThat(said.decision()).as("%s", said).isEqualTo(Decision.PASS);
        assertThat(unsaid.decision()).as("%s", unsaid).isEqualTo(Decision.INCONCLUSIVE);
        assertThat(codes(unsaid.reasons())).contains("status.baseline-contaminated");
    }

    @Test
    void nameTheCheckerThatWasKilled_andDecideAtTheDeadline() {
        RunId run = new RunId("killed-1");
        publish(started(run));
        watch.awaitBaselines(run, 5);
        services.get("locks").kill();

        publish(completed(run));
        Verdict verdict = watch.awaitFinalVerdict(run, PATIENCE);
        start("locks");
        services.get("locks").awaitRunning();

        assertThat(verdict.decision()).isEqualTo(Decision.INCONCLUSIVE);
        assertThat(verdict.missing()).containsExactly(CheckName.LOCKS);
        assertThat(codes(verdict.reasons())).contains("pipeline.check-missing");
    }

    @Test
    void completeTheVerdict_whenTheKilledCheckerIsStartedAgain() {
        RunId run = new RunId("restarted-1");
        publish(started(run));
        watch.awaitBaselines(run, 5);
        services.get("rows").kill();
        start("rows");
        services.get("rows").awaitRunning();

        publish(completed(run));
        Verdict verdict = watch.awaitFinalVerdict(run, PATIENCE);

        assertThat(verdict.missing()).isEmpty();
        assertThat(verdict.checks()).extracting(CheckVerdict::check).contains(CheckName.ROWS);
        assertThat(verdict.decision()).as("%s", verdict).isEqualTo(Decision.PASS);
    }

    @Test
    void reachOneVerdict_whenTheAggregatorIsKilledMeanwhile() {
        RunId run = new RunId("aggregator-killed-1");
        publish(started(run));
        watch.awaitBaselines(run, 5);
        publish(completed(run));
        services.get("aggregator").kill();
        start("aggregator");
        services.get("aggregator").awaitRunning();

        Verdict verdict = watch.awaitFinalVerdict(run, PATIENCE);

        assertThat(verdict.decision()).as("%s", verdict).isEqualTo(Decision.PASS);
        assertThat(watch.verdicts(run).stream().filter(Verdict::isFinal)).hasSize(1);
    }

    @Test
    void sayWhatCouldNotBeKnown_whenACompletionComesAloneAsBareJson() {
        RunId run = new RunId("bare-1");

        produce("migrations", "shop", """
                {"type":"migration.completed","runId":"bare-1","database":"shop","completedAt":"%s","exitCode":0,"tool":"sql"}
                """.formatted(Instant.now()));
        Verdict verdict = watch.awaitFinalVerdict(run, PATIENCE);

        assertThat(verdict.decision()).isEqualTo(Decision.INCONCLUSIVE);
        assertThat(verdict.checks().stream().flatMap(check -> codes(check.findings()).stream()))
                .contains("latency.no-baseline", "locks.not-observed");
    }

    @Test
    void tellTheWholeReportToWhoeverWaits() throws IOException {
        RunId run = new RunId("waited-for-1");
        publish(started(run));
        watch.awaitBaselines(run, 5);
        publish(completed(run));
        Path reports = folder.resolve("waited");

        ServiceProcess waiting = ServiceProcess.start(
                folder,
                "dev.allclear.cli.AllclearMain",
                Map.of(),
                "wait",
                run.value(),
                "--config",
                configFile.toString(),
                "--report",
                reports.toString());

        assertThat(waiting.awaitExit(PATIENCE)).as(waiting.output()).isZero();
        assertThat(Files.readString(reports.resolve("report.json"))).contains("\"measurements\"", "\"tool\":\"sql\"");
    }

    @Test
    void giveAClearSentence_whenTheDatabaseIsUnknown() {
        RunId run = new RunId("unknown-1");

        produce("migrations", "nowhere", """
                {"type":"migration.completed","runId":"unknown-1","database":"nowhere","completedAt":"%s","exitCode":0}
                """.formatted(Instant.now()));
        Verdict verdict = watch.awaitFinalVerdict(run, PATIENCE);

        assertThat(verdict.decision()).isEqualTo(Decision.INCONCLUSIVE);
        assertThat(verdict.checks().stream()
                        .flatMap(check -> check.findings().stream().map(Finding::message)))
                .anyMatch(message -> message.contains("nowhere") && message.contains("shop"));
    }

    @Test
    void goOn_whenGarbageIsOnTheTopics() {
        for (String garbage : List.of(
                "", "{", "null", "[[[[", "{\"type\":\"dev.allclear.migration.completed.v1\"}", "\u0000\u0001")) {
            produce("migrations", "shop", garbage);
            produce("results", "shop", garbage);
        }
        RunId run = new RunId("after-garbage-1");
        publish(started(run));
        watch.awaitBaselines(run, 5);
        publish(completed(run));

        Verdict verdict = watch.awaitFinalVerdict(run, PATIENCE);

        assertThat(verdict.decision()).as("%s", verdict).isEqualTo(Decision.PASS);
    }

    @Test
    void endAtOnce_whenTheirConfigurationIsWrong() throws Exception {
        Path wrong = Files.writeString(folder.resolve("wrong.yaml"), "databases: { shop: { uri: nonsense } }");

        ServiceProcess serving = ServiceProcess.start(
                folder, "dev.allclear.cli.AllclearMain", Map.of(), "serve", "--config", wrong.toString());

        assertThat(serving.awaitExit(PATIENCE)).isEqualTo(2);
        assertThat(serving.output()).contains("databases.shop.uri").doesNotContain("told to end");
    }

    private static void start(String service) {
        services.put(
                service, ServiceProcess.start(folder, MAINS.get(service), Map.of(), "--config", configFile.toString()));
    }

    private static ServiceProcess allclearRun(String id, String... statements) {
        List<String> arguments = new ArrayList<>(List.of(
                "run",
                "--config",
                configFile.toString(),
                "--database",
                "shop",
                "--id",
                id,
                "--tool",
                "sql",
                "--",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                SqlTool.class.getName(),
                postgres.jdbcUrl()));
        arguments.addAll(List.of(statements));
        return ServiceProcess.start(
                folder, "dev.allclear.cli.AllclearMain", Map.of(), arguments.toArray(new String[0]));
    }

    /** {@code allclear publish} of a deploy that has nothing to do. */
    private static ServiceProcess publish(String what, String id, String... options) {
        List<String> arguments = new ArrayList<>(List.of(
                "publish",
                what,
                "--config",
                configFile.toString(),
                "--database",
                "shop",
                "--id",
                id,
                "--tool",
                "alembic",
                "--target",
                "head"));
        arguments.addAll(List.of(options));
        return ServiceProcess.start(
                folder, "dev.allclear.cli.AllclearMain", Map.of(), arguments.toArray(new String[0]));
    }

    private static MigrationStarted started(RunId run) {
        return new MigrationStarted(run, PostgresExtension.NAME, Instant.now(), description());
    }

    private static MigrationCompleted completed(RunId run) {
        postgres.execute("create table \"t_" + run + "\" (id int)");
        return new MigrationCompleted(
                        run,
                        PostgresExtension.NAME,
                        Instant.now(),
                        Optional.of(0),
                        Optional.of(MigrationOutcome.SUCCEEDED),
                        Optional.empty(),
                        description())
                .havingAwaited(Set.copyOf(CheckName.builtIn()));
    }

    private static MigrationDescription description() {
        return new DescriptionBuilder().tool("sql").build();
    }

    private static void publish(dev.allclear.event.AllclearEvent event) {
        Future<Void> published = publisher.publish(event);
        try {
            published.await(30, TimeUnit.SECONDS);
        } catch (java.util.concurrent.TimeoutException late) {
            throw new AssertionError(late);
        }
    }

    /** As a producer in another language would, which knows nothing of CloudEvents. */
    private static void produce(String topic, String key, String value) {
        KafkaConfig kafka = broker.kafka();
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers().orElseThrow()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(
                    kafka.topicPrefix() + topic,
                    key.getBytes(StandardCharsets.UTF_8),
                    value.strip().getBytes(StandardCharsets.UTF_8)));
        }
    }

    private static List<String> codes(List<Finding> findings) {
        return findings.stream().map(finding -> finding.code().value()).toList();
    }

    private static void logNowAndThen() {
        while (!applicationEnds) {
            try {
                Files.writeString(
                        applicationLog,
                        Clock.systemUTC().instant() + " INFO  [main] shop.Orders - listed 10 orders\n",
                        StandardOpenOption.APPEND);
                Awaitility.await().pollDelay(Duration.ofMillis(200)).until(() -> true);
            } catch (IOException gone) {
                return;
            }
        }
    }
}
