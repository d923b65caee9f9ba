package dev.allclear.status;

import static dev.allclear.testkit.ReportAssert.assertThat;

import dev.allclear.event.SessionHints;
import dev.allclear.model.CheckReport;
import dev.allclear.testkit.PostgresExtension;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A "before" that was measured when the migration had begun must never help it to pass. */
final class ContaminationTest {
    @RegisterExtension
    static final PostgresExtension postgres = new PostgresExtension();

    private static final String ALEMBIC = "create table alembic_version (version_num varchar(32) primary key)";
    private static final String NODE =
            "create table pgmigrations (id serial primary key, name varchar(255) not null, run_on timestamp not null)";

    @AfterEach
    void dropEverything() {
        postgres.execute(
                "drop schema public cascade", "create schema public", "grant usage on schema public to public");
    }

    @Test
    void isToldByTheTimeOfTheRecord() throws Exception {
        postgres.execute(
                "create table django_migrations (id bigserial primary key, app text, name text, applied timestamptz)");

        CheckReport report = new Rehearsal(postgres)
                .notAwaited()
                .targets("shop.0002_total")
                .runTooEarly(
                        () -> executed(
                                "create table a (i int)",
                                "insert into django_migrations (app, name, applied) values ('shop', '0002_total', clock_timestamp())"));

        assertThat(report)
                .inconclusive()
                .withFinding("status.baseline-contaminated")
                .saying("shop.0002_total", "too late");
    }

    @Test
    void isToldByTheTimeOfTheRecord_inWhateverZoneTheToolWroteIt() throws Exception {
        postgres.execute(NODE);

        CheckReport report = new Rehearsal(postgres)
                .notAwaited()
                .targets("2_total")
                .runTooEarly(
                        () -> executed(
                                "insert into pgmigrations (name, run_on) values ('2_total', clock_timestamp() at time zone 'Asia/Kathmandu')"));

        assertThat(report)
                .inconclusive()
                .withFinding("status.baseline-contaminated")
                .saying("2_total");
    }

    @Test
    void isToldByAVersionThatWasNotNamed() throws Exception {
        postgres.execute(NODE);
        postgres.execute(
                "create table django_migrations (id bigserial primary key, app text, name text, applied timestamptz)");

        CheckReport zoned = new Rehearsal(postgres)
                .notAwaited()
                .tool("django")
                .targets("shop.0003_last")
                .runTooEarly(
                        () -> executed(
                                "insert into django_migrations (app, name, applied) values ('shop', '0002_total', clock_timestamp())"));
        CheckReport local = new Rehearsal(postgres)
                .notAwaited()
                .tool("node-pg-migrate")
                .targets("3_last")
                .runHalfTooEarly(
                        () -> executed(
                                "insert into pgmigrations (name, run_on) values ('2_total', clock_timestamp() at time zone 'Asia/Kathmandu')"),
                        () -> executed(
                                "insert into pgmigrations (name, run_on) values ('3_last', clock_timestamp() at time zone 'Asia/Kathmandu')"));

        assertThat(zoned).withFinding("status.baseline-contaminated").saying("0002_total");
        assertThat(local)
                .inconclusive()
                .withFinding("status.baseline-contaminated")
                .saying("2_total");
    }

    @Test
    void doesNotBlameARunForHavingDoneItsWorkBefore() throws Exception {
        postgres.execute(NODE);

        CheckReport report = new Rehearsal(postgres)
                .notAwaited()
                .dataChanging()
                .targets("2_total")
                .runTooEarly(() ->
                        executed("insert into pgmigrations (name, run_on) values ('2_total', clock_timestamp())"));

        assertThat(report)
                .inconclusive()
                .withFinding("status.baseline-contaminated")
                .saying("2_total");
    }

    @Test
    void isNotExcluded_whereTheToolKeepsNoTime() throws Exception {
        postgres.execute(ALEMBIC);

        CheckReport named = new Rehearsal(postgres)
                .notAwaited()
                .targets("bbb")
                .runTooEarly(() -> executed("create table a (i int)", "insert into alembic_version values ('bbb')"));
        CheckReport unnamed = new Rehearsal(postgres)
                .notAwaited()
                .runTooEarly(
                        () -> executed("create table b (i int)", "update alembic_version set version_num = 'ccc'"));

        assertThat(named)
                .inconclusive()
                .withFinding("status.baseline-contaminated")
                .saying("bbb", "keeps no time");
        assertThat(unnamed)
                .inconclusive()
                .withFinding("status.baseline-contaminated")
                .saying("keeps no time");
    }

