package dev.allclear.row;

import static dev.allclear.testkit.ReportAssert.assertThat;

import dev.allclear.check.Baseline;
import dev.allclear.event.MigrationDescription;
import dev.allclear.model.CheckReport;
import dev.allclear.model.Severity;
import dev.allclear.testkit.EveryPostgres;
import dev.allclear.testkit.PostgresExtension;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Runs that say that they change data. */
final class RowModificationTest {
    @RegisterExtension
    static final PostgresExtension postgres = new PostgresExtension();

    private final RowScene scene = new RowScene(postgres);

    @BeforeEach
    void tables() {
        postgres.execute(
                "drop table if exists orders, parted, schema_migrations",
                "create table orders (id int primary key, currency text)",
                "insert into orders select i, 'EUR' from generate_series(1, 100) i",
                "create table schema_migrations (version bigint)");
        Awaitility.await("the server's counters of what this test itself inserted")
                .until(() -> {
                    try (Connection connection = postgres.connection();
                            Statement statement = connection.createStatement();
                            ResultSet seen = statement.executeQuery(
                                    "select n_tup_ins from pg_stat_user_tables where relname = 'orders'")) {
                        return seen.next() && seen.getLong(1) == 100;
                    }
                });
    }

    @Test
    void fails_whenNoRowWasChanged() {
        CheckReport report = scene.around(
                changing("", "public.orders"),
                () -> postgres.execute("update orders set currency = 'x' where id = 999"));

        assertThat(report)
                .failed()
                .withFinding("rows.nothing-modified")
                .withSeverity(Severity.ERROR)
                .about("public.orders")
                .saying("0 rows were inserted, updated or deleted in public.orders");
    }

    @Test
    void doesNotCountTheHistoryOfTheTool_whenNoTablesAreNamed() {
        CheckReport report =
                scene.around(changing(""), () -> postgres.execute("insert into schema_migrations values (1)"));

        assertThat(report).failed().withFinding("rows.nothing-modified");
    }

    @Test
    void isUndecided_whenRowsChangedButNothingIsDeclaredAboutThem() {
        CheckReport report =
                scene.around(changing("", "orders"), () -> postgres.execute("update orders set currency = 'USD'"));

        assertThat(report)
                .inconclusive()
                .withFinding("rows.estimate-only")
                .saying(
                        "about 100 row changes in 1 of 1 tables",
                        "public.orders +0 -0 rows, 100 updated",
                        "add expectations");
    }

    @Test
    @EveryPostgres
    void seesTruncationAndRewriting() {
        assertThat(scene.around(changing("", "orders"), () -> postgres.execute("truncate orders")))
                .inconclusive()
                .withoutFinding("rows.nothing-modified");
        assertThat(scene.around(changing(""), () -> postgres.execute("drop table orders")))
                .inconclusive()
                .withoutFinding("rows.nothing-modified");
    }

    @Test
    @EveryPostgres
    void isUndecided_whenStatisticsWereReset() {
        CheckReport report = scene.around(changing("", "orders"), () -> postgres.execute("select pg_stat_reset()"));

        assertThat(report).inconclusive().withFinding("rows.estimate-only").saying("statistics were reset");
    }

    @Test
    @EveryPostgres
    void countsChangesInPartitions() {
        postgres.execute(
                "create table parted (id int) partition by range (id)",
                "create table parted_1 partition of parted for values from (0) to (10)");

        CheckReport report =
                scene.around(changing("", "parted"), () -> postgres.execute("insert into parted values (1)"));

        assertThat(report).inconclusive().withFinding("rows.estimate-only").saying("about 1 row changes");
    }

    @Test
    void passes_whenTheNewColumnIsFilled() {
        CheckReport report = scene.around(
                changing("", "orders"),
                () -> postgres.execute("alter table orders add total int", "update orders set total = 1"));

        assertThat(report)
                .passed()
                .withFinding("rows.not-applicable")
                .saying("public.orders: all 100 rows have total", "not declared");
    }

