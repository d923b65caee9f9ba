package dev.allclear.status;

import static dev.allclear.testkit.ReportAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.allclear.check.Baseline;
import dev.allclear.check.Checker;
import dev.allclear.model.CheckReport;
import dev.allclear.model.Severity;
import dev.allclear.testkit.EveryPostgres;
import dev.allclear.testkit.PostgresExtension;
import java.sql.Connection;
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
@EveryPostgres
final class DebrisTest {
    @RegisterExtension
    static final PostgresExtension postgres = new PostgresExtension();

    private final Shop shop = new Shop(postgres);

    @BeforeEach
    void open() {
        shop.open();
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void fails_whenAForeignKeysOwnTriggersAreDisabled() throws Exception {
        postgres.execute("create table \"Sales Dept\".lines (id int references \"Sales Dept\".\"Orders\")");

        CheckReport report = shop.after("alter table \"Sales Dept\".lines disable trigger all");

        assertThat(report)
                .failed()
                .withFinding("status.trigger-disabled")
                .withSeverity(Severity.ERROR)
                .saying("lines_id_fkey", "disabled");
    }

    @Test
    void isNoDebris_whatWasSoBefore() throws Exception {
        shop.awaitStatistics(3);
        postgres.execute(
                "create function note() returns trigger language plpgsql as $$ begin return new; end $$",
                "create trigger audit before update on \"Sales Dept\".\"Orders\" for each row execute function note()",
                "alter table \"Sales Dept\".\"Orders\" disable trigger audit",
                "create unlogged table \"Sales Dept\".cache (id int)",
                "create materialized view \"Sales Dept\".sums as select 1 as x with no data",
                "select setval('\"Sales Dept\".\"Orders_Id_seq\"', 1)");
        shop.awaitStatistics(3);

        CheckReport report = shop.after("alter table \"Sales Dept\".\"Orders\" add note text");

        assertThat(report).passed();
        assertThat(report.findings()).isEmpty();
        assertThat(report.summary()).contains("no debris");
    }

    @Test
    void warns_aboutATriggerThatThisRunMadeAndLeftDisabled() throws Exception {
        CheckReport report = shop.after(
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
    void isNoDebris_whatReindexConcurrentlyIsBuilding() throws Exception {
        postgres.execute("create index totals on \"Sales Dept\".\"Orders\" (total)");
        Thread rebuilding = new Thread(() -> postgres.execute("reindex table concurrently \"Sales Dept\".\"Orders\""));
        CheckReport report;
        try (Connection writer = postgres.connection();
                Statement statement = writer.createStatement()) {
            writer.setAutoCommit(false);
            statement.execute("insert into \"Sales Dept\".\"Orders\" (total) values (4)");

            report = new Rehearsal(postgres).tool("sql").run(() -> {
                rebuilding.start();
                Awaitility.await()
                        .until(() -> shop.count(
                                        "select count(*) from pg_class where relname in ('totals_ccnew', 'Orders_pkey_ccnew')")
                                == 2);
                return "";
            });
        }
        rebuilding.join();

        assertThat(report).withoutFinding("status.invalid-index");
        assertThat(Shop.sentences(report)).hasSize(2).allSatisfy(sentence -> assertThat(sentence.toString())
                .contains("_ccnew created", "invalid"));
    }

    /** What a tool began and did not wait for: its session has another name than the migration's. */
    @Test
    void isNotProven_whileAnIndexThatThisRunBeganIsBeingBuilt() throws Exception {
        Thread building = new Thread(
                () -> postgres.execute("create index concurrently totals on \"Sales Dept\".\"Orders\" (total)"));
        CheckReport report;
        try (Connection writer = postgres.connection();
                Statement statement = writer.createStatement()) {
            writer.setAutoCommit(false);
            statement.execute("insert into \"Sales Dept\".\"Orders\" (total) values (4)");

            report = new Rehearsal(postgres).tool("sql").run(() -> {
                building.start();
                Awaitility.await()
                        .until(() -> shop.count("select count(*) from pg_class where relname = 'totals'") == 1);
                return "";
            });
        }
        building.join();

        assertThat(report)
                .inconclusive()
                .withFinding("status.invalid-index")
                .about("Sales Dept.totals")
                .withSeverity(Severity.UNPROVEN)
                .saying("is still being built");
    }

    @Test
    void fails_whenATriggerIsDisabledOnOnePartitionOnly() throws Exception {
        postgres.execute(
                "create function note() returns trigger language plpgsql as $$ begin return new; end $$",
                "create table \"Sales Dept\".events (at date) partition by range (at)",
                "create table \"Sales Dept\".\"E 1\" partition of \"Sales Dept\".events for values from ('2026-01-01') to ('2027-01-01')",
                "create table \"Sales Dept\".\"E 2\" partition of \"Sales Dept\".events for values from ('2027-01-01') to ('2028-01-01')",
                "create trigger audit after insert on \"Sales Dept\".events for each row execute function note()");

        CheckReport report = shop.after("alter table \"Sales Dept\".\"E 1\" disable trigger audit");

        assertThat(report)
                .failed()
                .withFinding("status.trigger-disabled")
                .withRemedy("ALTER TABLE \"Sales Dept\".\"E 1\" ENABLE TRIGGER audit;");
        assertThat(Shop.findings(report, "status.trigger-disabled")).containsExactly("ERROR Sales Dept.E 1.audit");
        assertThat(Shop.sentences(report)).containsExactly("trigger Sales Dept.E 1.audit is now disabled");
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

        CheckReport report = shop.after(
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
        assertThat(Shop.sentences(report))
                .containsExactly(
                        "type Sales Dept.mood created: enum (good, bad)",
                        "table Sales Dept.Orders row security enabled",
                        "column Sales Dept.Orders.mood added: \"Sales Dept\".mood",
                        "sequence Sales Dept.numbers created",
                        "view Sales Dept.paid created",
                        "policy Sales Dept.Orders.mine created for ALL to reader",
                        "grants on table Sales Dept.Orders given: SELECT of reader");
    }
}