    @Test
    void isNotExcluded_whereAToolThatKeepsNoTimeWasCaughtInItsMiddle() throws Exception {
        postgres.execute(ALEMBIC);

        CheckReport report = new Rehearsal(postgres)
                .notAwaited()
                .runHalfTooEarly(
                        () -> executed("create table a (i int)", "insert into alembic_version values ('bbb')"),
                        () -> executed("create table b (i int)", "update alembic_version set version_num = 'ccc'"));

        assertThat(report)
                .inconclusive()
                .withFinding("status.baseline-contaminated")
                .saying("no target version was named", "keeps no time");
    }

    @Test
    void isNotExcluded_forAPlainScript() throws Exception {
        CheckReport before =
                new Rehearsal(postgres).notAwaited().tool("sql").runTooEarly(() -> executed("create table a (i int)"));
        CheckReport halfBefore = new Rehearsal(postgres)
                .notAwaited()
                .tool("sql")
                .runHalfTooEarly(
                        () -> executed("create table first_half (i int)"),
                        () -> executed("create table second_half (i int)"));

        assertThat(before).inconclusive().withFinding("status.baseline-contaminated");
        assertThat(halfBefore)
                .inconclusive()
                .withFinding("status.baseline-contaminated")
                .saying("keeps no record");
    }

    @Test
    void isToldByASessionAtWork() throws Exception {
        try (Connection tool = postgres.connectionAs("postgres", "deploy-tool");
                Statement statement = tool.createStatement()) {
            Rehearsal rehearsal = new Rehearsal(postgres)
                    .notAwaited()
                    .tool("sql")
                    .sessions(new SessionHints(Optional.empty(), List.of("deploy-tool"), List.of()));
            Thread work = new Thread(() -> {
                try {
                    statement.execute("select pg_sleep(30)");
                } catch (java.sql.SQLException ended) {
                    // as it should, when the test is over
                }
            });
            work.start();
            Awaitility.await().until(() -> atWork() == 1);

            CheckReport report = rehearsal.run(() -> {
                postgres.execute(
                        "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'deploy-tool'",
                        "create table a (i int)");
                work.join(10_000);
                return "";
            });

            assertThat(report)
                    .inconclusive()
                    .withFinding("status.baseline-contaminated")
                    .saying("at work");
        }
    }

    @Test
    void isExcluded_whenThePublisherWaited() throws Exception {
        postgres.execute(ALEMBIC, "insert into alembic_version values ('bbb')");

        CheckReport nothingToDo = new Rehearsal(postgres).targets("bbb").run(() -> "");

        assertThat(nothingToDo).passed().withFinding("status.nothing-applied");
    }

    @Test
    void isExcluded_whenTheRecordsAreOlderThanTheRun() throws Exception {
        postgres.execute(
                NODE,
                "insert into pgmigrations (name, run_on) values ('2_total', now() - interval '10 days 7 minutes')");

        CheckReport nothingToDo =
                new Rehearsal(postgres).notAwaited().targets("2_total").run(() -> "");

        assertThat(nothingToDo).passed().withFinding("status.nothing-applied");
    }

    @Test
    void isExcluded_whenTheTargetsCameLater() throws Exception {
        postgres.execute(ALEMBIC, "insert into alembic_version values ('aaa')");

        CheckReport report = new Rehearsal(postgres)
                .notAwaited()
                .targets("bbb")
                .run(() -> executed("create table a (i int)", "update alembic_version set version_num = 'bbb'"));

        assertThat(report).passed();
    }

    private static int atWork() throws Exception {
        try (Connection connection = postgres.connection();
                Statement statement = connection.createStatement();
                var rows = statement.executeQuery(
                        "select count(*) from pg_stat_activity where application_name = 'deploy-tool' and state = 'active'")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private static String executed(String... statements) {
        postgres.execute(statements);
        return "";
    }
}
