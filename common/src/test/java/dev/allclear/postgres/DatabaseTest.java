package dev.allclear.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.allclear.config.Budget;
import dev.allclear.config.ConfigFile;
import dev.allclear.embedded.EmbeddedDatabase;
import dev.allclear.model.CheckName;
import dev.allclear.model.DatabaseName;
import dev.allclear.model.RunId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class DatabaseTest {
    private static final DatabaseName SHOP = new DatabaseName("shop");
    private static final RunId RUN = new RunId("run-1");
    private static EmbeddedDatabase server;
    private static Vertx vertx;

    @BeforeAll
    static void start() throws Exception {
        server = EmbeddedDatabase.start();
        try (Connection connection = server.connect("postgres")) {
            System.out.println(
                    "PostgreSQL for tests: " + connection.getMetaData().getDatabaseProductVersion());
        }
        vertx = Vertx.vertx();
        execute(
                "create table orders (id int primary key, total numeric)",
                "insert into orders select i, i from generate_series(1, 10) i",
                "create role allclear login password 'right'",
                "create role nobody login",
                "grant select on orders to allclear");
    }

    @AfterAll
    static void stop() throws Exception {
        vertx.close().await(10, TimeUnit.SECONDS);
        server.close();
    }

    @Test
    void readsRowsByNameAndType_andAccountsForThem() {
        Visit visit = database("allclear").visit(CheckName.ROWS, RUN);

        List<ResultRow> rows = await(visit.read(tx -> tx.query(
                "select count(*) as n, 'x' as t, array['a','b']::text[] as list, clock_timestamp() as at, null::text as nothing from orders where id <= $1",
                5)));

        assertThat(rows).singleElement().satisfies(row -> {
            assertThat(row.number("n")).isEqualTo(5);
            assertThat(row.text("t")).isEqualTo("x");
            assertThat(row.texts("list")).containsExactly("a", "b");
            assertThat(row.instant("at")).isNotNull();
            assertThat(row.optionalText("nothing")).isEmpty();
        });
        assertThat(visit.cost().queries()).isEqualTo(1);
        assertThat(visit.cost().databaseTime()).isPositive();
    }

    @Test
    void neverWrites() {
        DatabaseFailure failure =
                failure(database("postgres").visit(CheckName.ROWS, RUN).read(tx -> tx.query("delete from orders")));

        assertThat(failure.sqlState()).contains("25006");
        assertThat(failure.kind()).isEqualTo(DatabaseFailure.Kind.STATEMENT_REFUSED);
    }

    @Test
    void parsesOneStatementWithoutRunningIt_andRefusesTwo() {
        Session session = await(database("postgres").visit(CheckName.ROWS, RUN).session());
        await(session.read(tx -> tx.parse("delete from orders where id = $1")));

        DatabaseFailure two = failure(session.read(tx -> tx.parse("select 1; commit")));

        assertThat(two.sqlState()).contains("42601");
        List<ResultRow> rows = await(session.read(tx -> tx.query("select 1 from orders")));
        assertThat(rows).isNotEmpty();
        await(session.close());
    }

    @Test
    void isUsableAgain_afterAStatementOfASessionWasRefused() {
        Session session = await(database("allclear").visit(CheckName.ROWS, RUN).session());
        failure(session.read(tx -> tx.query("select 1/0")));

        List<ResultRow> rows = await(session.read(tx -> tx.query("select 1 as one")));

        assertThat(rows).hasSize(1);
        await(session.close());
    }

    @Test
    void readsOnceInOneMessage_underTheSameLimits_andIsUsableAfterARefusal() {
        Visit visit = database("postgres").visit(CheckName.LOCKS, RUN);
        Session session = await(visit.session());
        await(session.prepare("PREPARE one(int) AS select $1 + 1 as n, current_setting('row_security') as security"));
        DatabaseFailure refused = failure(session.readOnce("delete from orders"));
        DatabaseFailure late = failure(session.readOnce("select pg_sleep(10)"));

        List<ResultRow> rows = await(session.readOnce("EXECUTE one(41)"));

        assertThat(rows).singleElement().satisfies(row -> {
            assertThat(row.number("n")).isEqualTo(42);
            assertThat(row.text("security")).isEqualTo("off");
        });
        assertThat(refused.sqlState()).contains("25006");
        assertThat(late.kind()).isEqualTo(DatabaseFailure.Kind.TIMED_OUT);
        assertThat(visit.cost().queries()).isEqualTo(3);
        assertThat(visit.cost().databaseTime()).isGreaterThan(Duration.ofSeconds(1));
        await(session.close());
    }

    @Test
    void namesAMissingPrivilege() {
        DatabaseFailure failure =
                failure(database("nobody").visit(CheckName.ROWS, RUN).read(tx -> tx.query("select * from orders")));

        assertThat(failure.kind()).isEqualTo(DatabaseFailure.Kind.INSUFFICIENT_PRIVILEGE);
        assertThat(failure).hasMessageContaining("shop").hasMessageContaining("orders");
    }

    @Test
    void doesNotWaitLongForALock() throws Exception {
        try (Connection other = server.connect("postgres");
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("lock table orders in access exclusive mode");

            DatabaseFailure failure = failure(database("allclear")
                    .visit(CheckName.ROWS, RUN)
                    .read(tx -> tx.query("select count(*) from orders")));

            assertThat(failure.isLockTimeout()).isTrue();
            assertThat(failure.kind()).isEqualTo(DatabaseFailure.Kind.TIMED_OUT);
        }
    }

    @Test
    void endsAStatementOnTheServer_whenItRunsTooLong() {
        Budget impatient = new Budget(Duration.ofSeconds(5), Duration.ofMillis(200), Duration.ofMillis(100));

        DatabaseFailure failure = failure(
                database("allclear").visit(CheckName.ROWS, RUN, impatient).read(tx -> tx.query("select pg_sleep(30)")));

        assertThat(failure.kind()).isEqualTo(DatabaseFailure.Kind.TIMED_OUT);
        assertThat(failure.sqlState()).contains("57014");
    }

    @Test
    void refusesFurtherStatements_whenItsBudgetIsUsedUp() {
        Budget small = new Budget(Duration.ofMillis(50), Duration.ofSeconds(2), Duration.ofMillis(100));
        Visit visit = database("allclear").visit(CheckName.ROWS, RUN, small);
        await(visit.read(tx -> tx.query("select pg_sleep(0.1)")));

        DatabaseFailure failure = failure(visit.read(tx -> tx.query("select 1")));

        assertThat(failure.kind()).isEqualTo(DatabaseFailure.Kind.BUDGET_EXHAUSTED);
    }

    /** The server's own limits do not fire when its backend is stopped: only a limit on our side ends the wait. */
    @Test
    void givesUp_whenTheBackendIsStopped() throws Exception {
        Budget impatient = new Budget(Duration.ofSeconds(5), Duration.ofMillis(300), Duration.ofMillis(100));
        Session session =
                await(database("allclear").visit(CheckName.ROWS, RUN, impatient).session());
        signal("-STOP", session.pid());
        try {
            long begun = System.nanoTime();

            DatabaseFailure failure = failure(session.read(tx -> tx.query("select 1")));

            assertThat(failure.kind()).isEqualTo(DatabaseFailure.Kind.TIMED_OUT);
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
            assertThat(failure(session.read(tx -> tx.query("select 1"))).kind())
                    .isEqualTo(DatabaseFailure.Kind.UNREACHABLE);
        } finally {
            signal("-CONT", session.pid());
        }
    }

    @Test
    void saysSo_whenNobodyListens() {
        Database nowhere = databaseAt("postgresql://allclear@localhost:1/postgres");

        DatabaseFailure failure = failure(nowhere.visit(CheckName.ROWS, RUN).read(tx -> tx.query("select 1")));

        assertThat(failure.kind()).isEqualTo(DatabaseFailure.Kind.UNREACHABLE);
        assertThat(failure).hasMessageContaining("shop");
    }

    @Test
    void namesItsSessions_soThatOthersCanTellThem() {
        List<ResultRow> rows = await(database("allclear")
                .visit(CheckName.LOCKS, RUN)
                .read(tx -> tx.query("select application_name from pg_stat_activity where pid = pg_backend_pid()")));

        assertThat(rows.get(0).text("application_name")).isEqualTo("allclear/locks/run-1");
    }

    @Test
    void leavesNoConnectionBehind() throws Exception {
        Database database = database("allclear");
        for (int i = 0; i < Database.MOST_CONNECTIONS * 2; i++) {
            await(database.visit(new CheckName("team.leak"), RUN).read(tx -> tx.query("select 1")));
        }

        org.awaitility.Awaitility.await().until(() -> sessionsOf("allclear/team.leak/%") == 0);
    }

    private static long sessionsOf(String application) throws Exception {
        try (Connection connection = server.connect("postgres");
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(
                        "select count(*) from pg_stat_activity where application_name like '" + application + "'")) {
            result.next();
            return result.getLong(1);
        }
    }

    private static void signal(String signal, int pid) throws Exception {
        assertThat(new ProcessBuilder("kill", signal, Integer.toString(pid))
                        .start()
                        .waitFor())
                .isZero();
    }

    private static Database database(String user) {
        return databaseAt(server.uri(user, "postgres"));
    }

    private static Database databaseAt(String uri) {
        return Databases.of(vertx, ConfigFile.parse("databases: {shop: {uri: \"" + uri + "\"}}", "test", Map.of()))
                .get(SHOP);
    }

    private static void execute(String... statements) throws Exception {
        try (Connection connection = server.connect("postgres");
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.await(20, TimeUnit.SECONDS);
        } catch (java.util.concurrent.TimeoutException late) {
            throw new AssertionError(late);
        }
    }

    private static DatabaseFailure failure(Future<?> future) {
        return catchThrowableOfType(DatabaseFailure.class, () -> await(future));
    }
}
