package dev.allclear.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allclear.codec.Json;
import dev.allclear.config.ConfigFile;
import dev.allclear.event.MigrationCompleted;
import dev.allclear.event.MigrationDescription;
import dev.allclear.event.MigrationOutcome;
import dev.allclear.event.VerdictReached;
import dev.allclear.kafka.EventPublisher;
import dev.allclear.kafka.EventTail;
import dev.allclear.kafka.Topic;
import dev.allclear.model.CheckName;
import dev.allclear.model.DatabaseName;
import dev.allclear.model.Decision;
import dev.allclear.model.Recommendation;
import dev.allclear.model.RunId;
import dev.allclear.model.Verdict;
import dev.allclear.testkit.PostgresExtension;
import io.vertx.core.Future;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** The commands of a cluster's clients, against services that run beside them. */
@Timeout(180)
@ResourceLock(Resources.SYSTEM_OUT)
@ResourceLock(Resources.SYSTEM_ERR)
final class ClusterCommandsTest {
    @RegisterExtension
    static final PostgresExtension postgres = new PostgresExtension();

    @TempDir
    static Path directory;

    private static Standalone cluster;
    private static final List<Future<Void>> verdicts = new ArrayList<>();
    private static EventPublisher publisher;
    private static String config = "";

    @BeforeAll
    static void startTheCluster() throws IOException {
        postgres.execute("create table orders (id int primary key)");
        String yaml = """
                databases:
                  shop:
                    uri: %s
                    status: { settle: 0s }
                    locks: { settle: 0s }
                policy: { required: [status, locks, rows], log-watch: 0s }
                """.formatted(postgres.uri());
        cluster = Standalone.start(
                ConfigFile.parse(yaml, "test", Map.of()),
                Set.of(CheckName.STATUS, CheckName.LOCKS, CheckName.ROWS),
                StandaloneOptions.NONE,
                Clock.systemUTC());
        String address = cluster.kafka().bootstrapServers().orElseThrow();
        publisher = new EventPublisher(cluster.kafka(), "aggregator");
        config = Files.writeString(
                        directory.resolve("cluster.yaml"), "kafka: { bootstrap.servers: \"" + address + "\" }\n" + yaml)
                .toString();
    }

    @AfterAll
    static void stopTheCluster() {
        publisher.close();
        cluster.close();
    }

    @Test
    void endsTheAnnouncedRun_andNoOther() {
        CommandLineRun baseline = allclear("baseline", "--id", "d1", "--tool", "sql", "--database", "shop");
        assertThat(baseline.code()).as("%s", baseline).isZero();
        assertThat(baseline.out()).isEqualTo("status,locks,rows\n");
        postgres.execute("alter table orders add column note text");

        CommandLineRun verified =
                allclear("verify", "--since", "d1", "--exit-code", "0", "--database", "shop", "--format", "json");
        assertThat(verified.code()).as("%s", verified).isZero();
        assertThat(verified.out()).contains("\"runId\":\"d1\"", "1 catalog change");

        CommandLineRun again = allclear("verify", "--since", "d1", "--database", "shop");
        assertThat(again.code()).isEqualTo(ExitCode.USAGE);
        assertThat(again.err()).contains("--here");

        CommandLineRun here = allclear(
                "verify",
                "--since",
                "d1",
                "--here",
                "--database",
                "shop",
                "--format",
                "json",
                "--history",
                directory.resolve("own").toString());
        assertThat(here.code()).as("%s", here).isZero();
        assertThat(here.out())
                .contains("pipeline.before-reused", "1 catalog change")
                .doesNotContain("\"runId\":\"d1\"");

        CommandLineRun report = allclear("report", "d1", "--format", "markdown");
        assertThat(report.code()).as("%s", report).isZero();
        assertThat(report.out()).contains("d1", "1 catalog change");
    }

    @Test
    void knowsNoRunThatNobodyPublished() {
        CommandLineRun report = allclear("report", "nobody");
        CommandLineRun verify = allclear("verify", "--since", "nobody", "--database", "shop");

        assertThat(report.code()).isEqualTo(ExitCode.USAGE);
        assertThat(report.err()).contains("there is no run nobody in the topics of Kafka at", ".allclear");
        assertThat(verify.code()).isEqualTo(ExitCode.USAGE);
        assertThat(verify.err()).contains("--since: there is no run nobody of database shop");
    }

    @Test
    void completesKnowingForWhatItWaited_inTheSameDirectory() {
        String notes = directory.resolve("notes").toString();
        publish(notes, "started", "p1");
        publish(notes, "completed", "p1", "--exit-code", "0");
        publish(notes, "started", "p2");
        publish(notes, "completed", "p2", "--exit-code", "0", "--awaited", "");
        publish(notes, "started", "p3");
        publish(directory.resolve("elsewhere").toString(), "completed", "p3", "--exit-code", "0");

        assertThat(completion("p1").awaitedBaselines())
                .contains(Set.of(CheckName.STATUS, CheckName.LOCKS, CheckName.ROWS));
        assertThat(completion("p2").awaitedBaselines()).contains(Set.of());
        assertThat(completion("p3").awaitedBaselines()).isEmpty();
    }

