package dev.allclear.latency;

import static dev.allclear.testkit.ReportAssert.assertThat;

import dev.allclear.check.Baseline;
import dev.allclear.model.CheckReport;
import dev.allclear.model.Severity;
import dev.allclear.testkit.EveryPostgres;
import dev.allclear.testkit.PostgresExtension;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the check does with production's own statements, which nobody has configured. */
class TrafficTest {
    @RegisterExtension
    static final PostgresExtension postgres = new PostgresExtension();

    private static final String TOP = "latency: { top: 2, watch: 700ms }";
    private static final String ORDERS = "select * from orders where customer_id = $1 order by id desc limit 20";
    private static final String RECENT = "select count(*) from orders where made > now() - interval '1 day'";

    @BeforeAll
    static void createApplication() {
        postgres.execute("drop role if exists shop_app", "create role shop_app login in role pg_read_all_data");
    }

    @BeforeEach
    void restoreOrders() {
        postgres.execute(
                "drop table if exists orders cascade",
                "create table orders as select i as id, (i * 7919) % 10000 as customer_id, repeat('x', 60) as note,"
                        + " timestamptz '2020-01-01' as made from generate_series(1, 100000) i",
                "create index orders_customer_idx on orders (customer_id)",
                "create index orders_made_idx on orders (made)",
                "vacuum analyze orders",
                "select pg_stat_statements_reset()");
    }

    @Test
    @EveryPostgres
    void fails_whenAStatementNobodyConfiguredBecameSlowInProduction() throws SQLException {
        try (Application application = new Application()) {
            application.callOften(ORDERS, 60);
            Baseline before = scene().before();
            postgres.execute("drop index orders_customer_idx");
            application.callOn(ORDERS);

            CheckReport report = busy().after(before);

            assertThat(report)
                    .failed()
                    .withFinding("latency.slower-in-production")
                    .withSeverity(Severity.ERROR)
                    .saying("select * from orders where customer_id = $1", "blocks each");
            assertThat(report)
                    .withFinding("latency.plan-regressed")
                    .withSeverity(Severity.ERROR)
                    .saying("public.orders_customer_idx", "no longer exists")
                    .withRemedy("CREATE INDEX CONCURRENTLY");
            Map<?, ?> numbers = (Map<?, ?>) ((List<?>) report.measurements().get("traffic")).get(0);
            Assertions.assertThat((Long) numbers.get("beforeCalls")).isEqualTo(60L);
            Assertions.assertThat((Long) numbers.get("afterCalls")).isGreaterThan(20L);
        }
    }

    @Test
    @EveryPostgres
    void pairsAStatementWhoseQueryIdHasChanged() throws SQLException {
        try (Application application = new Application()) {
            application.callOften(ORDERS, 60);
            Baseline before = scene().before();
            postgres.execute("alter table orders add column currency text");
            application.callOn(ORDERS);

            CheckReport report = scene().after(before);

            assertThat(report).passed().withoutFinding("latency.slower-in-production");
            Map<?, ?> numbers = (Map<?, ?>) ((List<?>) report.measurements().get("traffic")).get(0);
            Assertions.assertThat((Long) numbers.get("beforeCalls")).isEqualTo(60L);
            Assertions.assertThat((Long) numbers.get("afterCalls")).isPositive();
        }
    }

    @Test
    void isNotLedAstray_whenTheStatisticsAreResetWhileItWatches() throws SQLException {
        try (Application application = new Application()) {
            application.callOften(ORDERS, 60);
            Baseline before = scene().before();
            application.callOn(ORDERS);
            CompletableFuture<Void> reset = CompletableFuture.runAsync(
                    () -> postgres.execute("select pg_sleep(0.3)", "select pg_stat_statements_reset()"));

            CheckReport report = busy().after(before);

            reset.join();
            assertThat(report).passed();
            Map<?, ?> numbers = (Map<?, ?>) ((List<?>) report.measurements().get("traffic")).get(0);
            Assertions.assertThat((Long) numbers.get("afterCalls")).isPositive();
        }
    }

