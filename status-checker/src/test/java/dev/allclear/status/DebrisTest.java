package dev.allclear.status;

import static dev.allclear.testkit.ReportAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.allclear.check.Baseline;
import dev.allclear.check.Checker;
import dev.allclear.model.CheckReport;
import dev.allclear.model.Finding;
import dev.allclear.model.Severity;
import dev.allclear.testkit.PostgresExtension;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How bad each kind of debris is, and what is none; in a schema and with names that need quotes. */
final class DebrisTest {
    @RegisterExtension
    static final PostgresExtension postgres = new PostgresExtension();

    @BeforeEach
    void makeAShop() {
        postgres.execute(
                "create schema \"Sales Dept\"",
                "create role \"Web App\"",
                "create role reader",
                "create table \"Sales Dept\".\"Orders\" (\"Id\" serial primary key, total numeric, tenant text)",
                "insert into \"Sales Dept\".\"Orders\" (total) values (1), (2), (3)",
                "grant select, insert (total), update (tenant) on \"Sales Dept\".\"Orders\" to \"Web App\"",
                "grant usage on schema \"Sales Dept\" to \"Web App\"",
                "grant usage on sequence \"Sales Dept\".\"Orders_Id_seq\" to \"Web App\"");
    }

    @AfterEach
    void emptyTheServer() {
        postgres.execute(
                "drop schema \"Sales Dept\" cascade",
                "drop schema public cascade",
                "create schema public",
                "drop owned by \"Web App\", reader",
                "drop role \"Web App\"",
                "drop role reader");
    }

    @Test
    void fails_whenASwappedInTableLacksTheGrantsOfTheOld() throws Exception {
        CheckReport report = after(
                "create table \"Sales Dept\".\"New\" (like \"Sales Dept\".\"Orders\" including all)",
                "alter table \"Sales Dept\".\"Orders\" rename to \"Old\"",
                "alter table \"Sales Dept\".\"New\" rename to \"Orders\"");

        assertThat(report)
                .failed()
                .withFinding("status.grant-lost")
                .about("Sales Dept.Orders")
                .withSeverity(Severity.ERROR)
                .saying("INSERT (total), SELECT, UPDATE (tenant) of \"Web App\"", "another object")
                .withRemedy(
                        "GRANT INSERT (total), SELECT, UPDATE (tenant) ON TABLE \"Sales Dept\".\"Orders\" TO \"Web App\";");
    }

    @Test
    void fails_whenAViewTookATablesPlaceWithoutItsGrants() throws Exception {
        CheckReport report = after(
                "alter table \"Sales Dept\".\"Orders\" rename to \"Old\"",
                "create view \"Sales Dept\".\"Orders\" as select * from \"Sales Dept\".\"Old\"");

        assertThat(report)
                .failed()
                .withFinding("status.grant-lost")
                .about("Sales Dept.Orders")
                .withSeverity(Severity.ERROR);
    }

    @Test
    void warnsOnly_whenARightWasRevoked() throws Exception {
        CheckReport report = after("revoke select on \"Sales Dept\".\"Orders\" from \"Web App\"");

        assertThat(report).passed().withFinding("status.grant-lost").withSeverity(Severity.WARNING);
        assertThat(sentences(report)).containsExactly("grants on table Sales Dept.Orders lost: SELECT of \"Web App\"");
    }

    @Test
    void mentionsOnly_aRightThatItsRoleHasInAnotherWay() throws Exception {
        CheckReport report = after(
                "grant select on \"Sales Dept\".\"Orders\" to public",
                "revoke select on \"Sales Dept\".\"Orders\" from \"Web App\"");

        assertThat(report).passed().withFinding("status.grant-lost").withSeverity(Severity.INFO);
    }

    @Test
    void isNoLoss_whenTheColumnOrTheRoleIsGone() throws Exception {
        postgres.execute("create role leaver", "grant delete on \"Sales Dept\".\"Orders\" to leaver");

        CheckReport report = after(
                "alter table \"Sales Dept\".\"Orders\" drop column tenant", "drop owned by leaver", "drop role leaver");

        assertThat(report).passed().withoutFinding("status.grant-lost");
    }

