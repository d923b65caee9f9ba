package dev.allclear.lock;

import static dev.allclear.testkit.ReportAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.allclear.check.Baseline;
import dev.allclear.embedded.EmbeddedDatabase;
import dev.allclear.model.CheckReport;
import dev.allclear.model.Severity;
import dev.allclear.testkit.EveryPostgres;
import dev.allclear.testkit.PostgresExtension;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class LockCheckerTest {
    @RegisterExtension
    static final PostgresExtension postgres = new PostgresExtension();

    private LockScene scene;

    @BeforeAll
    static void tables() {
        postgres.execute(
                "create table orders (id int primary key, total numeric)",
                "insert into orders select i, i from generate_series(1, 100) i",
                "create schema \"Sales\"",
                "create table \"Sales\".\"Order Items\" (id int primary key)",
                "create table events (at int) partition by range (at)",
                "create table events_1 partition of events for values from (0) to (10)",
                "create role unprivileged login");
    }

    @BeforeEach
    void scene() {
        scene = new LockScene(postgres);
    }

    @AfterEach
    void close() throws Exception {
        scene.close();
    }

    @Test
    void fails_whenTheMigrationsSessionStaysIdleInItsTransaction() throws Exception {
        Optional<Baseline> baseline = Optional.of(scene.before());
        try (Connection migration = scene.open("flyway", "alter table orders add column a int")) {
            int pid = LockScene.pid(migration);

            CheckReport report = scene.after(baseline);

            assertThat(report)
                    .failed()
                    .withFinding("locks.held-after-completion")
                    .about("public.orders")
                    .saying("ACCESS EXCLUSIVE", "pid " + pid, "application \"flyway\"", "limit: 500ms")
                    .withRemedy("pg_terminate_backend(pid) from pg_stat_activity where pid = " + pid
                            + " and backend_start = '");
            assertThat(report)
                    .withFinding("locks.idle-in-transaction")
                    .about("public.orders")
                    .withSeverity(Severity.ERROR);
            migration.rollback();
        }
    }

    @Test
    @EveryPostgres
    void printsARemedyThatWorks() throws Exception {
        Optional<Baseline> baseline = Optional.of(scene.before());
        scene.open("flyway", "alter table orders add column a int");
        CheckReport report = scene.after(baseline);
        String remedy = report.findings().get(0).remedy().orElseThrow();

        postgres.execute(remedy);

        await().until(() ->
                scene.number("select count(*) from pg_stat_activity where application_name = 'flyway'") == 0);
    }

    /** Prepared transactions have no process, so all of them block under the same number. */
    @Test
    void countsWhoWaitedForTheMigrationsPreparedTransaction_besideAnotherOfBefore() throws Exception {
        try (Connection other = scene.open("other", "lock table \"Sales\".\"Order Items\" in share mode")) {
            LockScene.run(other, "prepare transaction 'of-before'");
        }
        Optional<Baseline> baseline = Optional.of(scene.before());
        try (Connection migration = scene.open("flyway", "lock table orders", "prepare transaction 'of-the-run'")) {
            List<CompletableFuture<Void>> readers = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                readers.add(CompletableFuture.runAsync(() -> postgres.execute("select count(*) from orders")));
            }
            LockScene.run(migration, "select pg_sleep(1.5)");
            postgres.execute("rollback prepared 'of-the-run'");
            readers.forEach(CompletableFuture::join);

            CheckReport report = scene.after(baseline);

            assertThat(report)
                    .withFinding("locks.sessions-blocked")
                    .about("public.orders")
                    .saying("of-the-run");
        } finally {
            postgres.execute("rollback prepared 'of-before'");
        }
    }

    @Test
    @EveryPostgres
    void namesQuotedTables_andThePartitionedTableOfAPartition() throws Exception {
        Optional<Baseline> baseline = Optional.of(scene.before());
        try (Connection migration = scene.open(
                "flyway",
                "lock table \"Sales\".\"Order Items\"",
                "lock table events_1",
                "create table brand_new (id int)")) {

            CheckReport report = scene.after(baseline);

            assertThat(report)
                    .failed()
                    .withFinding("locks.held-after-completion")
                    .about("\"Sales\".\"Order Items\"");
            assertThat(report).withFinding("locks.held-after-completion").about("public.events");
            assertThat(report.findings()).noneMatch(finding -> finding.message().contains("pg_catalog"));
            migration.rollback();
        }
    }

    @Test
    void fails_whenADescribedSessionStillHoldsWhatItsUpdateTook() throws Exception {
        Optional<Baseline> baseline = Optional.of(scene.before());
        try (Connection backfill = scene.open("backfill", "update orders set total = 0 where id = 1")) {

            CheckReport report = scene.after(baseline, "backfill");

            assertThat(report)
                    .failed()
                    .withFinding("locks.held-after-completion")
                    .about("public.orders")
                    .saying("ROW EXCLUSIVE");
            backfill.rollback();
        }
    }

    @EveryPostgres
    @Test
    void fails_whenAKilledClientsBackendStillWorks_withOrWithoutAVisibleLock() throws Exception {
        Optional<Baseline> baseline = Optional.of(scene.before());
        try (Connection table = scene.open("flyway");
                Connection nothing = scene.open("flyway")) {
            CompletableFuture<Void> altering = inBackground(
                    () -> LockScene.run(table, "do $$ begin lock table orders; perform pg_sleep(3); end $$"));
            CompletableFuture<Void> creating = inBackground(() -> LockScene.run(nothing, "select pg_sleep(3)"));
            await().until(() -> scene.number(
                            "select count(*) from pg_stat_activity where application_name = 'flyway' and state = 'active'")
                    == 2);

            CheckReport report = scene.after(baseline, "flyway");

            assertThat(report)
                    .failed()
                    .withFinding("locks.held-after-completion")
                    .about("public.orders")
                    .saying("ACCESS EXCLUSIVE", "it still works");
            assertThat(report.findings())
                    .anyMatch(finding -> finding.message().contains("still works after completion, in a transaction"));
            altering.join();
            creating.join();
        }
    }

    @Test
    void isInconclusive_whenNothingTellsWhetherWhoHoldsRowLocksIsTheMigration() throws Exception {
        Optional<Baseline> baseline = Optional.of(scene.before());
        try (Connection nobodyKnows =
                scene.open("PostgreSQL JDBC Driver", "update orders set total = 0 where id = 1")) {

            await().atMost(Duration.ofSeconds(20))
                    .until(() -> scene.number(
                                    "select count(*) from pg_stat_activity"
                                            + " where state = 'idle in transaction' and xact_start < clock_timestamp() - interval '5 s'")
                            == 1);

            CheckReport report = scene.after(baseline);

            assertThat(report)
                    .inconclusive()
                    .withFinding("locks.idle-in-transaction")
                    .withSeverity(Severity.UNPROVEN)
                    .saying("pid " + LockScene.pid(nobodyKnows), "its sessions were not described")
                    .withRemedy("--session-user");
            nobodyKnows.rollback();
        }
    }

    @Test
    void findsNothing_inAVacuumOfSomebodyElse() throws Exception {
        Optional<Baseline> baseline = Optional.of(scene.before());
        postgres.execute("create table garbage as select i from generate_series(1, 100000) i", "delete from garbage");
        try (Connection cron = postgres.connectionAs(EmbeddedDatabase.SUPERUSER, "cron")) {
            LockScene.run(cron, "set vacuum_cost_delay = 50", "set vacuum_cost_limit = 1");
            int pid = LockScene.pid(cron);
            CompletableFuture<Void> vacuum = inBackground(() -> LockScene.run(cron, "vacuum (truncate) garbage"));
            await().until(() -> scene.number("select count(*) from pg_stat_progress_vacuum") == 1 || vacuum.isDone());

            CheckReport report = scene.after(baseline, "flyway");

            assertThat(vacuum.isDone())
                    .as("the vacuum is over before it could be judged")
                    .isFalse();
            assertThat(report).passed();
            assertThat(report.findings()).isEmpty();
            postgres.execute("select pg_terminate_backend(" + pid + ")");
            assertThatThrownBy(vacuum::join).hasMessageContaining("terminat");
        }
    }

    @Test
    void onlyMentions_anApplicationThatIsIdleInATransactionWithRowLocks() throws Exception {
        Optional<Baseline> baseline = Optional.of(scene.before());
        try (Connection application = scene.open("shop", "update orders set total = 0 where id = 1")) {

            CheckReport report = scene.after(baseline, "flyway");

            assertThat(report).passed().withFinding("locks.idle-in-transaction").withSeverity(Severity.INFO);
            application.rollback();
        }
    }

    @Test
    void fails_onAMigrationThatBeganBeforeTheObservation_whenItWasAnnouncedBefore() throws Exception {
        Instant announced = Instant.now().minusMillis(500);
        try (Connection migration = scene.open("flyway", "alter table orders add column e int")) {
            Optional<Baseline> baseline = Optional.of(scene.before(announced));

            CheckReport report = scene.after(baseline);

            assertThat(report)
                    .failed()
                    .withFinding("locks.held-after-completion")
                    .about("public.orders");
            migration.rollback();
        }
    }

    @Test
    void onlyMentions_aSessionThatWasIdleInItsTransactionBefore() throws Exception {
        try (Connection old = scene.open("old", "lock table orders in share mode")) {
            await().until(() -> scene.number("select count(*) from pg_stat_activity"
                            + " where application_name = 'old' and xact_start < clock_timestamp() - interval '1 s'")
                    == 1);
            Optional<Baseline> baseline = Optional.of(scene.before());

            CheckReport report = scene.after(baseline);

            assertThat(report).passed().withFinding("locks.idle-in-transaction").withSeverity(Severity.INFO);
            assertThat(report.findings()).hasSize(1);
            old.rollback();
        }
    }

    @Test
    @EveryPostgres
    void fails_onAPreparedTransaction() throws Exception {
        Optional<Baseline> baseline = Optional.of(scene.before());
        try (Connection migration = scene.open("tool", "alter table orders add column b int")) {
            LockScene.run(migration, "prepare transaction 'it''s mine'");

            CheckReport report = scene.after(baseline);

            assertThat(report)
                    .failed()
                    .withFinding("locks.prepared-transaction")
                    .about("public.orders")
                    .saying("it's mine", "ACCESS EXCLUSIVE")
                    .withRemedy("rollback prepared 'it''s mine';");
        } finally {
            postgres.execute("rollback prepared 'it''s mine'");
        }
    }

    @Test
    @EveryPostgres
    void onlyMentions_aPreparedTransactionFromBefore() throws Exception {
        try (Connection other = scene.open("xa", "update orders set total = 0 where id = 1")) {
            LockScene.run(other, "prepare transaction 'old'");
            Optional<Baseline> baseline = Optional.of(scene.before(Instant.now().plusSeconds(1)));

            CheckReport report = scene.after(baseline);

            assertThat(report)
                    .passed()
                    .withFinding("locks.prepared-transaction")
                    .withSeverity(Severity.INFO);
        } finally {
            postgres.execute("rollback prepared 'old'");
        }
    }

    @Test
    void fails_onAPreparedTransactionOfTheRun_thatBearsTheIdentifierOfOneFromBefore() throws Exception {
        try (Connection other = scene.open("xa", "update orders set total = 0 where id = 1");
                Connection migration = scene.open("tool")) {
            LockScene.run(other, "prepare transaction 'batch'");
            Optional<Baseline> baseline = Optional.of(scene.before(Instant.now().plusSeconds(1)));
            postgres.execute("rollback prepared 'batch'");
            LockScene.run(migration, "update orders set total = 0 where id = 2", "prepare transaction 'batch'");

            CheckReport report = scene.after(baseline);

            assertThat(report)
                    .failed()
                    .withFinding("locks.prepared-transaction")
                    .withSeverity(Severity.ERROR);
        } finally {
            postgres.execute("rollback prepared 'batch'");
        }
    }

    @Test
    @EveryPostgres
    void fails_whenDdlStillWaitsBehindAReader() throws Exception {
        Optional<Baseline> baseline = Optional.of(scene.before());
        try (Connection reader = scene.open("reporting", "select count(*) from orders");
                Connection migration = scene.open("flyway")) {
            int pid = LockScene.pid(migration);
            int readerPid = LockScene.pid(reader);
            CompletableFuture<Void> ddl =
                    inBackground(() -> LockScene.run(migration, "alter table orders add column c int"));
            await().until(() -> scene.number("select count(*) from pg_locks where not granted and pid = " + pid) == 1);

            CheckReport report = scene.after(baseline);

            assertThat(report)
                    .failed()
                    .withFinding("locks.ddl-waiting")
                    .about("public.orders")
                    .saying(
                            "pid " + pid,
                            "ACCESS EXCLUSIVE",
                            "behind pid " + readerPid + " (application \"reporting\")")
                    .withRemedy("pg_cancel_backend");
            reader.rollback();
            ddl.join();
            migration.rollback();
        }
    }

    @Test
    @EveryPostgres
    void fails_onTheAdvisoryLockOfATool() throws Exception {
        Optional<Baseline> baseline = Optional.of(scene.before());
        try (Connection tool = postgres.connectionAs(EmbeddedDatabase.SUPERUSER, "api")) {
            LockScene.run(tool, "select pg_advisory_lock(4097083626)", "select pg_advisory_lock(42)");

            CheckReport report = scene.after(baseline);

            assertThat(report)
                    .failed()
                    .withFinding("locks.advisory-lock-left")
                    .about("advisory lock 4097083626")
                    .saying("goose", "pid " + LockScene.pid(tool));
            assertThat(report.findings()).hasSize(1);
        }
    }

    @Test
    @EveryPostgres
    void finds_nothing_inAnotherDatabaseWithTheSameOids() throws Exception {
        String clone =
                "clone_of_" + scene.number("select oid::int8 from pg_database where datname = current_database()");
        String original;
        try (Connection connection = postgres.connection()) {
            original = connection.getCatalog();
        }
        EmbeddedClone.create(postgres, original, clone);
        Optional<Baseline> baseline = Optional.of(scene.before());
        try (Connection other = EmbeddedClone.connect(postgres, clone)) {
            other.setAutoCommit(false);
            LockScene.run(other, "lock table orders");

            CheckReport report = scene.after(baseline);

            assertThat(report).passed();
            assertThat(report.findings()).isEmpty();
            assertThat(LockScene.list(report, "holds")).isEmpty();
        } finally {
            scene.close();
            postgres.execute("drop database " + clone + " with (force)");
        }
    }

    @Test
    @EveryPostgres
    void isInconclusive_whenOthersSessionsAreHidden() throws Exception {
        try (LockScene blind = new LockScene(postgres, postgres.partsAs("unprivileged", LockScene.SETTINGS))) {
            Optional<Baseline> baseline = Optional.of(blind.before());

            CheckReport report = blind.after(baseline);

            assertThat(report)
                    .inconclusive()
                    .withFinding("locks.insufficient-privilege")
                    .withRemedy("GRANT pg_monitor TO \"unprivileged\";");
        }
    }

    @Test
    void isInconclusive_whenTheRunWasNotObserved_yetSaysWhatWasLeft() throws Exception {
        CheckReport clean = scene.after(Optional.empty());
        scene.checker.forget(scene.started().database(), scene.run);
        try (Connection migration = scene.open("flyway", "alter table orders add column d int")) {

            CheckReport report = scene.after(Optional.empty());

            assertThat(clean).inconclusive().withFinding("locks.not-observed");
            assertThat(report).failed().withFinding("locks.not-observed").withSeverity(Severity.UNPROVEN);
            assertThat(report).withFinding("locks.held-after-completion").about("public.orders");
            migration.rollback();
        }
    }

    @Test
    void saysWhy_whenTheDatabaseCannotBeReached() throws Exception {
        try (LockScene closed = new LockScene(postgres, postgres.partsAs("nobody_by_this_name", LockScene.SETTINGS))) {

            CheckReport report = closed.after(Optional.empty());

            assertThat(report)
                    .inconclusive()
                    .withFinding("locks.database-unreachable")
                    .saying("shop");
        }
    }

    @Test
    void givesTheSameAnswer_whenAskedAgain() {
        Optional<Baseline> baseline = Optional.of(scene.before());
        CheckReport first = scene.after(baseline);

        CheckReport second = scene.after(baseline);

        assertThat((Object) second).isEqualTo(first);
        await().until(() -> scene.samplers() == 0);
    }

    static CompletableFuture<Void> inBackground(SqlWork work) {
        return CompletableFuture.runAsync(() -> {
            try {
                work.run();
            } catch (SQLException failed) {
                throw new IllegalStateException(failed);
            }
        });
    }

    interface SqlWork {
        void run() throws SQLException;
    }

    @Test
    void seesWhatWasLeft_behindThousandsOfReadersLocks() throws Exception {
        postgres.execute(
                "create table history (at int) partition by range (at)",
                "do $$ begin for i in 1..900 loop execute format("
                        + "'create table history_%s partition of history for values from (%s) to (%s)', i, i, i + 1);"
                        + " end loop; end $$");
        Optional<Baseline> baseline = Optional.of(scene.before());
        List<Connection> open = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            open.add(scene.open("reader", "select count(*) from history"));
        }
        open.add(scene.open("flyway", "lock table orders in share mode"));

        CheckReport report = scene.after(baseline);

        for (Connection connection : open) {
            connection.close();
        }
        assertThat(report)
                .failed()
                .withFinding("locks.held-after-completion")
                .about("public.orders")
                .saying("SHARE", "flyway");
    }

    @Test
    @EveryPostgres
    void fails_whenTheMigrationsUncommittedTransactionMadeOnlyWhatNobodyElseCanSee() throws Exception {
        Optional<Baseline> baseline = Optional.of(scene.before());
        try (Connection table = scene.open("flyway", "create table unseen (id int)");
                Connection function =
                        scene.open("flyway", "create function unseen() returns int language sql as 'select 1'")) {

            CheckReport report = scene.after(baseline, "flyway");

            assertThat(report)
                    .failed()
                    .withFinding("locks.idle-in-transaction")
                    .withSeverity(Severity.ERROR)
                    .saying("pid " + LockScene.pid(table), "not committed");
            assertThat(report).withFinding("locks.idle-in-transaction").saying("pid " + LockScene.pid(function));
            table.rollback();
            function.rollback();
        }
    }

    @Test
    void fails_whenTheToolTookItsLockBetweenTheAnnouncementAndTheFirstLook() throws Exception {
        Instant announced = Instant.now();
        try (Connection tool = scene.open("migrator", "select pg_advisory_lock(72707369)")) {
            tool.commit();
            Optional<Baseline> baseline = Optional.of(scene.before(announced));

            CheckReport report = scene.after(baseline);

            assertThat(report).failed().withFinding("locks.advisory-lock-left").withSeverity(Severity.ERROR);
        }
    }
}
