package dev.allclear.latency;

import static dev.allclear.testkit.ReportAssert.assertThat;
import static org.awaitility.Awaitility.await;

import dev.allclear.check.Baseline;
import dev.allclear.testkit.EveryPostgres;
import dev.allclear.testkit.PostgresExtension;
import java.sql.Connection;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.postgresql.PGConnection;

/** Migrations that harm no query, and must not be blamed. */
class InnocentsTest {
    @RegisterExtension
    static final PostgresExtension postgres = new PostgresExtension();

    private static final String YAML = """
            latency:
              top: 0
              queries:
                - name: of-customer
                  sql: select id, note from orders where customer_id = $1 order by id desc limit 20
                  sql-after: select id, %s from orders where customer_id = $1 order by id desc limit 20
                  parameters: [[42], { name: rare, values: [9999999] }, { name: nobody, values: [null] }]
                - { name: total, sql: "select sum(amount) from orders" }
            """;

    @BeforeEach
    void restoreOrders() {
        postgres.execute(
                "drop table if exists orders",
                "create table orders as select i as id, (i::bigint * 7919 % 10000)::int as customer_id, i % 97 as amount,"
                        + " repeat('x', 60) as note from generate_series(1, 100000) i",
                "create index orders_customer_idx on orders (customer_id)",
                "vacuum analyze orders");
    }

    @Test
    @EveryPostgres
    void aNewColumn() {
        assertThat(scene("note").around("alter table orders add column currency text default 'EUR'"))
                .passed();
    }

    @Test
    @EveryPostgres
    void aNewIndexThatHelps() {
        assertThat(scene("note").around("create index on orders (customer_id, id desc)"))
                .passed();
    }

    @Test
    @EveryPostgres
    void aRenamedColumnWithTheQueryAdapted() {
        assertThat(scene("remark").around("alter table orders rename column note to remark"))
                .passed()
                .withoutFinding("latency.query-failed");
    }

    @Test
    @EveryPostgres
    void fivePercentMoreRows() {
        assertThat(scene("note")
                        .around("insert into orders select i, (i::bigint * 7919 % 10000)::int, i % 97, repeat('x', 60)"
                                + " from generate_series(100001, 105000) i"))
                .passed()
                .withoutFinding("latency.more-buffers");
    }

    @Test
    @EveryPostgres
    void aTableSwappedAndAnalyzed_whoseIndexHasAnotherName() {
        assertThat(scene("note")
                        .around(
                                "create table orders_new as select * from orders",
                                "create index orders_new_customer_idx on orders_new (customer_id)",
                                "drop table orders",
                                "alter table orders_new rename to orders",
                                "vacuum analyze orders"))
                .passed();
    }

    @Test
    void aRestartInBetween_whichLeavesTheCacheCold() throws Exception {
        LatencyScene scene = scene("note");
        Baseline baseline = scene.before();
        crash();

        assertThat(scene.after(baseline)).passed().withoutFinding("latency.more-buffers");
    }

    /** The server ends all sessions and starts anew when it loses one of them. */
    private static void crash() throws Exception {
        postgres.execute("checkpoint");
        try (Connection victim = postgres.connection()) {
            long pid = victim.unwrap(PGConnection.class).getBackendPID();
            new ProcessBuilder("kill", "-KILL", Long.toString(pid)).start().waitFor();
            await().atMost(Duration.ofSeconds(30)).until(() -> !victim.isValid(1));
        }
        await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> {
            postgres.execute("select 1");
            return true;
        });
    }

    private static LatencyScene scene(String columnAfterwards) {
        return new LatencyScene(postgres, YAML.formatted(columnAfterwards));
    }
}
