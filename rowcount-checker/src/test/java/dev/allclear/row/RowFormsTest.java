package dev.allclear.row;

import static dev.allclear.testkit.ReportAssert.assertThat;

import dev.allclear.model.CheckReport;
import dev.allclear.model.Severity;
import dev.allclear.testkit.EveryPostgres;
import dev.allclear.testkit.PostgresExtension;
import java.time.Instant;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Duplicates, sums over tables, tables without rows, and what missed rows have in common. */
final class RowFormsTest {
    @RegisterExtension
    static final PostgresExtension postgres = new PostgresExtension();

    private final RowScene scene = new RowScene(postgres);

    @BeforeEach
    void tables() {
        postgres.execute(
                "drop schema if exists \"Mail\" cascade",
                "drop table if exists users, inbox, archive, orders cascade",
                "create schema \"Mail\"",
                "create table users (id int primary key, email text, \"Tenant\" int)",
                "insert into users select i, 'u' || i || '@x', i % 3 from generate_series(1, 100) i",
                "create table inbox (id int primary key)",
                "insert into inbox select generate_series(1, 300)",
                "create table archive (id int, day int, primary key (id, day)) partition by range (day)",
                "create table archive_1 partition of archive for values from (0) to (10)",
                "insert into archive select i, 1 from generate_series(1001, 1100) i",
                "analyze");
    }

    @Test
    @EveryPostgres
    void findsDuplicates_andNamesThemByKeyNotByValue() {
        postgres.execute(
                "update users set email = 'same@x' where id in (7, 8, 9)",
                "update users set email = null where id > 90");

        CheckReport report = scene.after("- { table: users, unique: [email] }");

        assertThat(report)
                .failed()
                .withFinding("rows.duplicates")
                .withSeverity(Severity.ERROR)
                .about("public.users")
                .saying("2 rows too many of 100 have the email of another row", "among them id 7, 8, 9")
                .withRemedy("GROUP BY \"email\" HAVING count(*) > 1");
        Assertions.assertThat(report.toString()).doesNotContain("same@x");
    }

    @Test
    void comparesSeveralColumnsTogether() {
        assertThat(scene.after("- { table: users, unique: [email, Tenant] }")).passed();
        assertThat(scene.after("- { table: users, unique: [Tenant] }"))
                .failed()
                .withFinding("rows.duplicates")
                .saying("97 rows too many of 100");
        postgres.execute("insert into users select id + 1000, email, \"Tenant\" from users where id = 5");
        assertThat(scene.after("- { table: users, unique: [Tenant, email] }"))
                .failed()
                .withFinding("rows.duplicates")
                .saying("1 row too many of 101 have the (Tenant, email) of another row", "id 5, 1005");
    }

    /** A cast to a domain cuts and rounds by the domain's length and precision. */
    @Test
    void findsNoRows_whoseValueOnlyADomainWouldMakeEqual() {
        postgres.execute(
                "drop table if exists prices",
                "drop domain if exists whole, rate, code",
                "create domain code as varchar(3)",
                "create domain whole as numeric(6, 0)",
                "create domain rate as whole",
                "create table prices (currency code, discount rate)",
                "insert into prices select 'EUR', 1 from generate_series(1, 10)");

        CheckReport cut = scene.after("- { table: prices, where: { column: currency, equals: EURO }, rows: 10 }");
        CheckReport rounded = scene.after("- { table: prices, where: { column: discount, equals: 0.5 }, rows: 10 }");

        assertThat(cut).failed().withFinding("rows.mismatch").saying("0 rows, expected 10");
        assertThat(rounded).failed().withFinding("rows.mismatch").saying("0 rows, expected 10");
        assertThat(scene.after("- { table: prices, where: { column: discount, equals: 1.0 }, rows: 10 }"))
                .passed();
    }