    @Test
    void asks_whenTheNewColumnIsFilledInPart() {
        CheckReport report = scene.around(
                changing("", "orders"),
                () -> postgres.execute(
                        "alter table orders add total int", "update orders set total = 1 where id > 10"));

        assertThat(report)
                .inconclusive()
                .withFinding("rows.incomplete-backfill")
                .withSeverity(Severity.UNPROVEN)
                .saying("90 of 100 rows have total (10 missed)", "declare filled: total");
    }

    @Test
    void fails_whenTheNewColumnIsEmptyAndNothingElseChanged() {
        CheckReport report =
                scene.around(changing("", "orders"), () -> postgres.execute("alter table orders add total int"));

        assertThat(report).failed().withFinding("rows.nothing-modified");
    }

    @Test
    void passes_whenDeclaredExpectationsHoldAndRowsChanged() {
        CheckReport report = scene.around(
                changing("- { table: orders, filled: currency }", "orders"),
                () -> postgres.execute("update orders set currency = 'USD'"));

        assertThat(report).passed();
    }

    @Test
    void fails_whenDeclaredExpectationsHeldAlreadyAndNothingChanged() {
        CheckReport report = scene.around(changing("- { table: orders, filled: currency }", "orders"), () -> {});

        assertThat(report).failed().withFinding("rows.nothing-modified");
    }

    @Test
    void isUndecided_withoutAMeasurementFromBefore() {
        assertThat(scene.after(changing("", "orders"), Optional.empty(), Instant.MAX))
                .inconclusive()
                .withFinding("rows.no-baseline");
        assertThat(scene.after(
                        changing("- { table: orders, filled: currency }", "orders"), Optional.empty(), Instant.MAX))
                .passed()
                .withFinding("rows.not-applicable");
    }

    @Test
    void fails_whenATableItNamesDoesNotExist() {
        CheckReport report = scene.around(
                changing("", "orders", "public.nowhere"), () -> postgres.execute("update orders set currency = 'USD'"));

        assertThat(report).failed().withFinding("rows.table-not-found").about("public.nowhere");
    }

    @Test
    void keepsWhatItFound_whenItCannotAskWhetherAnythingChanged() {
        String right = " execute on function pg_stat_get_tuples_updated(oid) ";
        CheckReport report;
        try {
            report = scene.around(
                    changing("- { table: orders, filled: currency }", "orders"),
                    () -> postgres.execute("update orders set currency = null", "revoke" + right + "from public"));
        } finally {
            postgres.execute("grant" + right + "to public");
        }

        assertThat(report).failed().withFinding("rows.incomplete-backfill");
        assertThat(report).failed().withFinding("rows.insufficient-privilege").withSeverity(Severity.UNPROVEN);
    }

    private static MigrationDescription changing(String expectations, String... tables) {
        return RowScene.declaring(expectations)
                .tables(tables)
                .dataChanging(true)
                .build();
    }

    @Test
    void isUndecided_whenThereAreMoreNewColumnsThanAreExamined() {
        String columns = IntStream.rangeClosed(1, 50)
                .mapToObj(i -> "add c" + i + " int default 1")
                .collect(Collectors.joining(", "));

        CheckReport report = scene.around(
                changing("", "orders"), () -> postgres.execute("alter table orders " + columns + ", add last int"));

        assertThat(report).inconclusive().withFinding("rows.budget-exhausted").saying("1 more");
    }

    @Test
    void fails_whenNothingWasModifiedInTheTablesThatOnlyTheEndNames() {
        postgres.execute("create table if not exists another (id int)");
        Baseline before = scene.before(changing(""));

        CheckReport report = scene.after(
                changing("- { table: orders, filled: currency }", "orders"), Optional.of(before), Instant.MAX);

        assertThat(report).failed().withFinding("rows.nothing-modified").about("public.orders");
    }
}
