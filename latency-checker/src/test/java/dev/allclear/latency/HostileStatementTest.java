package dev.allclear.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.allclear.codec.Json;
import dev.allclear.model.CheckName;
import dev.allclear.model.RunId;
import dev.allclear.postgres.Visit;
import dev.allclear.testkit.EveryPostgres;
import dev.allclear.testkit.PostgresExtension;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whoever may send statements to the database writes texts into pg_stat_statements, and these must not become ours. */
class HostileStatementTest {
    /**
     * One harmless SELECT. With its comments cut out by somebody who does not heed quotes, a name becomes text; and to somebody who
     * takes {@code name'\'} for an escape string, that text is a literal.
     */
    private static final String TROJAN = "select 1 as \"/*\", 2 as x /* \" */,"
            + " 3 as \" , name'\\' as a; commit; insert into loot values (current_user); select '\" ,"
            + " 4 as \"' as b, 1 as c --\"\n from orders";

    @RegisterExtension
    static final PostgresExtension postgres = new PostgresExtension();

    @BeforeEach
    void createApplication() {
        postgres.execute(
                "drop role if exists shop_guest",
                "create role shop_guest login in role pg_read_all_data",
                "drop table if exists orders, loot",
                "create table orders as select 1 as id",
                "create table loot (whose text)",
                "grant insert on loot to public",
                "select pg_stat_statements_reset()");
    }

    @Test
    @EveryPostgres
    void neverRunsMoreThanOneStatementOfAStrangersText() throws SQLException {
        try (Connection guest = postgres.connectionAs("shop_guest", "shop");
                Statement statement = guest.createStatement()) {
            statement.executeQuery(TROJAN).close();
        }

        assertThatCode(() -> new LatencyScene(postgres, "latency: { top: 2, watch: 100ms }").before())
                .doesNotThrowAnyException();
        assertThat(intruded()).isFalse();
    }

    @Test
    @EveryPostgres
    void leavesItToTheServerWhetherATextIsOneStatement() throws SQLException {
        String two = "select 1; insert into loot values (current_user)";
        Visit visit = postgres.parts("latency: { top: 2 }")
                .databases()
                .get(PostgresExtension.NAME)
                .visit(CheckName.LATENCY, new RunId("run-1"));
        LatencyQuery query = LatencyQuery.planned("two", two);

        Probe probe = postgres.await(visit.session()
                .compose(session ->
                        new QueryProbe(session, query, 0, Duration.ofSeconds(1), Duration.ZERO, false).plan()));

        assertThat(probe.failure().orElseThrow().sqlState()).isEqualTo("42601");
        assertThat(intruded()).isFalse();
    }

    @Test
    @EveryPostgres
    void tellsStatementsApart_thatStandBetweenComments() throws SQLException {
        try (Connection guest = postgres.connectionAs("shop_guest", "shop");
                Statement statement = guest.createStatement()) {
            statement
                    .executeQuery("/* Hibernate */ select id from orders where id = 1 /* trace 7 */")
                    .close();
            statement
                    .executeQuery(
                            "/* Hibernate */ select \"id\" as \"/* no */\", count(*) from orders group by \"id\" -- x")
                    .close();
        }

        LatencySnapshot before = Json.fromMap(
                new LatencyScene(postgres, "latency: { top: 5, watch: 100ms }")
                        .before()
                        .content(),
                LatencySnapshot.class);

        assertThat(before.traffic().chosen())
                .extracting(WatchedStatement::sql)
                .containsExactlyInAnyOrder(
                        "select id from orders where id = $1",
                        "select \"id\" as \"/* no */\", count(*) from orders group by \"id\"");
        assertThat(before.probes()).hasSize(2);
    }

    private static boolean intruded() throws SQLException {
        try (Connection connection = postgres.connection();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("select count(*) > 0 from loot")) {
            found.next();
            return found.getBoolean(1);
        }
    }
}