    @Test
    void fails_whenASchemasOrARoutinesGrantIsGone() throws Exception {
        postgres.execute(
                "create function \"Sales Dept\".vat(x numeric) returns numeric language sql as 'select x'",
                "revoke execute on function \"Sales Dept\".vat from public",
                "grant execute on function \"Sales Dept\".vat to \"Web App\"");

        CheckReport report = after(
                "drop function \"Sales Dept\".vat",
                "create function \"Sales Dept\".vat(x numeric) returns numeric language sql as 'select x * 2'",
                "revoke execute on function \"Sales Dept\".vat from public",
                "revoke usage on schema \"Sales Dept\" from \"Web App\"");

        assertThat(report)
                .failed()
                .withFinding("status.grant-lost")
                .withRemedy("GRANT EXECUTE ON ROUTINE \"Sales Dept\".vat(x numeric) TO \"Web App\";")
                .withRemedy("GRANT USAGE ON SCHEMA \"Sales Dept\" TO \"Web App\";");
        assertThat(findings(report, "status.grant-lost"))
                .containsExactlyInAnyOrder("ERROR Sales Dept.vat(x numeric)", "WARNING Sales Dept");
    }

    @Test
    void mentionsOnly_anOwnerWhoMayStillRead() throws Exception {
        CheckReport report = after("alter table \"Sales Dept\".\"Orders\" owner to \"Web App\"");

        assertThat(report)
                .passed()
                .withFinding("status.owner-changed")
                .about("Sales Dept.Orders")
                .withSeverity(Severity.INFO)
                .withRemedy("ALTER TABLE \"Sales Dept\".\"Orders\" OWNER TO postgres;");
        assertThat(codes(report)).containsOnlyOnce("status.owner-changed");
    }

    @Test
    void fails_whenAForeignKeysOwnTriggersAreDisabled() throws Exception {
        postgres.execute("create table \"Sales Dept\".lines (id int references \"Sales Dept\".\"Orders\")");

        CheckReport report = after("alter table \"Sales Dept\".lines disable trigger all");

        assertThat(report)
                .failed()
                .withFinding("status.trigger-disabled")
                .withSeverity(Severity.ERROR)
                .saying("lines_id_fkey", "disabled");
    }

    @Test
    void isNoDebris_whatWasSoBefore() throws Exception {
        postgres.execute(
                "create function note() returns trigger language plpgsql as $$ begin return new; end $$",
                "create trigger audit before update on \"Sales Dept\".\"Orders\" for each row execute function note()",
                "alter table \"Sales Dept\".\"Orders\" disable trigger audit",
                "create unlogged table \"Sales Dept\".cache (id int)",
                "create materialized view \"Sales Dept\".sums as select 1 as x with no data",
                "select setval('\"Sales Dept\".\"Orders_Id_seq\"', 1)");

        CheckReport report = after("alter table \"Sales Dept\".\"Orders\" add note text");

        assertThat(report).passed();
        assertThat(report.findings()).isEmpty();
        assertThat(report.summary()).contains("no debris");
    }

    @Test
    void warns_aboutATriggerThatThisRunMadeAndLeftDisabled() throws Exception {
        CheckReport report = after(
                "create function note() returns trigger language plpgsql as $$ begin return new; end $$",
                "create trigger \"Audit\" before update on \"Sales Dept\".\"Orders\" for each row execute function note()",
                "alter table \"Sales Dept\".\"Orders\" disable trigger \"Audit\"");

        assertThat(report)
                .passed()
                .withFinding("status.trigger-disabled")
                .about("Sales Dept.Orders.Audit")
                .withSeverity(Severity.WARNING)
                .withRemedy("ALTER TABLE \"Sales Dept\".\"Orders\" ENABLE TRIGGER \"Audit\";");
    }