    @Test
    @EveryPostgres
    void trustsAValidUniqueIndexAlone() {
        postgres.execute("create unique index on users (email)");
        CheckReport guaranteed = scene.after("- { table: users, unique: [email, Tenant] }");
        postgres.execute(
                "drop table users",
                "create table users (id int, email text)",
                "insert into users values (1, 'a'), (2, 'a')");
        Assertions.assertThatThrownBy(
                () -> postgres.execute("create unique index concurrently broken on users (email)"));

        CheckReport broken = scene.after("- { table: users, unique: [email] }");

        assertThat(guaranteed).passed();
        Assertions.assertThat(ledger(guaranteed)).containsEntry("strategy", Strategy.CATALOG.words());
        assertThat(broken).failed().withFinding("rows.duplicates");
    }

    @Test
    @EveryPostgres
    void seesThatRowsMovedAndNoneWasLost() {
        String conserved = "- { conserved: { from: [inbox, archive], to: [inbox, public.archive] } }";

        assertThat(scene.around(
                        conserved,
                        () -> postgres.execute(
                                "insert into archive select id, 2 from inbox where id <= 200",
                                "delete from inbox where id <= 200")))
                .passed();
        assertThat(scene.around(
                        conserved,
                        () -> postgres.execute(
                                "insert into archive select id + 5000, 2 from inbox where id <= 250",
                                "delete from inbox")))
                .failed()
                .withFinding("rows.not-conserved")
                .withSeverity(Severity.ERROR)
                .about("public.inbox")
                .saying("350 rows together, 400 in inbox + archive before; 50 off, allowed 0 rows");
        assertThat(scene.around(
                        conserved.replace("} }", "}, tolerance: 10 }"),
                        () -> postgres.execute("insert into inbox values (901)")))
                .passed();
    }

    @Test
    void doesNotAddUpWhatItCannotCount() {
        assertThat(scene.after("- { conserved: { from: [inbox], to: [archive] } }"))
                .inconclusive()
                .withFinding("rows.no-baseline");
        assertThat(scene.around("- { conserved: { from: [inbox], to: [archive, archive_1] } }", () -> {}))
                .inconclusive()
                .withFinding("rows.invalid-expectation")
                .saying("a table and a part of it");
        assertThat(scene.around("- { conserved: { from: [inbox], to: [nowhere] } }", () -> {}))
                .failed()
                .withFinding("rows.table-not-found");
        postgres.execute("alter table inbox enable row level security", "create policy none on inbox using (id < 10)");
        assertThat(scene.around("- { conserved: { from: [inbox], to: [inbox] } }", () -> {}))
                .inconclusive()
                .withFinding("rows.hidden-by-row-security");
    }

    @Test
    void doesNotTakeAnEmptiedTableForProof() {
        String all = """
                - { table: users, filled: email }
                - { table: users, unique: [email] }
                - { table: users, where: { column: email, equals: old }, rows: 0 }
                """;

        CheckReport emptied = scene.around(all, () -> postgres.execute("truncate users"));
        CheckReport alwaysEmpty = scene.around(all, () -> {});
        CheckReport unknown = scene.after("- { table: users, filled: email }");

        assertThat(emptied).inconclusive().withFinding("rows.no-rows").saying("had rows before the migration");
        Assertions.assertThat(emptied.findings()).hasSize(3);
        assertThat(alwaysEmpty).passed();
        assertThat(unknown).inconclusive().withFinding("rows.no-rows").saying("is unknown");
        assertThat(scene.after("- { table: users, rows: 0 }")).passed();
    }

    @Test
    void doesNotRestOnABaselineThatIsTooLate() {
        postgres.execute("truncate users");
        var description =
                RowScene.declaring("- { table: users, filled: email }").build();

        CheckReport report = scene.afterWithoutAWord(description, scene.before(description), Instant.EPOCH);

        assertThat(report).inconclusive().withFinding("rows.no-rows");
    }

