package dev.allclear.row;

import static dev.allclear.testkit.ReportAssert.assertThat;

import dev.allclear.check.Cancellation;
import dev.allclear.check.CheckContext;
import dev.allclear.model.CheckName;
import dev.allclear.model.CheckReport;
import dev.allclear.model.RunId;
import dev.allclear.service.Parts;
import dev.allclear.testkit.EveryPostgres;
import dev.allclear.testkit.PostgresExtension;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Which way an expectation is answered, and that every way comes to the same answer. */
final class RowStrategyTest {
    @RegisterExtension
    static final PostgresExtension postgres = new PostgresExtension();

    private static final Limits NO_PASS = new Limits(0, 40_000, 16);

    @BeforeAll
    static void tables() {
        postgres.execute(
                "create table big (region text, id int, currency text, \"Half\" int, sure int not null, primary key (region, id))",
                "insert into big select case when i % 2 = 0 then 'a''b' else 'ü\"' end, i, 'EUR', case when i > 75000 then 1 end, 1"
                        + " from generate_series(1, 150000) i",
                "create index on big (currency)",
                "create table keyless (id int)",
                "insert into keyless select generate_series(1, 150000)",
                "analyze big, keyless");
    }

    @Test
    @EveryPostgres
    void countsInOnePass_whatIsAskedOfOneTable() {
        CheckReport report = new RowScene(postgres)
                .after(
                        "- { table: big, rows: 150000 }\n- { table: big, where: { column: Half, equals: 1 }, rows: 75000 }");

        assertThat(report).passed();
        Assertions.assertThat(ledger(report)).allSatisfy(line -> Assertions.assertThat(line)
                .containsEntry("sharing", 2)
                .hasEntrySatisfying(
                        "blocks", blocks -> Assertions.assertThat((long) blocks).isGreaterThan(500)));
        Assertions.assertThat(strategies(report))
                .allMatch(words -> words.toString().startsWith("one pass"));
    }

    @Test
    @EveryPostgres
    void searches_whereAnIndexOrAConstraintProvesIt() {
        CheckReport report =
                new RowScene(postgres).after("- { table: big, filled: currency }\n- { table: big, filled: sure }");

        assertThat(report).passed();
        Assertions.assertThat(strategies(report))
                .containsExactly(Strategy.INDEX_SEARCH.words(), Strategy.CATALOG.words());
    }

    /** PostgreSQL does not enforce what is declared of a foreign table. */
    @Test
    void countsAForeignTable_whateverIsDeclaredOfItsColumns() {
        postgres.execute(
                "create table far_rows as select i as id, case when i > 7 then 'EUR' end as currency from generate_series(1, 150000) i",
                "create extension if not exists postgres_fdw",
                "create server itself foreign data wrapper postgres_fdw options (host 'localhost', port '"
                        + postgres.jdbcUrl().replaceAll(".*:(\\d+)/.*", "$1") + "', dbname '"
                        + postgres.jdbcUrl().replaceAll(".*/([^/?]+).*", "$1") + "')",
                "create user mapping for public server itself options (user 'postgres', password_required 'false')",
                "create foreign table far (id int, currency text not null) server itself options (table_name 'far_rows')",
                "analyze far");

        CheckReport report = new RowScene(postgres).after("- { table: far, filled: currency }");

        assertThat(report).failed().withFinding("rows.incomplete-backfill").saying("149,993 of 150,000");
    }

    /** Such an index tells apart what its column calls the same. */
    @Test
    void countsDuplicates_whereTheUniqueIndexComparesOtherwiseThanItsColumn() {
        postgres.execute(
                "create extension if not exists citext",
                "create collation whatever_case (provider = icu, locale = 'und-u-ks-level2', deterministic = false)",
                "create table accounts (email text collate whatever_case, login citext, plain text unique)",
                "create unique index on accounts (email collate \"C\")",
                "create unique index on accounts (login text_ops)",
                "insert into accounts values ('ann@shop.example', 'ann', 'ann'), ('Ann@shop.example', 'Ann', 'Ann'), ('bob@shop.example', 'bob', 'bob')");

        CheckReport report = new RowScene(postgres)
                .after(
                        "- { table: accounts, unique: [email] }\n- { table: accounts, unique: [login] }\n- { table: accounts, unique: [plain] }");

        assertThat(report).failed().withFinding("rows.duplicates").saying("1 row too many of 3 have the email");
        Assertions.assertThat(report.findings()).hasSize(2);
        Assertions.assertThat(strategies(report)).contains(Strategy.CATALOG.words());
    }

    @Test
    void saysHowManyAreMissing_evenIfASearchCouldTellThatSomeAre() {
        postgres.execute("update big set currency = null where id <= 5");

        CheckReport report = new RowScene(postgres).after("- { table: big, filled: currency }");

        postgres.execute("update big set currency = 'EUR' where id <= 5");
        assertThat(report).failed().withFinding("rows.incomplete-backfill").saying("149,995 of 150,000");
    }

    @Test
    @EveryPostgres
    void countsInChunks_whatIsTooLargeForOnePass() {
        RowScene scene = new RowScene(postgres, postgres.parts(), true, NO_PASS);

        CheckReport good = scene.after("- { table: big, rows: 150000 }\n- { table: big, rows: { min: 1 } }");
        CheckReport bad = scene.after("- { table: big, filled: Half }");

        assertThat(good).passed();
        Assertions.assertThat(strategies(good)).containsOnly(Strategy.CHUNKS.words());
        assertThat(bad)
                .failed()
                .withFinding("rows.incomplete-backfill")
                .saying("75,000 of 150,000 rows have Half (75,000 missed)");
    }

