package dev.allclear.row;

import static dev.allclear.testkit.ReportAssert.assertThat;

import dev.allclear.model.CheckReport;
import dev.allclear.model.Severity;
import dev.allclear.testkit.EveryPostgres;
import dev.allclear.testkit.PostgresExtension;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the check may see and what it is called: policies, privileges, partitions, names, time. */
@EveryPostgres
final class RowVisibilityTest {
    @RegisterExtension
    static final PostgresExtension postgres = new PostgresExtension();

    @BeforeAll
    static void tables() {
        postgres.execute(
                "create table tenants (id int primary key, currency text)",
                "insert into tenants select i, 'EUR' from generate_series(1, 50) i",
                "create table plain (id int)",
                "insert into plain select generate_series(1, 5)");
    }

    @Test
    void neverCountsWhatRowSecurityLeavesOver() {
        postgres.execute(
                "create table secrets (id int primary key, currency text)",
                "insert into secrets select i, null from generate_series(1, 50) i",
                "alter table secrets enable row level security",
                "alter table secrets force row level security",
                "create policy mine on secrets using (currency is not null)");

        CheckReport report =
                new RowScene(postgres).after("- { table: secrets, filled: currency }\n- { table: secrets, rows: 0 }");

        assertThat(report)
                .inconclusive()
                .withFinding("rows.hidden-by-row-security")
                .withSeverity(Severity.UNPROVEN)
                .about("public.secrets")
                .withRemedy("ALTER ROLE \"allclear\" BYPASSRLS;");
    }

    @Test
    void asksForTheGrantItLacks() {
        postgres.execute("drop role if exists poor", "create role poor login", "create schema closed");
        postgres.execute("create table closed.\"Books\" (id int)", "grant select on plain to poor");
        RowScene scene = new RowScene(postgres, postgres.partsAs("poor", ""), false);

        CheckReport report = scene.after(
                "- { table: closed.Books, rows: 0 }\n- { table: tenants, rows: 50 }\n- { table: plain, rows: 5 }");

        postgres.execute("drop owned by poor", "drop role poor");
        assertThat(report)
                .inconclusive()
                .withFinding("rows.insufficient-privilege")
                .withRemedy(
                        "GRANT USAGE ON SCHEMA \"closed\" TO \"poor\"; GRANT SELECT ON \"closed\".\"Books\" TO \"poor\";");
        assertThat(report)
                .withFinding("rows.insufficient-privilege")
                .about("public.tenants")
                .withRemedy("GRANT SELECT ON \"public\".\"tenants\" TO \"poor\";");
    }

    @Test
    void countsAPartitionedTableOnce() {
        postgres.execute(
                "create table events (id int, day int, kind text, primary key (id, day)) partition by range (day)",
                "create table events_1 partition of events for values from (0) to (10)",
                "create table events_2 partition of events for values from (10) to (20)",
                "insert into events select i, i % 20, case when i = 7 then null else 'x' end from generate_series(1, 200) i");

        CheckReport report =
                new RowScene(postgres).after("- { table: events, rows: 200 }\n- { table: events, filled: kind }");

        assertThat(report)
                .failed()
                .withoutFinding("rows.mismatch")
                .withFinding("rows.incomplete-backfill")
                .saying("199 of 200", "(id, day) (7, 7)");
    }

    @Test
    void findsNamesAsWrittenAndBySqlRules() {
        postgres.execute(
                "create schema \"Sales\"",
                "create table \"Sales\".\"Order Lines\" (id int primary key, \"Unit Price\" int)",
                "insert into \"Sales\".\"Order Lines\" values (1, 5), (2, null)",
                "create table \"odd\"\"one; --\" (id int)");
        RowScene scene = new RowScene(postgres);

        assertThat(scene.after("""
                        - { table: Sales.Order Lines, rows: 2 }
                        - { table: '"Sales"."Order Lines"', rows: 2 }
                        - { table: Order Lines, where: { column: Unit Price, equals: 5 }, rows: 1 }
                        - { table: PUBLIC.Plain, where: { column: ID, equals: 5 }, rows: 1 }
                        - { table: 'odd"one; --', rows: 0 }
                        """)).passed();
        assertThat(scene.after("- { table: Sales.Order Lines, filled: Unit Price }"))
                .failed()
                .withFinding("rows.incomplete-backfill")
                .about("Sales.Order Lines")
                .saying("1 of 2 rows have Unit Price", "id 2");
    }

