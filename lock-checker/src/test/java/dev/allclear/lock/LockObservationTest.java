package dev.allclear.lock;

import static dev.allclear.testkit.ReportAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.allclear.check.Baseline;
import dev.allclear.embedded.EmbeddedDatabase;
import dev.allclear.model.CheckName;
import dev.allclear.model.CheckReport;
import dev.allclear.model.Severity;
import dev.allclear.testkit.EveryPostgres;
import dev.allclear.testkit.PostgresExtension;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the sampler sees while a run goes on. */
final class LockObservationTest {
    @RegisterExtension
    static final PostgresExtension postgres = new PostgresExtension();

    private LockScene scene;

    @BeforeAll
    static void tables() {
        postgres.execute(
                "create table orders (id int primary key, total numeric)",
                "insert into orders select i, i from generate_series(1, 1000) i");
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
    void warnsOfALockThatWasHeldForThreeSeconds_andKnowsHowLongItWas() throws Exception {
        Optional<Baseline> baseline = Optional.of(scene.before());
        try (Connection migration = scene.open("flyway")) {
            LockScene.run(migration, "select 1");
            long begun = System.nanoTime();
            LockScene.run(migration, "alter table orders add column a int", "select pg_sleep(3)");
            migration.rollback();
            double held = (System.nanoTime() - begun) / 1e9;

            CheckReport report = scene.after(baseline);

            assertThat(report)
                    .passed()
                    .withFinding("locks.held-too-long")
                    .about("public.orders")
                    .withSeverity(Severity.WARNING)
                    .saying("ACCESS EXCLUSIVE", "limit 2s", "pid " + LockScene.pid(migration), "flyway");
            Map<String, Object> hold = LockScene.list(report, "holds").get(0);
            assertThat((Double) hold.get("seconds")).isCloseTo(held, within(held * 0.1));
            assertThat(hold).containsEntry("left", false).containsEntry("mode", "ACCESS EXCLUSIVE");
        }
    }

    @Test
    void saysForHowLongNothingWasSeen_whenASampleTookSecondsButFailedNot() throws Exception {
        try (LockScene patient = new LockScene(
                        postgres,
                        postgres.parts(LockScene.SETTINGS + "\nbudget: {lock-timeout: 20s, statement-timeout: 30s}"));
                Connection stalling = patient.open("catalog maintenance")) {
            Optional<Baseline> baseline = Optional.of(patient.before());
            LockScene.run(stalling, "lock table pg_catalog.pg_namespace", "select pg_sleep(3)");
            stalling.rollback();

            CheckReport report = patient.after(baseline);

            assertThat(report)
                    .withFinding("locks.not-observed")
                    .withSeverity(Severity.WARNING)
                    .saying("were not observed for");
        }
    }

    @Test
    void countsWhoWaitedForTheMigration() throws Exception {
        Optional<Baseline> baseline = Optional.of(scene.before());
        try (Connection migration = scene.open("flyway", "alter table orders add column b int")) {
            List<CompletableFuture<Void>> victims = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                Connection victim = scene.open("shop");
                victims.add(LockCheckerTest.inBackground(() -> {
                    LockScene.run(victim, "select count(*) from orders");
                    victim.close();
                }));
            }
            LockScene.run(migration, "select pg_sleep(1.6)");
            migration.rollback();
            victims.forEach(CompletableFuture::join);

            CheckReport report = scene.after(baseline);

            assertThat(report)
                    .passed()
                    .withFinding("locks.sessions-blocked")
                    .about("public.orders")
                    .withSeverity(Severity.WARNING)
                    .saying("4 sessions waited", "limit 5s", "flyway");
            assertThat(LockScene.list(report, "holds").get(0)).containsEntry("waiters", 4);
        }
    }