    @Test
    void isNotLedAstray_whenTheEntryIsEvicted() throws SQLException {
        try (Application application = new Application()) {
            application.callOften(ORDERS, 60);
            Baseline before = scene().before();
            evict(ORDERS);
            application.callOn(ORDERS);

            CheckReport report = busy().after(before);

            assertThat(report).passed();
            Map<?, ?> numbers = (Map<?, ?>) ((List<?>) report.measurements().get("traffic")).get(0);
            Assertions.assertThat((Long) numbers.get("afterCalls")).isPositive();
        }
    }

    /** The entry goes as it goes when it is evicted: alone, and without a reset of the statistics. */
    private static void evict(String sql) {
        postgres.execute(
                "select pg_stat_statements_reset(userid, dbid, queryid) from pg_stat_statements where query = '"
                        + sql.replace("'", "''") + "'");
    }

    @Test
    void provesNothing_whenAResetTakesTheOnlySignalAway() throws SQLException {
        try (Application application = new Application()) {
            application.callOften(RECENT, 60);
            Baseline before = scene().before();
            CompletableFuture<Void> reset = CompletableFuture.runAsync(
                    () -> postgres.execute("select pg_sleep(0.3)", "select pg_stat_statements_reset()"));

            CheckReport report = scene().after(before);

            reset.join();
            assertThat(report)
                    .inconclusive()
                    .withFinding("latency.statistics-reset")
                    .saying("interval $1");
        }
    }

    @Test
    @EveryPostgres
    void judgesAStatementThatCannotBePlannedByItsTrafficAlone() throws SQLException {
        try (Application application = new Application()) {
            application.callOften(RECENT, 60);
            Baseline before = scene().before();
            postgres.execute("drop index orders_made_idx");
            application.callOn(RECENT);

            CheckReport report = busy().after(before);

            assertThat(report)
                    .failed()
                    .withFinding("latency.slower-in-production")
                    .withSeverity(Severity.ERROR)
                    .saying("interval $");
        }
    }

    @Test
    void provesNothing_whenNothingChosenIsCalledAnyMoreNorCanBePlanned() throws SQLException {
        try (Application application = new Application()) {
            application.callOften(RECENT, 60);

            CheckReport report = scene().around();

            assertThat(report)
                    .inconclusive()
                    .withFinding("latency.no-statistics")
                    .saying("fewer than 20 times");
        }
    }

    @Test
    void warnsOnly_whenAChosenStatementNoLongerWorks() throws SQLException {
        try (Application application = new Application()) {
            application.callOften("select note from orders where id = $1", 60);
            application.callOften("select id from orders where id = $1", 60);

            CheckReport report = scene().around("alter table orders rename column note to remark");

            assertThat(report)
                    .passed()
                    .withFinding("latency.query-failed")
                    .withSeverity(Severity.WARNING)
                    .saying("column \"note\" does not exist");
        }
    }

    @Test
    void provesNothing_whenNoneOfTheChosenStatementsWorksAnyMore() throws SQLException {
        try (Application application = new Application()) {
            application.callOften("select note from orders where id = $1", 60);
            application.callOften("select note, id from orders where id = $1", 60);

            CheckReport report = scene().around("alter table orders rename column note to remark");

            assertThat(report)
                    .inconclusive()
                    .withFinding("latency.no-statistics")
                    .withSeverity(Severity.UNPROVEN)
                    .saying("none of the 2 statements", "select note, id from orders");
            assertThat(report).withFinding("latency.query-failed").withSeverity(Severity.WARNING);
        }
    }