    @Test
    void isUndecided_whenABareNameIsInTwoSchemas() {
        postgres.execute(
                "create schema one", "create schema two", "create table one.both ()", "create table two.both ()");

        CheckReport report = new RowScene(postgres).after("- { table: both, rows: 0 }");

        assertThat(report)
                .inconclusive()
                .withFinding("rows.invalid-expectation")
                .saying("\"one\".\"both\"", "\"two\".\"both\"", "write the schema");
    }

    @Test
    void tellsLongNamesApart() {
        String common = "n".repeat(63);
        postgres.execute("create table " + common + " (id int)");

        assertThat(new RowScene(postgres).after("- { table: " + common + ", rows: 0 }"))
                .passed();
        assertThat(new RowScene(postgres).after("- { table: " + common + "x, rows: 0 }"))
                .failed()
                .withFinding("rows.table-not-found");
    }

    @Test
    void isUndecided_whenTheDatabaseRefusesUs() {
        RowScene scene = new RowScene(postgres, postgres.partsAs("stranger", ""), false);

        CheckReport report = scene.after("- { table: plain, rows: 5 }");

        assertThat(report)
                .inconclusive()
                .withFinding("rows.database-unreachable")
                .withSeverity(Severity.UNPROVEN);
    }

    @Test
    void countsNoViews() {
        postgres.execute("create view few as select * from plain");

        CheckReport report = new RowScene(postgres).after("- { table: few, rows: 5 }");

        assertThat(report)
                .inconclusive()
                .withFinding("rows.invalid-expectation")
                .saying("is a view");
    }

    @Test
    void isUndecided_whenTheBudgetIsTooSmall() {
        RowScene scene = new RowScene(postgres, postgres.parts("budget: { database-time: 1ms }"), false);

        CheckReport report = scene.after("- { table: plain, rows: 5 }\n- { table: plain, filled: id }");

        assertThat(report).inconclusive().withFinding("rows.budget-exhausted").withSeverity(Severity.UNPROVEN);
    }

    @Test
    void labelsAnEstimate_whenACountTakesTooLong() {
        postgres.execute(
                "create type pace as (v int)",
                "create function slowly(pace, pace) returns boolean language sql as 'select pg_sleep(0.01) is null'",
                "create operator = (leftarg = pace, rightarg = pace, function = slowly)",
                "create table huge (id bigint primary key, filled int, empty int, pace pace)",
                "alter table huge set (autovacuum_enabled = false)",
                "insert into huge select i, 1, null, row(1)::pace from generate_series(1, 1000) i");
        String slow = "- { table: huge, where: { column: pace, equals: (1) }, rows: 0 }\n";
        RowScene hurried = new RowScene(postgres, postgres.parts("budget: { statement-timeout: 500ms }"), false);

        CheckReport unknown = hurried.after(slow);
        postgres.execute("analyze huge (id)");
        CheckReport estimated = hurried.after(slow + "- { table: huge, filled: filled }");
        CheckReport empty = hurried.after(slow + "- { table: huge, filled: empty }");

        assertThat(unknown).inconclusive().withFinding("rows.budget-exhausted").saying("no estimate either");
        assertThat(estimated)
                .inconclusive()
                .withFinding("rows.estimate-only")
                .saying("estimate is 1,000 rows, which proves nothing");
        Assertions.assertThat(estimated.findings()).hasSize(1);
        assertThat(empty)
                .failed()
                .withFinding("rows.incomplete-backfill")
                .saying("at least one row has no empty", "for example id 1");
    }

    @Test
    void isUndecided_whenALockIsInTheWay() throws Exception {
        postgres.execute("create table held (id int)");
        var connection = postgres.connection();
        connection.setAutoCommit(false);
        connection.createStatement().execute("lock table held");

        CheckReport report = new RowScene(postgres).after("- { table: held, rows: 0 }");

        connection.rollback();
        assertThat(report).inconclusive().withFinding("rows.timed-out").saying("waited too long for a lock");
    }
}