    @Test
    void labelsAnEstimate_whereNoKeyAllowsChunks() {
        CheckReport report =
                new RowScene(postgres, postgres.parts(), false, NO_PASS).after("- { table: keyless, rows: 150000 }");

        assertThat(report)
                .inconclusive()
                .withFinding("rows.estimate-only")
                .saying(
                        "more than are counted in one pass (limit 0)",
                        "estimate is 150,000 rows, which proves nothing");
    }

    @Test
    void goesOnWhereItStopped_whenItsConnectionIsLost() throws Exception {
        AtomicBoolean killed = new AtomicBoolean();
        Statement killer = postgres.connection().createStatement();

        List<Reading> readings = count(postgres.parts(), NO_PASS, said -> {
            if (said.startsWith("counted") && killed.compareAndSet(false, true)) {
                // the next statement of ours meets a lock, and a terminated session
                postgres.vertx()
                        .setTimer(
                                1,
                                fired -> execute(
                                        killer,
                                        "select pg_terminate_backend(pid) from pg_stat_activity"
                                                + " where application_name like 'allclear/rows%'"));
            }
        });

        Assertions.assertThat(killed).isTrue();
        Assertions.assertThat(readings)
                .singleElement()
                .isInstanceOfSatisfying(Reading.Exact.class, exact -> Assertions.assertThat(exact.total())
                        .isEqualTo(150_000));
    }

    @Test
    void pausesWhileTheDatabaseIsBusy() throws Exception {
        List<String> said = new CopyOnWriteArrayList<>();
        Thread busy = new Thread(() -> execute(statement(), "select pg_sleep(3)"));
        Thread busier = new Thread(() -> execute(statement(), "select pg_sleep(3)"));
        busy.start();
        busier.start();
        org.awaitility.Awaitility.await().until(() -> active() == 2);

        List<Reading> readings = count(postgres.parts(), new Limits(0, 40_000, 1), said::add);

        busy.join();
        busier.join();
        Assertions.assertThat(said).anyMatch(one -> one.startsWith("pausing the count of public.big"));
        Assertions.assertThat(readings).singleElement().isInstanceOf(Reading.Exact.class);
    }

    @Test
    void givesUpEarly_whenTheRestWouldNotFitIntoTheBudget() {
        Parts poor = postgres.parts("budget: { database-time: 60ms, statement-timeout: 40ms }");

        CheckReport report =
                new RowScene(postgres, poor, false, new Limits(0, 1_000, 16)).after("- { table: big, rows: 150000 }");

        assertThat(report).inconclusive();
        Assertions.assertThat(report.findings()).singleElement().satisfies(finding -> Assertions.assertThat(
                        finding.code().value())
                .isIn("rows.estimate-only", "rows.budget-exhausted"));
    }

    @Test
    void doesNotDecide_whatOthersMovedWhileItWasCounted() throws Exception {
        AtomicBoolean wrote = new AtomicBoolean();

        List<Reading> readings = count(postgres.parts(), NO_PASS, said -> {
            if (said.startsWith("counted") && wrote.compareAndSet(false, true)) {
                postgres.execute("insert into big select 'zz', i, 'EUR', 1, 1 from generate_series(1, 3) i");
            }
        });

        postgres.execute("delete from big where region = 'zz'");
        Assertions.assertThat(readings)
                .singleElement()
                .isInstanceOfSatisfying(Reading.Exact.class, exact -> Assertions.assertThat(exact.drift())
                        .isEqualTo(3));
    }

    private static List<Reading> count(Parts parts, Limits limits, Consumer<String> progress) {
        CheckContext plain = postgres.context(new RunId("run-1"), CheckName.ROWS);
        CheckContext context = new CheckContext(
                plain.run(),
                plain.database(),
                plain.check(),
                "test",
                Clock.systemUTC(),
                plain.startedAt(),
                plain.deadline(),
                new Cancellation(),
                progress);
        Errand errand = new Errand(
                parts.databases().get(PostgresExtension.NAME).visit(CheckName.ROWS, plain.run()),
                limits,
                new Traffic(parts.vertx(), Duration.ofSeconds(1)),
                context);
        Expectations expectations = Expectations.parse(List.of(Map.of("table", "big", "rows", 150_000)));
        return postgres.await(Catalog.read(errand.visit(), List.of("big")).compose(catalog -> {
            List<Bound> bounds = Binding.of(expectations, catalog).bounds();
            return new RowCounter(errand).count(bounds.get(0).relation(), bounds);
        }));
    }

    private static long active() throws SQLException {
        try (Statement statement = statement();
                var found = statement.executeQuery(
                        "select count(*) from pg_stat_activity where query like 'select pg_sleep(3)'"
                                + " and state = 'active'")) {
            found.next();
            return found.getLong(1);
        }
    }

    private static Statement statement() {
        try {
            return postgres.connection().createStatement();
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static void execute(Statement statement, String sql) {
        try {
            statement.execute(sql);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> ledger(CheckReport report) {
        return (List<Map<String, Object>>) report.measurements().get("tables");
    }

    private static List<Object> strategies(CheckReport report) {
        return ledger(report).stream().map(line -> line.get("strategy")).toList();
    }
}