    @Test
    void choosesNeitherItsOwnStatementsNorThoseAboutCatalogsOrOfMigrationTools() throws SQLException {
        postgres.execute(
                "create table if not exists flyway_schema_history (installed_rank int primary key)",
                "grant select on flyway_schema_history to shop_app");
        try (Application application = new Application()) {
            application.callOften("select installed_rank from public.flyway_schema_history", 500);
            application.callOften("select count(*) from pg_class where relname <> $1::text", 500);
            application.callOften("select id from orders where customer_id = $1", 30);

            CheckReport report = scene().around();

            assertThat(report).passed();
            List<?> chosen = (List<?>) report.measurements().get("traffic");
            Assertions.assertThat(chosen).hasSize(1);
            Assertions.assertThat(((Map<?, ?>) chosen.get(0)).get("sql"))
                    .isEqualTo("select id from orders where customer_id = $1");
        }
    }

    @Test
    void provesNothing_whenTheExtensionIsAbsent() {
        postgres.execute("drop extension pg_stat_statements");
        try {
            CheckReport report = scene().around();

            assertThat(report)
                    .inconclusive()
                    .withFinding("latency.no-statistics")
                    .about("shop")
                    .withRemedy("CREATE EXTENSION pg_stat_statements;");
        } finally {
            postgres.execute("create extension pg_stat_statements");
        }
    }

    @Test
    void provesNothing_whenTheRoleSeesNoStatementsOfOthers() {
        postgres.execute("drop role if exists narrow", "create role narrow login");
        LatencyScene narrow =
                new LatencyScene(postgres, new LatencyCheckerModule().create(postgres.partsAs("narrow", TOP)));

        CheckReport report = narrow.around();

        assertThat(report)
                .inconclusive()
                .withFinding("latency.insufficient-privilege")
                .withRemedy("GRANT pg_read_all_stats TO narrow;");
    }

    @Test
    void provesNothing_whenWhatWasChosenUnaskedCanOnlyBeToldByStatisticsThatAreGone() throws SQLException {
        try (Application application = new Application()) {
            application.callOften(RECENT, 60);

            CheckReport report =
                    new LatencyScene(postgres, "latency: { watch: 700ms }").around("drop extension pg_stat_statements");

            assertThat(report)
                    .inconclusive()
                    .withFinding("latency.no-statistics")
                    .withRemedy("CREATE EXTENSION pg_stat_statements;");
        } finally {
            postgres.execute("create extension pg_stat_statements");
        }
    }

    @Test
    void asksForNothing_whenNothingIsSaidAndTheConfiguredQueriesAreFine() {
        postgres.execute("drop extension pg_stat_statements");
        try {
            CheckReport report =
                    new LatencyScene(postgres, "latency: { queries: [{ name: one, sql: 'select 1' }] }").around();

            assertThat(report).passed();
        } finally {
            postgres.execute("create extension pg_stat_statements");
        }
    }

    /** Watches for long enough that even a slow statement on a busy machine is called often. */
    private static LatencyScene busy() {
        return new LatencyScene(postgres, TOP.replace("700ms", "3s"));
    }

    private static LatencyScene scene() {
        return new LatencyScene(postgres, TOP);
    }

    /** The application, under a role of its own. */
    private static final class Application implements AutoCloseable {
        private final Connection connection = postgres.connectionAs("shop_app", "shop");
        private final AtomicBoolean closed = new AtomicBoolean();
        private CompletableFuture<Void> calls = CompletableFuture.completedFuture(null);

        Application() throws SQLException {}

        void callOften(String sql, int times) throws SQLException {
            try (PreparedStatement statement = connection.prepareStatement(sql.replace("$1", "?"))) {
                for (int i = 0; i < times; i++) {
                    if (sql.contains("$1")) {
                        statement.setObject(1, sql.contains("::text") ? "x" : (Object) (i * 37 % 10000));
                    }
                    statement.executeQuery().close();
                }
            }
        }

        /** Calls again and again until closed. */
        void callOn(String sql) {
            calls = CompletableFuture.runAsync(() -> {
                while (!closed.get()) {
                    try {
                        callOften(sql, 1);
                    } catch (SQLException failed) {
                        throw new IllegalStateException(failed);
                    }
                }
            });
        }

        @Override
        public void close() throws SQLException {
            closed.set(true);
            calls.join();
            connection.close();
        }
    }
}
