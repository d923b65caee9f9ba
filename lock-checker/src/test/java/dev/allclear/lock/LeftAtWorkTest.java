package dev.allclear.lock;

import static dev.allclear.testkit.ReportAssert.assertThat;
import static org.awaitility.Awaitility.await;

import dev.allclear.check.Baseline;
import dev.allclear.embedded.EmbeddedDatabase;
import dev.allclear.model.CheckReport;
import dev.allclear.model.Severity;
import dev.allclear.testkit.EveryPostgres;
import dev.allclear.testkit.PostgresExtension;
import java.sql.Connection;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Backends that go on after their client is gone, in ways that hold little or nothing at the moment of the last look. */
final class LeftAtWorkTest {
    private static final String BATCHES =
            "do $$ begin for i in 1..60 loop update orders set total = 0 where id = i; perform pg_sleep(0.1); commit; end loop; end $$";

    @RegisterExtension
    static final PostgresExtension postgres = new PostgresExtension();

    private LockScene scene;

    @BeforeAll
    static void tables() {
        postgres.execute(
                "create table orders (id int primary key, total numeric)",
                "create table summary (total numeric)",
                "insert into orders select i, i from generate_series(1, 100) i");
    }

    @BeforeEach
    void scene() {
        scene = new LockScene(postgres);
    }

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    @EveryPostgres
    void fails_whenABackfillGoesOnThatCommitsItsBatchesByItself() throws Exception {
        Optional<Baseline> baseline = Optional.of(scene.before());
        try (Connection backfill = postgres.connectionAs(EmbeddedDatabase.SUPERUSER, "backfill")) {
            CompletableFuture<Void> working = working(backfill, "backfill", BATCHES);

            CheckReport report = scene.after(baseline, "backfill");

            assertThat(report)
                    .failed()
                    .withFinding("locks.held-after-completion")
                    .about("public.orders")
                    .saying("ROW EXCLUSIVE", "it still works");
            end(backfill, working);
        }
    }

    @Test
    void findsNothing_inABatchJobFromBeforeTheRun() throws Exception {
        try (Connection job = postgres.connectionAs(EmbeddedDatabase.SUPERUSER, "job")) {
            CompletableFuture<Void> working = working(job, "job", BATCHES);
            Optional<Baseline> baseline = Optional.of(scene.before());

            CheckReport report = scene.after(baseline);

            assertThat(report).passed();
            end(job, working);
        }
    }

    @Test
    @EveryPostgres
    void fails_whenABackendStillFillsANewTableFromOneThatItOnlyReads() throws Exception {
        Optional<Baseline> baseline = Optional.of(scene.before());
        try (Connection copy = postgres.connectionAs(EmbeddedDatabase.SUPERUSER, "flyway")) {
            CompletableFuture<Void> working =
                    working(copy, "flyway", "create table copied as select o.*, pg_sleep(0.1)::text from orders o");

            CheckReport report = scene.after(baseline, "flyway");

            assertThat(report)
                    .failed()
                    .withFinding("locks.held-after-completion")
                    .withSeverity(Severity.ERROR)
                    .saying("pid ", "still works after completion, in a transaction");
            end(copy, working);
        }
    }

    @Test
    void isUnproven_whenOnlySomebodyElseTookAStrongLock() throws Exception {
        CheckReport report = withAStrongLockTakenBy("nightly-refresh");

        assertThat(report)
                .inconclusive()
                .withFinding("locks.idle-in-transaction")
                .withSeverity(Severity.UNPROVEN);
    }

    /** As a killed tool's VALIDATE CONSTRAINT after its backfill; a concurrent index build writes nothing but its index. */
    @Test
    void isUnproven_whenSomebodyAtWorkHasWrittenRows_andHoldsWhatAnIndexBuildHolds() throws Exception {
        Optional<Baseline> baseline = Optional.of(scene.before());
        try (Connection tool = scene.open(
                "flyway",
                "lock table summary in share update exclusive mode",
                "update orders set total = 0 where id = 1")) {
            CompletableFuture<Void> working = working(tool, "flyway", "select pg_sleep(30)");
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> scene.number("select count(*) from pg_stat_activity where application_name = 'flyway'"
                                    + " and xact_start < clock_timestamp() - interval '6 s'")
                            == 1);

            CheckReport report = scene.after(baseline);

            assertThat(report)
                    .inconclusive()
                    .withFinding("locks.held-after-completion")
                    .withSeverity(Severity.UNPROVEN);
            end(tool, working);
        }
    }

    @Test
    void fails_whenAKilledToolsBackendPreparesItsTransactionAfterCompletion() throws Exception {
        try (LockScene patient = new LockScene(postgres, postgres.parts("locks: {interval: 50ms, settle: 3500ms}"));
                Connection tool = postgres.connectionAs(EmbeddedDatabase.SUPERUSER, "xa")) {
            Optional<Baseline> baseline = Optional.of(patient.before());
            CompletableFuture<Void> working =
                    working(tool, "xa", "begin; lock table orders; select pg_sleep(1.5); prepare transaction 'late'");

            CheckReport report = patient.after(baseline);

            working.join();
            assertThat(report)
                    .failed()
                    .withFinding("locks.prepared-transaction")
                    .about("public.orders")
                    .saying("late");
        } finally {
            postgres.execute("rollback prepared 'late'");
        }
    }

    @Test
    void onlyMentions_aSessionUnderAnotherName_whenTheRunsOwnNameWasSeen() throws Exception {
        CheckReport report = withAStrongLockTakenBy("allclear-run/" + scene.run);

        assertThat(report).passed().withFinding("locks.idle-in-transaction").withSeverity(Severity.INFO);
    }

    /** The migration is not described, and somebody is left idle in a transaction with row locks, for longer than is ordinary. */
    private CheckReport withAStrongLockTakenBy(String application) throws Exception {
        Optional<Baseline> baseline = Optional.of(scene.before());
        try (Connection left = scene.open("PostgreSQL JDBC Driver", "update orders set total = 0 where id = 1")) {
            try (Connection strong = scene.open(application, "lock table summary in access exclusive mode")) {
                await().atMost(Duration.ofSeconds(20))
                        .until(() -> scene.number("select count(*) from pg_stat_activity"
                                        + " where state = 'idle in transaction'"
                                        + " and xact_start < clock_timestamp() - interval '6 s'")
                                >= 1);
                strong.rollback();
            }
            CheckReport report = scene.after(baseline);
            left.rollback();
            return report;
        }
    }

    private CompletableFuture<Void> working(Connection connection, String application, String sql) {
        CompletableFuture<Void> working = LockCheckerTest.inBackground(() -> LockScene.run(connection, sql));
        await().until(() -> scene.number("select count(*) from pg_stat_activity where state = 'active'"
                        + " and application_name = '" + application + "'")
                == 1);
        return working;
    }

    private static void end(Connection connection, CompletableFuture<Void> working) throws Exception {
        postgres.execute("select pg_terminate_backend(pid) from pg_stat_activity"
                + " where application_name in ('flyway', 'backfill', 'job', 'xa')");
        working.handle((done, ended) -> done).join();
    }
}