    @Test
    @EveryPostgres
    void saysWhatMissedRowsHaveInCommon() {
        postgres.execute(
                "create type color as enum ('red', 'green')",
                "create table orders (id int primary key, currency text, status text, placed date, color color, who text)",
                "insert into orders select i, 'EUR', case when i % 10 = 0 then 'legacy' else 'new' end, date '2024-01-01' + i,"
                        + " (case when i % 7 = 0 then 'red' else 'green' end)::color, 'p' || i || '@x' from generate_series(1, 300) i");

        assertThat(missing("status = 'legacy'"))
                .withFinding("rows.incomplete-backfill")
                .saying("all of them, and no other row, have status = legacy");
        assertThat(missing("placed between '2024-03-01' and '2024-03-31'"))
                .withFinding("rows.incomplete-backfill")
                .saying("all of them, and no other row, have placed from 2024-03-01 to 2024-03-31");
        assertThat(missing("id > 200"))
                .withFinding("rows.incomplete-backfill")
                .saying("have placed from 2024-07-20 on");
        assertThat(missing("color = 'red'"))
                .withFinding("rows.incomplete-backfill")
                .saying("have color = red");
        assertThat(missing("id % 13 = 0")).failed();
        Assertions.assertThat(missing("id % 13 = 0").findings().get(0).message())
                .doesNotContain("no other row");
        Assertions.assertThat(missing("id <= 3").findings().get(0).message()).doesNotContain("no other row");
        postgres.execute(
                "update orders set who = 'jane@example.org' where status = 'legacy'",
                "alter table orders drop column status");
        Assertions.assertThat(missing("who = 'jane@example.org'").toString()).doesNotContain("jane");
    }

    private CheckReport missing(String condition) {
        postgres.execute("update orders set currency = 'EUR'", "update orders set currency = null where " + condition);
        return scene.after("- { table: orders, filled: currency }");
    }

    @Test
    void namesRowsThatShouldNotBeThere() {
        postgres.execute(
                "create table if not exists orders (id int primary key, status text)",
                "insert into orders values (4, 'legacy'), (5, 'new')");

        assertThat(scene.after("- { table: orders, where: { column: status, equals: legacy }, rows: 0 }"))
                .failed()
                .withFinding("rows.mismatch")
                .saying("among them id 4");
    }

    @Test
    void leavesAFewRowsOpen_thatOthersMayHaveWrittenUnseen() {
        // the time between two of its writes is longer than it is watched
        CheckReport one = scene.around(
                "- { table: inbox, rows: unchanged }", () -> postgres.execute("insert into inbox values (999)"));
        CheckReport many = scene.around(
                "- { table: inbox, rows: unchanged }", () -> postgres.execute("delete from inbox where id < 200"));

        assertThat(one)
                .inconclusive()
                .withFinding("rows.concurrent-writes")
                .saying("301 rows", "may have written as many rows");
        assertThat(many).failed().withFinding("rows.mismatch").saying("199 off", "nobody else was seen writing");
    }

    @Test
    void leavesATotalOpen_thatOthersMayHaveMadeUpFor() {
        // a server process tells its writes up to a second late, so an analyze at once would leave the test's own rows
        // as traffic
        postgres.execute("select pg_sleep(1.2)", "analyze", "insert into inbox values (998)", "select pg_sleep(4)");

        CheckReport balanced = scene.around(
                "- { conserved: { from: [inbox, archive], to: [inbox, archive] } }",
                () -> postgres.execute(
                        "insert into archive select id + 5000, 1 from inbox where id < 200",
                        "delete from inbox where id <= 200",
                        "insert into inbox values (999)"));

        assertThat(balanced)
                .inconclusive()
                .withFinding("rows.concurrent-writes")
                .saying("which may be a coincidence", "others had written shortly before it");
    }

    @Test
    void trustsATotal_whenNobodyWroteBeforeTheMigration() {
        CheckReport moved = scene.around(
                "- { conserved: { from: [inbox, archive], to: [inbox, archive] } }",
                () -> postgres.execute(
                        "insert into archive select id + 5000, 1 from inbox where id <= 200",
                        "delete from inbox where id <= 200"));

        assertThat(moved).passed();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> ledger(CheckReport report) {
        return ((java.util.List<Map<String, Object>>) report.measurements().get("tables")).get(0);
    }
}