    @Test
    void tellsWhichWayRowSecurityMoved() throws Exception {
        postgres.execute(
                "alter table \"Sales Dept\".\"Orders\" enable row level security",
                "alter table \"Sales Dept\".\"Orders\" force row level security",
                "create policy mine on \"Sales Dept\".\"Orders\" using (tenant = current_user)",
                "create policy late on \"Sales Dept\".\"Orders\" as restrictive for delete to \"Web App\" using (total > 1)",
                "create policy other on \"Sales Dept\".\"Orders\" using (total = 0)");

        CheckReport report = after(
                "alter table \"Sales Dept\".\"Orders\" no force row level security",
                "drop policy late on \"Sales Dept\".\"Orders\"",
                "drop policy other on \"Sales Dept\".\"Orders\"",
                "alter policy mine on \"Sales Dept\".\"Orders\" using (true)",
                "create policy fresh on \"Sales Dept\".\"Orders\" using (total = 1)");

        assertThat(findings(report, "status.row-security-changed"))
                .containsExactlyInAnyOrder(
                        "ERROR Sales Dept.Orders",
                        "ERROR Sales Dept.Orders.late",
                        "WARNING Sales Dept.Orders.other",
                        "WARNING Sales Dept.Orders.mine",
                        "INFO Sales Dept.Orders.fresh");
        assertThat(report)
                .withFinding("status.row-security-changed")
                .withRemedy("ALTER TABLE \"Sales Dept\".\"Orders\" FORCE ROW LEVEL SECURITY;")
                .withRemedy(
                        "CREATE POLICY late ON \"Sales Dept\".\"Orders\" AS RESTRICTIVE FOR DELETE TO \"Web App\" USING (…)");
    }

    @Test
    void fails_whenTheLastPermissivePolicyIsGone_andWarnsWhenThereNeverWasOne() throws Exception {
        postgres.execute(
                "alter table \"Sales Dept\".\"Orders\" enable row level security",
                "create policy mine on \"Sales Dept\".\"Orders\" using (true)",
                "create table \"Sales Dept\".lines (id int)");

        CheckReport report = after(
                "drop policy mine on \"Sales Dept\".\"Orders\"",
                "alter table \"Sales Dept\".lines enable row level security");

        assertThat(report).failed();
        assertThat(findings(report, "status.row-security-changed"))
                .containsExactlyInAnyOrder("ERROR Sales Dept.Orders.mine", "WARNING Sales Dept.lines");
    }

    @Test
    void fails_whenASequenceIsRestartedBelowItsColumn() throws Exception {
        CheckReport report = after("alter sequence \"Sales Dept\".\"Orders_Id_seq\" restart");

        assertThat(report)
                .failed()
                .withFinding("status.sequence-behind")
                .about("Sales Dept.Orders_Id_seq")
                .withSeverity(Severity.ERROR)
                .saying("gives 1 next", "Sales Dept.Orders.Id already reaches 3")
                .withRemedy(
                        "SELECT pg_catalog.setval('\"Sales Dept\".\"Orders_Id_seq\"', (SELECT max(\"Id\") FROM \"Sales Dept\".\"Orders\"));");
    }

    @Test
    void fails_whenRowsWithIdsOfTheirOwnWereInserted() throws Exception {
        awaitStatistics(3);
        CheckReport report = new Rehearsal(postgres)
                .tool("sql")
                .with(postgres.parts("status:\n  settle: 2s"))
                .run(() -> {
                    postgres.execute("insert into \"Sales Dept\".\"Orders\" (\"Id\") select generate_series(4, 20)");
                    return "";
                });

        assertThat(report)
                .failed()
                .withFinding("status.sequence-behind")
                .about("Sales Dept.Orders_Id_seq")
                .saying("gives 4 next", "reaches 20");
    }

    @Test
    void blamesNoOneForASequenceThatTheApplicationDoesNotUse() throws Exception {
        postgres.execute("insert into \"Sales Dept\".\"Orders\" (\"Id\") values (1000000)");
        awaitStatistics(4);

        CheckReport report = new Rehearsal(postgres)
                .tool("sql")
                .with(postgres.parts("status:\n  settle: 2s"))
                .run(() -> {
                    postgres.execute("insert into \"Sales Dept\".\"Orders\" (\"Id\") values (1000001), (1000002)");
                    return "";
                });

        assertThat(report)
                .passed()
                .withFinding("status.sequence-behind")
                .withSeverity(Severity.WARNING)
                .saying("may have been so before");
    }