    @Test
    void runsNothingUnderAnIdThatHasItsVerdict_andPassesOnNoOldOne() {
        String[] words = {
            "run", "--config", config, "--id", "twice", "--tool", "sql", "--database", "shop", "--", "true"
        };
        CommandLineRun first = CommandLineRun.of(words);
        words[words.length - 1] = "false";
        CommandLineRun second = CommandLineRun.of(words);
        CommandLineRun verified =
                allclear("verify", "--id", "twice", "--tool", "sql", "--exit-code", "1", "--database", "shop");

        assertThat(first.code()).as("%s", first).isZero();
        assertThat(second.code()).as("%s", second).isEqualTo(ExitCode.USAGE);
        assertThat(second.err()).contains("twice", "the command was not run");
        assertThat(verified.code()).as("%s", verified).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void letsNoOldVerdictStand_whereAnIdIsPublishedAgain() {
        String notes = directory.resolve("again").toString();
        publish(notes, "started", "again");
        publish(notes, "completed", "again", "--exit-code", "0");
        CommandLineRun first = allclear("wait", "again", "--deadline", "60s");
        CommandLineRun started = allclear(
                "publish", "started", "--database", "shop", "--id", "again", "--tool", "sql", "--history", notes);
        publish(notes, "completed", "again", "--exit-code", "0");
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
            CommandLineRun second = allclear("wait", "again", "--deadline", "60s");
            return second.code() == ExitCode.INCONCLUSIVE && second.out().contains("pipeline.run-repeated");
        });

        assertThat(first.code()).as("%s", first).isZero();
        assertThat(started.code()).as("%s", started).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void waitsForTheVerdictOfOneDatabase_whereSeveralHaveARunOfThatName() {
        decide("both", "shop", Decision.PASS, 1);
        decide("both", "billing", Decision.FAIL, 1);

        CommandLineRun either = allclear("wait", "both", "--deadline", "20s");
        CommandLineRun shop = allclear("wait", "both", "--database", "shop", "--deadline", "20s");
        CommandLineRun billing = allclear("wait", "both", "--database", "billing", "--deadline", "20s");

        assertThat(either.code()).as("%s", either).isEqualTo(ExitCode.USAGE);
        assertThat(either.err()).contains("billing, shop", "--database");
        assertThat(shop.code()).as("%s", shop).isEqualTo(ExitCode.PASS);
        assertThat(billing.code()).as("%s", billing).isEqualTo(ExitCode.FAIL);
    }

    @Test
    void waits_untilWhatIsThereIsRead_forTheLastRevision() {
        decide("revised", "shop", Decision.PASS, 1);
        for (int stranger = 0; stranger < 2_000; stranger++) {
            decide("stranger-" + stranger, "shop", Decision.PASS, 1);
        }
        decide("revised", "shop", Decision.FAIL, 2);

        CommandLineRun waited = allclear("wait", "revised", "--deadline", "20s");

        assertThat(waited.code()).as("%s", waited).isEqualTo(ExitCode.FAIL);
    }

    private static void decide(String run, String database, Decision decision, int revision) {
        Verdict verdict = new Verdict(
                new RunId(run),
                new DatabaseName(database),
                decision,
                true,
                revision,
                Instant.now(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Recommendation.INVESTIGATE);
        verdicts.add(publisher.publish(new VerdictReached(verdict)));
        if (!run.startsWith("stranger")) {
            verdicts.forEach(RunClient::await);
            verdicts.clear();
        }
    }

    @Test
    void watches_withEveryEventOnALineOfItsOwn_whateverIsInIt() throws InterruptedException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream before = System.out;
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        List<Integer> codes = Collections.synchronizedList(new ArrayList<>());
        Thread watch = new Thread(() -> codes.add(AllclearMain.commandLine(new Interruption())
                .execute("watch", "--since", "1h", "--format", "json", "--database", "shop", "--config", config)));
        watch.start();
        try (EventPublisher publisher = new EventPublisher(cluster.kafka(), "stranger")) {
            RunClient.await(publisher.publish(new MigrationCompleted(
                    new RunId("hostile"),
                    new DatabaseName("shop"),
                    Instant.now(),
                    Optional.of(0),
                    Optional.of(MigrationOutcome.SUCCEEDED),
                    Optional.of("one\ntwo \u001b[31m"),
                    MigrationDescription.NOTHING_SAID)));
        }
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> bytes.toString(StandardCharsets.UTF_8)
                .contains("hostile"));

        watch.interrupt();
        watch.join();
        System.setOut(before);

        assertThat(codes).containsExactly(ExitCode.PASS);
        assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
                .isNotEmpty()
                .allSatisfy(line -> assertThat(Json.parse(line)).containsKeys("type", "runId", "database"))
                .anySatisfy(line -> assertThat(line).contains("hostile", "migration.completed"));
    }

    private static void publish(String notes, String what, String run, String... more) {
        List<String> words = new ArrayList<>(
                List.of("publish", what, "--database", "shop", "--id", run, "--tool", "sql", "--history", notes));
        words.addAll(List.of(more));
        CommandLineRun done = allclear(words.toArray(String[]::new));
        assertThat(done.code()).as("%s", done).isZero();
    }

    private static MigrationCompleted completion(String run) {
        List<MigrationCompleted> found = Collections.synchronizedList(new ArrayList<>());
        EventTail tail = EventTail.fromBeginning(cluster.kafka(), Set.of(Topic.MIGRATIONS), received -> {
            if (received.event() instanceof MigrationCompleted completed
                    && completed.run().value().equals(run)) {
                found.add(completed);
            }
        });
        try {
            Awaitility.await().until(() -> !found.isEmpty());
            return found.get(0);
        } finally {
            tail.close();
        }
    }

    private static CommandLineRun allclear(String... words) {
        List<String> arguments = new ArrayList<>(List.of(words));
        arguments.addAll(List.of("--config", config));
        return CommandLineRun.of(arguments);
    }
}
