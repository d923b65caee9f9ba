package dev.allclear.status;

import static dev.allclear.testkit.ReportAssert.assertThat;

import dev.allclear.model.CheckReport;
import dev.allclear.testkit.EveryPostgres;
import dev.allclear.testkit.PostgresExtension;
import java.sql.Connection;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Several tools in one database, look-alikes, tools' locks, and records of what was never executed. */
@EveryPostgres
final class ToolTablesTest {
    @RegisterExtension
    static final PostgresExtension postgres = new PostgresExtension();

    private static final String ALEMBIC = "create table alembic_version (version_num varchar(32) primary key)";
    private static final String LIQUIBASE = """
            create table databasechangelog (id varchar(255) not null, author varchar(255) not null, filename varchar(255) not null,
                dateexecuted timestamp not null, orderexecuted int not null, exectype varchar(10) not null, md5sum varchar(35),
                description varchar(255), comments varchar(255), tag varchar(255), liquibase varchar(20), contexts varchar(255),
                labels varchar(255), deployment_id varchar(10));
            create table databasechangeloglock (id int primary key, locked boolean not null, lockgranted timestamp, lockedby varchar(255));
            insert into databasechangeloglock values (1, false, null, null)
            """;

    @AfterEach
    void dropEverything() throws Exception {
        postgres.execute(
                "drop schema public cascade", "create schema public", "grant usage on schema public to public");
        postgres.execute("drop schema if exists \"Blue App\" cascade");
    }

    @Test
    void tellsTheOwnersOfSchemaMigrationsApart() throws Exception {
        postgres.execute("create schema if not exists \"Blue App\"");
        postgres.execute("create table schema_migrations (version varchar primary key)");
        postgres.execute("create table \"Blue App\".schema_migrations (version varchar primary key)");
        postgres.execute("create table \"Blue App\".ar_internal_metadata (key varchar primary key)");

        CheckReport dbmate = new Rehearsal(postgres)
                .targets("20240101_total.sql")
                .run(() ->
                        printed("create table a (i int)", "insert into public.schema_migrations values ('20240101')"));
        CheckReport rails = new Rehearsal(postgres)
                .targets("20240102")
                .run(() -> printed(
                        "create table b (i int)", "insert into \"Blue App\".schema_migrations values ('20240102')"));

        assertThat(dbmate).passed();
        org.assertj.core.api.Assertions.assertThat(dbmate.measurements()).containsEntry("tool", "dbmate");
        assertThat(rails).passed();
        org.assertj.core.api.Assertions.assertThat(rails.measurements())
                .containsEntry("tool", "rails")
                .containsEntry("table", "Blue App.schema_migrations");
    }

    @Test
    void believesTheNamedTool_whereTheTableCouldBeThatOfTwo() throws Exception {
        postgres.execute("create table schema_migrations (version varchar(255) primary key)");

        CheckReport report = new Rehearsal(postgres)
                .tool("rails")
                .targets("20240101")
                .run(() -> printed("create table a (i int)", "insert into schema_migrations values ('20240101')"));

        assertThat(report).passed();
    }

    @Test
    void doesNotTakeEctosTableForAnyonesElse() throws Exception {
        postgres.execute("create table schema_migrations (version bigint primary key, inserted_at timestamp)");

        CheckReport report = new Rehearsal(postgres)
                .targets("1")
                .run(() -> printed("create table a (i int)", "insert into schema_migrations values (1, now())"));

        assertThat(report).inconclusive().withFinding("status.tracking-table-not-found");
    }

    @Test
    void judgesTheTableThatMoved_whenTwoToolsShareTheDatabase() throws Exception {
        postgres.execute(ALEMBIC, "insert into alembic_version values ('aaa')");
        postgres.execute(
                "create table pgmigrations (id serial primary key, name varchar(255) not null, run_on timestamp not null)");

        CheckReport report = new Rehearsal(postgres)
                .targets("1700000000000_total")
                .run(() -> printed(
                        "create table a (i int)",
                        "insert into pgmigrations (name, run_on) values ('1700000000000_total', now())"));

        assertThat(report).passed();
    }

    @Test
    void findsATableUnderANameOfItsOwn() throws Exception {
        postgres.execute("create schema \"Blue App\"");
        postgres.execute("create table \"Blue App\".\"MyHistory\" (id text primary key, applied_at timestamptz)");
        postgres.execute("grant usage on schema \"Blue App\" to public");

        CheckReport report = new Rehearsal(postgres)
                .with(postgres.parts(
                        Rehearsal.QUICKLY + "\n  tables: [{tool: sql-migrate, schema: Blue App, table: MyHistory}]"))
                .targets("2_total.sql")
                .run(() -> printed(
                        "create table a (i int)",
                        "insert into \"Blue App\".\"MyHistory\" values ('2_total.sql', now())"));

        assertThat(report).passed();
    }