    @Test
    void isNoDebris_whatReindexConcurrentlyIsBuilding() throws Exception {
        postgres.execute("create index totals on \"Sales Dept\".\"Orders\" (total)");
        Connection writer = postgres.connection();
        writer.setAutoCommit(false);
        try (Statement statement = writer.createStatement()) {
            statement.execute("insert into \"Sales Dept\".\"Orders\" (total) values (4)");
        }
        Thread rebuilding = new Thread(() -> postgres.execute("reindex table concurrently \"Sales Dept\".\"Orders\""));

        CheckReport report = new Rehearsal(postgres).tool("sql").run(() -> {
            rebuilding.start();
            Awaitility.await()
                    .until(() -> count(
                                    "select count(*) from pg_class where relname in ('totals_ccnew', 'Orders_pkey_ccnew')")
                            == 2);
            return "";
        });

        writer.rollback();
        rebuilding.join();
        assertThat(report).withoutFinding("status.invalid-index");
        assertThat(sentences(report)).hasSize(2).allSatisfy(sentence -> assertThat(sentence.toString())
                .contains("_ccnew created", "invalid"));
    }

    @Test
    void isHonestAboutASequenceThatCannotBeRead_orHasNoIndex() throws Exception {
        postgres.execute("create table \"Sales Dept\".\"Log\" (id serial, x int)");
        var other = postgres.connection();
        other.setAutoCommit(false);

        CheckReport report = new Rehearsal(postgres).tool("sql").run(() -> {
            postgres.execute(
                    "alter sequence \"Sales Dept\".\"Log_id_seq\" restart",
                    "alter sequence \"Sales Dept\".\"Orders_Id_seq\" restart");
            other.createStatement().execute("lock table \"Sales Dept\".\"Orders\" in access exclusive mode");
            return "";
        });

        other.rollback();
        assertThat(report).inconclusive().withFinding("status.sequence-behind").saying("no index");
        assertThat(findings(report, "status.sequence-behind"))
                .containsExactlyInAnyOrder("UNPROVEN Sales Dept.Orders_Id_seq", "INFO Sales Dept.Log_id_seq");
        assertThat(report.summary()).contains("no debris");
    }

    @Test
    void isNotBehind_whenItCountsDownward_orTheTableIsEmpty() throws Exception {
        CheckReport report = after(
                "create table \"Sales Dept\".down (id int generated by default as identity (increment -1) primary key)",
                "insert into \"Sales Dept\".down default values",
                "insert into \"Sales Dept\".down default values",
                "create table \"Sales Dept\".none (id serial primary key)");

        assertThat(report).passed().withoutFinding("status.sequence-behind");
    }

    @Test
    void fails_whenASequenceThatCountsDownwardIsRestarted() throws Exception {
        postgres.execute(
                "create table \"Sales Dept\".down (id int generated by default as identity (increment -1) primary key)",
                "insert into \"Sales Dept\".down select from generate_series(1, 5)");

        CheckReport report = after("alter table \"Sales Dept\".down alter id restart with -3");

        assertThat(report)
                .passed()
                .withFinding("status.sequence-behind")
                .withSeverity(Severity.WARNING)
                .saying("gives -3 next", "reaches -5")
                .withRemedy("(SELECT min(id) FROM \"Sales Dept\".down)");
    }

    @Test
    void fails_whenATriggerIsDisabledOnOnePartitionOnly() throws Exception {
        postgres.execute(
                "create function note() returns trigger language plpgsql as $$ begin return new; end $$",
                "create table \"Sales Dept\".events (at date) partition by range (at)",
                "create table \"Sales Dept\".\"E 1\" partition of \"Sales Dept\".events for values from ('2026-01-01') to ('2027-01-01')",
                "create table \"Sales Dept\".\"E 2\" partition of \"Sales Dept\".events for values from ('2027-01-01') to ('2028-01-01')",
                "create trigger audit after insert on \"Sales Dept\".events for each row execute function note()");

        CheckReport report = after("alter table \"Sales Dept\".\"E 1\" disable trigger audit");

        assertThat(report)
                .failed()
                .withFinding("status.trigger-disabled")
                .withRemedy("ALTER TABLE \"Sales Dept\".\"E 1\" ENABLE TRIGGER audit;");
        assertThat(findings(report, "status.trigger-disabled")).containsExactly("ERROR Sales Dept.E 1.audit");
        assertThat(sentences(report)).containsExactly("trigger Sales Dept.E 1.audit is now disabled");
    }

