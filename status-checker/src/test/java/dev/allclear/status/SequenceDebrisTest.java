package dev.allclear.status;

import static dev.allclear.testkit.ReportAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.allclear.model.CheckReport;
import dev.allclear.model.Severity;
import dev.allclear.testkit.PostgresExtension;
import java.sql.Connection;
import java.sql.Statement;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** When a sequence is behind its column by what this run did; in a schema and with names that need quotes. */
final class SequenceDebrisTest {
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
    void fails_whenASequenceIsRestartedBelowItsColumn() throws Exception {
        CheckReport report = shop.after("alter sequence \"Sales Dept\".\"Orders_Id_seq\" restart");

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
        shop.awaitStatistics(3);
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
    void fails_whenRowsWithIdsOfTheirOwnCameIntoAPartOfAPartition() throws Exception {
        postgres.execute(
                "create table \"Sales Dept\".visits (id serial, at date, shop int, primary key (id, at, shop)) partition by range (at)",
                "create table \"Sales Dept\".visits_26 partition of \"Sales Dept\".visits for values from ('2026-01-01') to ('2027-01-01') partition by list (shop)",
                "create table \"Sales Dept\".visits_26_1 partition of \"Sales Dept\".visits_26 for values in (1)",
                "insert into \"Sales Dept\".visits (at, shop) values ('2026-05-01', 1)");
        Awaitility.await()
                .until(() ->
                        shop.count("select n_tup_ins from pg_stat_user_tables where relname = 'visits_26_1'") == 1);
        CheckReport report = new Rehearsal(postgres)
                .tool("sql")
                .with(postgres.parts("status:\n  settle: 2s"))
                .run(() -> {
                    postgres.execute(
                            "insert into \"Sales Dept\".visits select i, '2026-05-01', 1 from generate_series(2, 20) i");
                    return "";
                });

        assertThat(report)
                .failed()
                .withFinding("status.sequence-behind")
                .about("Sales Dept.visits_id_seq")
                .saying("gives 2 next", "reaches 20");
    }

    /** Those of the application grow all the time; the migration's need not come first. */
    @Test
    void fails_whenTheMigrationsIsOneOfManyTablesThatGrew() throws Exception {
        postgres.execute(
                "do $$ begin for i in 10..79 loop execute 'create table growing_' || i || ' (id serial primary key)';"
                        + " execute 'insert into growing_' || i || ' default values'; end loop; end $$");
        Awaitility.await()
                .until(() -> shop.count("select sum(n_tup_ins) from pg_stat_user_tables where relname like 'growing%'")
                        == 70);

        CheckReport report = new Rehearsal(postgres)
                .tool("sql")
                .with(postgres.parts("status:\n  settle: 2s"))
                .run(() -> {
                    postgres.execute(
                            "do $$ begin for i in 10..78 loop execute 'insert into growing_' || i || ' default values';"
                                    + " end loop; end $$",
                            "insert into growing_79 select generate_series(2, 20)");
                    return "";
                });

        assertThat(report)
                .failed()
                .withFinding("status.sequence-behind")
                .about("public.growing_79_id_seq")
                .saying("gives 2 next", "reaches 20");
    }

    @Test
    void blamesNoOneForASequenceThatTheApplicationDoesNotUse() throws Exception {
        postgres.execute("insert into \"Sales Dept\".\"Orders\" (\"Id\") values (1000000)");
        shop.awaitStatistics(4);

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
    void isHonestAboutASequenceThatCannotBeRead_orHasNoIndex() throws Exception {
        postgres.execute("create table \"Sales Dept\".\"Log\" (id serial, x int)");
        CheckReport report;
        try (Connection other = postgres.connection();
                Statement lock = other.createStatement()) {
            other.setAutoCommit(false);
            report = new Rehearsal(postgres).tool("sql").run(() -> {
                postgres.execute(
                        "alter sequence \"Sales Dept\".\"Log_id_seq\" restart",
                        "alter sequence \"Sales Dept\".\"Orders_Id_seq\" restart");
                lock.execute("lock table \"Sales Dept\".\"Orders\" in access exclusive mode");
                return "";
            });
        }

        assertThat(report).inconclusive().withFinding("status.sequence-behind").saying("no index");
        assertThat(Shop.findings(report, "status.sequence-behind"))
                .containsExactlyInAnyOrder("UNPROVEN Sales Dept.Orders_Id_seq", "INFO Sales Dept.Log_id_seq");
        assertThat(report.summary()).contains("no debris");
    }

    @Test
    void isNotBehind_whenItCountsDownward_orTheTableIsEmpty() throws Exception {
        CheckReport report = shop.after(
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

        CheckReport report = shop.after("alter table \"Sales Dept\".down alter id restart with -3");

        assertThat(report)
                .passed()
                .withFinding("status.sequence-behind")
                .withSeverity(Severity.WARNING)
                .saying("gives -3 next", "reaches -5")
                .withRemedy("(SELECT min(id) FROM \"Sales Dept\".down)");
    }
}