    @Test
    void fails_whenLiquibasesLockIsLeft() throws Exception {
        postgres.execute(LIQUIBASE);

        CheckReport report = new Rehearsal(postgres)
                .tool("liquibase")
                .targets("db/a.xml::7::ann")
                .run(
                        () -> printed(
                                "create table a (i int)",
                                executed("7", "EXECUTED"),
                                "update databasechangeloglock set locked = true, lockedby = 'pod-7 (10.0.0.7)', lockgranted = now()"));

        assertThat(report)
                .failed()
                .withFinding("status.tool-lock-held")
                .saying("databasechangeloglock", "pod-7 (10.0.0.7)", "since");
    }

    @Test
    void warns_whenTheLockStoodBefore() throws Exception {
        postgres.execute(
                "create table knex_migrations (id serial, name varchar(255), batch int, migration_time timestamptz)");
        postgres.execute("create table knex_migrations_lock (index serial, is_locked int)");
        postgres.execute("insert into knex_migrations_lock (is_locked) values (1)");

        CheckReport report = new Rehearsal(postgres)
                .tool("knex")
                .targets("2_total")
                .run(() -> printed(
                        "create table a (i int)",
                        "insert into knex_migrations (name, batch, migration_time) values ('2_total.js', 1, now())"));

        assertThat(report).passed().withFinding("status.tool-lock-held").saying("was before this run");
    }

    @Test
    void fails_whenAToolsAdvisoryLockIsLeft() throws Exception {
        postgres.execute(ALEMBIC);
        try (Connection tool = postgres.connection();
                Statement statement = tool.createStatement()) {
            CheckReport report = new Rehearsal(postgres).targets("bbb").run(() -> {
                statement.execute("select pg_advisory_lock(7241865325823964)");
                return printed("create table a (i int)", "insert into alembic_version values ('bbb')");
            });

            assertThat(report)
                    .failed()
                    .withFinding("status.tool-lock-held")
                    .saying("node-pg-migrate", "7241865325823964", "pid");
        }
    }

    @Test
    void fails_whenATargetWasOnlyMarkedAsRan() throws Exception {
        postgres.execute(LIQUIBASE);

        CheckReport target = new Rehearsal(postgres)
                .targets("8")
                .run(() -> printed("create table a (i int)", executed("8", "MARK_RAN")));
        CheckReport other = new Rehearsal(postgres)
                .targets("9")
                .run(() -> printed("create table b (i int)", executed("9", "EXECUTED"), executed("10", "MARK_RAN")));

        assertThat(target).failed().withFinding("status.recorded-not-executed").saying("8");
        assertThat(other).passed().withFinding("status.recorded-not-executed").saying("10");
    }

    @Test
    void warns_whenVersionsWereRecordedAndNothingChanged() throws Exception {
        postgres.execute(ALEMBIC, "insert into alembic_version values ('aaa')");

        CheckReport stamped = new Rehearsal(postgres)
                .targets("bbb")
                .run(() -> printed("update alembic_version set version_num = 'bbb'"));
        CheckReport executed = new Rehearsal(postgres)
                .targets("ccc")
                .run(() -> printed("create table a (i int)", "update alembic_version set version_num = 'ccc'"));

        assertThat(stamped).passed().withFinding("status.no-visible-effect").saying("bbb");
        assertThat(executed).passed();
        org.assertj.core.api.Assertions.assertThat(executed.findings()).isEmpty();
    }

    @Test
    void isInconclusive_whenALockTableMayNotBeRead() throws Exception {
        postgres.execute(LIQUIBASE);
        postgres.execute("revoke pg_read_all_data from allclear");
        postgres.execute("grant select on databasechangelog to allclear");
        try {
            CheckReport report = new Rehearsal(postgres)
                    .targets("7")
                    .run(() -> printed("create table a (i int)", executed("7", "EXECUTED")));

            assertThat(report)
                    .inconclusive()
                    .withFinding("status.insufficient-privilege")
                    .saying("databasechangeloglock");
        } finally {
            postgres.execute("grant pg_read_all_data to allclear");
        }
    }

    private static String executed(String id, String type) {
        return "insert into databasechangelog (id, author, filename, dateexecuted, orderexecuted, exectype, md5sum) values ('"
                + id + "', 'ann', 'db/a.xml', now(), 1, '" + type + "', '9:x')";
    }

    private static String printed(String... statements) {
        postgres.execute(statements);
        return "";
    }
}