    @Test
    void neverPasses_whenTheBaselineHadNoRoomForWhatDebrisIsToldBy() throws Exception {
        Rehearsal rehearsal = new Rehearsal(postgres).tool("sql");
        Checker checker = new StatusCheckerModule().create(postgres.parts(Rehearsal.QUICKLY));
        Map<String, Object> content = new HashMap<>(rehearsal.before(checker).content());
        Map<Object, Object> catalog = new HashMap<>((Map<?, ?>) content.get("catalog"));
        catalog.keySet().removeAll(List.of("TRIGGER", "GRANT", "COLUMN"));
        content.put("catalog", catalog);
        Baseline cut = new Baseline(content, Optional.empty());
        postgres.execute("revoke all on \"Sales Dept\".\"Orders\" from \"Web App\"");

        CheckReport report =
                postgres.await(checker.after(rehearsal.completed(""), Optional.of(cut), rehearsal.context()));

        assertThat(report)
                .inconclusive()
                .withFinding("status.no-baseline")
                .about("catalog")
                .saying("triggers, grants were not compared");
        assertThat(report.measurements().get("notCompared").toString()).startsWith("columns, triggers, grants:");
        assertThat(report).withoutFinding("status.grant-lost");
    }

    @Test
    void tellsAnInvalidIndexOfOld_whenTheNoticeThatItWasSkippedIsHidden() throws Exception {
        postgres.execute("insert into \"Sales Dept\".\"Orders\" (total) values (1)");
        assertThatThrownBy(() -> postgres.execute(
                        "create unique index concurrently totals on \"Sales Dept\".\"Orders\" (total)"))
                .hasMessageContaining("totals");

        CheckReport report = after(
                "set client_min_messages = warning",
                "create unique index concurrently if not exists totals on \"Sales Dept\".\"Orders\" (total)");

        assertThat(report)
                .passed()
                .withFinding("status.invalid-index")
                .about("Sales Dept.totals")
                .withSeverity(Severity.INFO);
    }

    @Test
    void tellsWhichStatementsOfAFailedScriptTookEffect() throws Exception {
        CheckReport report = new Rehearsal(postgres).tool("sql").exitCode(3).run(() -> {
            postgres.execute(
                    "create type \"Sales Dept\".mood as enum ('good', 'bad')",
                    "alter table \"Sales Dept\".\"Orders\" add mood \"Sales Dept\".mood",
                    "create view \"Sales Dept\".paid as select * from \"Sales Dept\".\"Orders\"",
                    "grant select on \"Sales Dept\".\"Orders\" to reader",
                    "create policy mine on \"Sales Dept\".\"Orders\" to reader using (true)",
                    "alter table \"Sales Dept\".\"Orders\" enable row level security",
                    "create sequence \"Sales Dept\".numbers");
            return "psql:m.sql:8: ERROR:  relation \"nowhere\" does not exist";
        });

        assertThat(report).failed().withFinding("status.partially-applied").saying("7 catalog changes");
        assertThat(sentences(report))
                .containsExactly(
                        "type Sales Dept.mood created: enum (good, bad)",
                        "table Sales Dept.Orders row security enabled",
                        "column Sales Dept.Orders.mood added: \"Sales Dept\".mood",
                        "sequence Sales Dept.numbers created",
                        "view Sales Dept.paid created",
                        "policy Sales Dept.Orders.mine created for ALL to reader",
                        "grants on table Sales Dept.Orders given: SELECT of reader");
    }

    private static CheckReport after(String... statements) throws Exception {
        return new Rehearsal(postgres).tool("sql").run(() -> {
            postgres.execute(statements);
            return "";
        });
    }

    private static void awaitStatistics(long inserted) {
        Awaitility.await()
                .until(() -> count("select n_tup_ins from pg_stat_user_tables where relname = 'Orders'") == inserted);
    }

    private static long count(String sql) throws SQLException {
        try (Connection connection = postgres.connection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static List<String> findings(CheckReport report, String code) {
        return report.findings().stream()
                .filter(finding -> finding.code().value().equals(code))
                .map(finding -> finding.severity() + " " + finding.subject())
                .toList();
    }

    private static List<String> codes(CheckReport report) {
        return report.findings().stream()
                .map(Finding::code)
                .map(Object::toString)
                .toList();
    }

    private static List<Object> sentences(CheckReport report) {
        return ((List<?>) report.measurements().get("changes"))
                .stream()
                        .map(change -> (Object) ((Map<?, ?>) change).get("what"))
                        .toList();
    }
}