    @EveryPostgres
    @Test
    void knowsTheHoldAndTheVictimsTime_ofAnAlterBehindWhichFiveReadersWait() throws Exception {
        double period = 0.1;
        try (LockScene slow = new LockScene(postgres, postgres.parts("locks: {interval: 100ms, settle: 500ms}"));
                Connection migration = slow.open("flyway")) {
            Optional<Baseline> baseline = Optional.of(slow.before());
            List<Connection> readers = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                readers.add(slow.open("shop"));
            }
            LockScene.run(migration, "select 1");
            long begun = System.nanoTime();
            LockScene.run(migration, "alter table orders add column five int");
            List<CompletableFuture<Double>> victims =
                    readers.stream().map(LockObservationTest::secondsToRead).toList();
            LockScene.run(migration, "select pg_sleep(3 - " + (System.nanoTime() - begun) / 1e9 + ")");
            migration.rollback();
            double held = (System.nanoTime() - begun) / 1e9;
            double waited = 0;
            for (CompletableFuture<Double> victim : victims) {
                waited += victim.join();
            }

            CheckReport report = slow.after(baseline);

            Map<String, Object> hold = LockScene.list(report, "holds").get(0);
            double victimSeconds = LockScene.list(report, "waits").stream()
                    .mapToDouble(wait -> (Double) wait.get("seconds"))
                    .sum();
            System.out.printf(
                    "held %.3f s, reported %s s; waited %.3f s, reported %.3f s%n",
                    held, hold.get("seconds"), waited, victimSeconds);
            assertThat(hold).containsEntry("relation", "public.orders").containsEntry("waiters", 5);
            assertThat((Double) hold.get("seconds")).isCloseTo(held, within(period));
            assertThat(victimSeconds).isCloseTo(waited, within(5 * period));
            assertThat(report).passed().withFinding("locks.sessions-blocked").saying("5 sessions waited", "flyway");
            assertThat(report).withFinding("locks.held-too-long").saying("5 sessions waited for it");
            assertThat(LockScene.list(report, "waits"))
                    .allSatisfy(wait -> assertThat(wait).containsEntry("relation", "public.orders"));
        }
    }

    private static CompletableFuture<Double> secondsToRead(Connection reader) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try (reader) {
                        long begun = System.nanoTime();
                        LockScene.run(reader, "select count(*) from orders");
                        return (System.nanoTime() - begun) / 1e9;
                    } catch (SQLException failed) {
                        throw new IllegalStateException(failed);
                    }
                },
                task -> new Thread(task).start());
    }

    @Test
    void isInconclusive_whenThePublisherDidNotWait_yetSaysWhatWasSeen() throws Exception {
        Optional<Baseline> baseline = Optional.of(scene.before());
        try (Connection migration = scene.open("flyway")) {
            LockScene.run(migration, "select 1");
            LockScene.run(migration, "alter table orders add column unawaited int", "select pg_sleep(2.5)");
            migration.rollback();
        }

        CheckReport report = scene.afterWithoutWaiting(baseline);

        assertThat(report)
                .inconclusive()
                .withFinding("locks.not-observed")
                .withSeverity(Severity.UNPROVEN)
                .saying("let the migration begin before");
        assertThat(report).withFinding("locks.held-too-long").about("public.orders");
    }

    @Test
    void isInconclusive_whenMoreWasLockedDuringTheRunThanOneLookTakesIn() throws Exception {
        postgres.execute("create schema many");
        try (Connection maker = postgres.connectionAs(EmbeddedDatabase.SUPERUSER, "maker");
                Connection holder = scene.open("other")) {
            LockScene.run(
                    maker,
                    "do $$ begin for i in 1..5100 loop execute 'create table many.t' || i || ' (id int)';"
                            + " if i % 500 = 0 then commit; end if; end loop; end $$");
            LockScene.run(
                    holder, "do $$ begin for i in 1..5100 loop execute 'lock table many.t' || i; end loop; end $$");
            Optional<Baseline> baseline = Optional.of(scene.before());
            holder.rollback();

            CheckReport report = scene.after(baseline);

            assertThat(report)
                    .inconclusive()
                    .withFinding("locks.not-observed")
                    .saying("more locks are held than one look takes in");
        }
    }

    /** The host gave "before" up and said so; the checker's own answer came later, when the migration was already under way. */
    @Test
    void isInconclusive_whenThereIsNoBaseline_thoughAnObservationWasBegun() {
        scene.before();

        CheckReport report = scene.afterWithoutWaiting(Optional.empty());

        assertThat(report)
                .inconclusive()
                .withFinding("locks.not-observed")
                .about("the run")
                .saying("before");
    }

    /** Nobody waited, and the announcement was read late: the migration may have done all of its work unseen. */
    @Test
    void isInconclusive_whenTheAnnouncementOfARunThatDidNotWaitWasReadLate() {
        Optional<Baseline> baseline = Optional.of(scene.before(Instant.now().minusSeconds(20)));

        assertThat(scene.after(baseline))
                .inconclusive()
                .withFinding("locks.not-observed")
                .about("the run")
                .saying("were not observed for 20");

        try (LockScene hour = scene.another()) {
            Optional<Baseline> late = Optional.of(hour.before(Instant.now().minusSeconds(3_600)));

            assertThat(hour.after(late))
                    .inconclusive()
                    .withFinding("locks.not-observed")
                    .saying("announced 60 min");
        }
    }

    @Test
    void saysForHowLongNothingWasSeen_whenTheServerStalledAtTheMomentOfCompletion() throws Exception {
        try (LockScene stalled = new LockScene(
                postgres,
                postgres.parts("locks: {interval: 500ms, settle: 1ms, warn: 1s, fail: 2s}"
                        + "\nbudget: {statement-timeout: 30s}"))) {
            Optional<Baseline> baseline = Optional.of(stalled.before());
            long pid = stalled.number(
                    "select pid from pg_stat_activity where application_name = 'allclear/locks/" + stalled.run + "'");
            new ProcessBuilder("kill", "-STOP", Long.toString(pid)).start().waitFor();
            CompletableFuture<Void> later = CompletableFuture.runAsync(
                    () -> {
                        try {
                            new ProcessBuilder("kill", "-CONT", Long.toString(pid))
                                    .start()
                                    .waitFor();
                        } catch (Exception failed) {
                            throw new IllegalStateException(failed);
                        }
                    },
                    CompletableFuture.delayedExecutor(5, TimeUnit.SECONDS));

            CheckReport report = stalled.after(baseline);

            later.join();
            assertThat(report).inconclusive().withFinding("locks.not-observed").saying("were not observed for");
        }
    }

    @Test
    void looksOnceForAllRunsOfADatabase() throws Exception {
        LockScene first = scene;
        try (LockScene second = first.another();
                Connection migration = first.open("flyway")) {
            Optional<Baseline> firstBaseline = Optional.of(first.before());
            Optional<Baseline> secondBaseline = Optional.of(second.before());
            LockScene.run(migration, "alter table orders add column twice int", "select pg_sleep(0.5)");
            migration.rollback();
            long sessions =
                    first.number("select count(*) from pg_stat_activity where application_name like 'allclear/%'");

            CheckReport one = first.after(firstBaseline);
            CheckReport other = second.after(secondBaseline);

            assertThat(sessions).isEqualTo(1);
            assertThat(LockScene.list(one, "holds")).hasSize(1);
            assertThat(LockScene.list(other, "holds")).hasSize(1);
            assertThat(LockScene.list(other, "gaps")).isEmpty();
            await().until(() -> first.samplers() + second.samplers() == 0);
        }
    }

    @Test
    void goesOn_andStatesTheGap_whenItsBackendIsStopped() throws Exception {
        try (LockScene patient =
                new LockScene(postgres, postgres.parts(LockScene.SETTINGS + "\nbudget: {statement-timeout: 500ms}"))) {
            Optional<Baseline> baseline = Optional.of(patient.before());
            await().until(() -> patient.samplers() == 1);
            long pid = patient.number(
                    "select pid from pg_stat_activity where application_name = 'allclear/locks/" + patient.run + "'");
            new ProcessBuilder("kill", "-STOP", Long.toString(pid)).start().waitFor();
            try (Connection migration = patient.open("flyway")) {
                await().until(() -> patient.samplers() == 2);
                LockScene.run(migration, "alter table orders add column stopped int", "select pg_sleep(1)");
                migration.rollback();

                CheckReport report = patient.after(baseline);

                assertThat(report).passed();
                assertThat(LockScene.list(report, "gaps")).hasSize(1);
                assertThat(report.summary()).contains("nothing was observed for");
                assertThat(LockScene.list(report, "holds")).hasSize(1);
            } finally {
                new ProcessBuilder("kill", "-CONT", Long.toString(pid)).start().waitFor();
            }
        }
    }

    @EveryPostgres
    @Test
    void keepsItsWordAboutWhatItCosts() throws Exception {
        postgres.execute("create role counted login", "grant pg_monitor to counted");
        try (LockScene counted = new LockScene(postgres, postgres.partsAs("counted", LockScene.SETTINGS))) {
            Optional<Baseline> baseline = Optional.of(counted.before());
            await().during(Duration.ofSeconds(2)).atMost(Duration.ofSeconds(3)).until(() -> true);

            CheckReport report = counted.after(baseline);

            await().until(() -> counted.samplers() == 0);
            String ofRole = " from pg_stat_statements where userid = 'counted'::regrole";
            String questions = ofRole + " and query !~* '^(begin|set|rollback)|show in_hot_standby'";
            assertThat(report.cost().queries()).isEqualTo(counted.number("select sum(calls)::int8" + questions));
            assertThat(report.cost().queries()).isGreaterThan(20);
            assertThat((double) report.cost().databaseTime().toNanos() / 1_000)
                    .isGreaterThanOrEqualTo(counted.number("select (sum(total_exec_time) * 1000)::int8" + ofRole));
        }
    }

    @Test
    void findsNothing_inOrdinaryTraffic() throws Exception {
        long seed = System.nanoTime();
        System.out.println("seed of the traffic: " + seed);
        Optional<Baseline> baseline = Optional.of(scene.before());
        AtomicBoolean ended = new AtomicBoolean();
        AtomicInteger commits = new AtomicInteger();
        List<CompletableFuture<Void>> traffic = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Random random = new Random(seed + i);
            traffic.add(LockCheckerTest.inBackground(() -> transact(random, ended, commits)));
        }

        await().atMost(Duration.ofSeconds(60)).until(() -> commits.get() > 5_000);

        CheckReport report = scene.after(baseline);

        ended.set(true);
        traffic.forEach(CompletableFuture::join);
        assertThat(report).passed();
        assertThat(report.findings()).noneMatch(finding -> finding.severity().compareTo(Severity.INFO) < 0);
        assertThat(LockScene.list(report, "holds")).isEmpty();
    }

    private void transact(Random random, AtomicBoolean ended, AtomicInteger commits) throws SQLException {
        try (Connection connection = scene.open("shop");
                PreparedStatement update =
                        connection.prepareStatement("update orders set total = total + 1 where id = ?");
                PreparedStatement select = connection.prepareStatement("select * from orders where id = ?")) {
            while (!ended.get()) {
                int id = 1 + random.nextInt(20);
                update.setInt(1, id);
                select.setInt(1, id);
                update.execute();
                select.execute();
                connection.commit();
                commits.incrementAndGet();
            }
        }
    }

    @Test
    void goesOn_andStatesTheGap_whenItsBackendIsTerminated() throws Exception {
        Optional<Baseline> baseline = Optional.of(scene.before());
        await().until(() -> scene.samplers() == 1);
        scene.number(
                "select count(pg_terminate_backend(pid)) from pg_stat_activity where application_name = 'allclear/locks/"
                        + scene.run + "'");
        await().until(() -> scene.samplers() == 1);
        try (Connection migration =
                scene.open("flyway", "alter table orders add column c int", "select pg_sleep(0.5)")) {
            migration.rollback();

            CheckReport report = scene.after(baseline);

            assertThat(report).passed();
            assertThat(LockScene.list(report, "gaps")).hasSize(1);
            assertThat(report.summary()).contains("nothing was observed for");
            assertThat(LockScene.list(report, "holds")).isNotEmpty();
        }
    }

    @Test
    void takesUpItsObservationAgain_afterARestart_andStatesTheGap() throws Exception {
        Optional<Baseline> baseline = Optional.of(scene.before());
        scene.checker.close();
        scene.checker.resume(scene.started(), baseline, postgres.context(scene.run, CheckName.LOCKS));
        scene.checker.resume(scene.started(), baseline, postgres.context(scene.run, CheckName.LOCKS));
        await().until(() -> scene.samplers() == 1);
        try (Connection migration =
                scene.open("flyway", "alter table orders add column d int", "select pg_sleep(0.5)")) {

            CheckReport report = scene.after(baseline);

            assertThat(report)
                    .failed()
                    .withFinding("locks.held-after-completion")
                    .withoutFinding("locks.not-observed");
            assertThat(LockScene.list(report, "gaps")).hasSize(1);
            migration.rollback();
        }
    }

    @Test
    void stops_whenTheRunIsForgotten() {
        scene.before();
        await().until(() -> scene.samplers() == 1);

        scene.checker.forget(scene.started().database(), scene.run);

        await().until(() -> scene.samplers() == 0);
    }

    @Test
    void watchesARunOnce_howeverOftenItIsAnnounced() {
        Baseline first = scene.before();

        Baseline second = scene.before();

        assertThat(second).isEqualTo(first);
        assertThat(scene.samplers()).isEqualTo(1);
    }

    @Test
    void failsBefore_andLeavesNothingRunning_whenTheDatabaseRefuses() {
        LockScene refused = new LockScene(postgres, postgres.partsAs("nobody_by_this_name", LockScene.SETTINGS));

        org.assertj.core.api.Assertions.assertThatThrownBy(refused::before).hasMessageContaining("shop");

        assertThat(refused.samplers()).isZero();
    }
}
