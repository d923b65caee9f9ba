package dev.allclear.latency;

import static dev.allclear.testkit.ReportAssert.assertThat;

import dev.allclear.check.Baseline;
import dev.allclear.check.Checker;
import dev.allclear.codec.Json;
import dev.allclear.event.MigrationCompleted;
import dev.allclear.event.MigrationDescription;
import dev.allclear.event.MigrationStarted;
import dev.allclear.model.CheckName;
import dev.allclear.model.CheckReport;
import dev.allclear.model.RunId;
import dev.allclear.model.Severity;
import dev.allclear.testkit.EveryPostgres;
import dev.allclear.testkit.PostgresExtension;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LatencyCheckerTest {
    @RegisterExtension
    static final PostgresExtension postgres = new PostgresExtension();

    private static final String SECRET = "4711-secret";
    private static final String ORDERS = """
            latency:
              queries:
                - name: orders-of-customer
                  sql: select * from orders where customer_id = $1 order by id desc limit 20
                  parameters: [[42], [7], [null]]
            """;
    private static final RunId RUN = new RunId("run-1");

    @BeforeAll
    static void fillOrders() {
        postgres.execute("create table seed as select i as id, (i * 7919) % 10000 as customer_id, 'open' as status,"
                + " repeat('x', 60) as note from generate_series(1, 200000) i");
    }

    @BeforeEach
    void restoreOrders() {
        postgres.execute(
                "drop table if exists orders cascade",
                "create table orders (id bigint primary key, customer_id int, status varchar(20), note text)",
                "insert into orders select * from seed",
                "create index orders_customer_idx on orders (customer_id)",
                "vacuum analyze orders");
    }

    @Test
    void provesNothing_whenAQueryThatMoreThanDoubledCouldBeExecutedTooRarelyToBeSure() {
        postgres.execute("create or replace view dear as select 1 as x from pg_sleep(0.35)");
        LatencyScene dear = new LatencyScene(
                postgres,
                "budget: { database-time: 5s, statement-timeout: 3s }\n"
                        + "latency: { top: 0, queries: [{ name: dear, sql: 'select * from dear' },"
                        + " { name: one, sql: 'select 1' }, { name: two, sql: 'select 2' },"
                        + " { name: three, sql: 'select 3' }] }");

        CheckReport report = dear.around("create or replace view dear as select 1 as x from pg_sleep(0.9)");

        assertThat(report)
                .inconclusive()
                .withFinding("latency.slower")
                .withSeverity(Severity.UNPROVEN)
                .about("dear")
                .saying("executed too rarely");
    }

    @Test
    @EveryPostgres
    void fails_whenTheIndexOfAQueryIsDropped() {
        CheckReport report = aroundMigration(ORDERS, "drop index orders_customer_idx");

        assertThat(report)
                .failed()
                .withFinding("latency.plan-regressed")
                .withSeverity(Severity.ERROR)
                .about("orders-of-customer")
                .saying("public.orders_customer_idx", "no longer exists")
                .withRemedy("CREATE INDEX CONCURRENTLY orders_customer_idx ON public.orders");
    }

    @Test
    void namesTheDroppedIndex_whileAnotherQuerysTableIsLocked() throws SQLException {
        postgres.execute("create table if not exists promotions (id int primary key)");
        Checker checker = checker(ORDERS
                + "    - { name: promotions, sql: select * from promotions where id = $1, parameters: [[1]] }\n");
        Baseline baseline = before(checker);
        postgres.execute("drop index orders_customer_idx");
        try (Connection other = postgres.connection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("lock table promotions in access exclusive mode");

            CheckReport report = after(checker, Optional.of(baseline), farFuture());

            other.rollback();
            assertThat(report)
                    .failed()
                    .withFinding("latency.plan-regressed")
                    .saying("public.orders_customer_idx", "no longer exists")
                    .withRemedy("CREATE INDEX CONCURRENTLY orders_customer_idx");
        }
    }

    @Test
    @EveryPostgres
    void namesTheInvalidIndexThatStandsInItsPlace() {
        CheckReport report = aroundMigration(
                ORDERS,
                "drop index orders_customer_idx",
                "create index orders_customer_idx on orders (customer_id)",
                "update pg_index set indisvalid = false where indexrelid = 'orders_customer_idx'::regclass");

        assertThat(report)
                .failed()
                .withFinding("latency.plan-regressed")
                .saying("public.orders_customer_idx", "is invalid")
                .withRemedy("REINDEX INDEX CONCURRENTLY public.orders_customer_idx");
    }

    @Test
    void namesAnInvalidIndexThatWasSkippedOver() {
        postgres.execute(
                "create index orders_customer_new on orders (customer_id)",
                "update pg_index set indisvalid = false where indexrelid = 'orders_customer_new'::regclass");

        CheckReport report = aroundMigration(
                ORDERS,
                "create index if not exists orders_customer_new on orders (customer_id)",
                "drop index orders_customer_idx");

        assertThat(report)
                .failed()
                .withFinding("latency.plan-regressed")
                .saying("public.orders_customer_idx", "no longer exists; public.orders_customer_new", "is invalid");
    }

    @Test
    void measuresEachQueryAndParameterSet() {
        CheckReport report = aroundMigration(ORDERS, "drop index orders_customer_idx");

        List<?> queries = (List<?>) report.measurements().get("queries");
        Assertions.assertThat(queries).hasSize(3);
        Map<?, ?> first = (Map<?, ?>) queries.get(0);
        Assertions.assertThat(first.get("name")).isEqualTo("orders-of-customer");
        Assertions.assertThat(first.get("parameters")).isEqualTo(0);
        Assertions.assertThat(first.get("beforePlan")).asString().contains("orders_customer_idx");
        Assertions.assertThat((Long) first.get("afterBlocks")).isGreaterThan(1000L + (Long) first.get("beforeBlocks"));
        Assertions.assertThat(first.keySet().stream().map(String::valueOf))
                .containsExactlyInAnyOrder(
                        "name",
                        "parameters",
                        "beforeMillis",
                        "afterMillis",
                        "beforeTimes",
                        "afterTimes",
                        "beforeBlocks",
                        "afterBlocks",
                        "beforeCost",
                        "afterCost",
                        "beforePlan",
                        "afterPlan",
                        "beforePlanNodes",
                        "afterPlanNodes");
        Assertions.assertThat((List<?>) first.get("beforePlanNodes"))
                .<Object>map(node -> ((Map<?, ?>) node).get("node"))
                .last()
                .asString()
                .contains("orders_customer_idx");
        Assertions.assertThat(report.cost().queries()).isPositive();
    }

    @Test
    void neverFails_whenNothingChanged() {
        Checker checker = checker(ORDERS);
        Baseline baseline = before(checker);

        for (int i = 0; i < 20; i++) {
            CheckReport report = after(checker, Optional.of(baseline), farFuture());

            assertThat(report).passed();
        }
    }

    @Test
    @EveryPostgres
    void fails_whenAColumnTypeChangeLosesTheStatisticsOfAJoin() {
        postgres.execute(
                "drop table if exists pages, hits",
                "create table pages as select i as id, ('https://example.org/' || i)::varchar(50) as url"
                        + " from generate_series(1, 100000) i",
                "create table hits as select i as id, i % 100000 as page_id from generate_series(1, 300000) i",
                "create index pages_url_idx on pages (url)",
                "create index hits_page_idx on hits (page_id)",
                "vacuum analyze pages",
                "vacuum analyze hits");
        String yaml = """
                latency:
                  queries:
                    - name: hits-of-page
                      sql: select count(*) from pages p join hits h on h.page_id = p.id where p.url = $1
                      parameters: [["https://example.org/77"]]
                """;

        CheckReport report = aroundMigration(yaml, "alter table pages alter column url type varchar(300)");

        assertThat(report)
                .withFinding("latency.missing-statistics")
                .about("public.pages")
                .withRemedy("ANALYZE public.pages (url);");
        assertThat(report)
                .failed()
                .withFinding("latency.plan-regressed")
                .withSeverity(Severity.ERROR)
                .saying("The planner has no statistics on public.pages (url)")
                .withRemedy("ANALYZE public.pages (url);");
    }

    @Test
    void fails_whenAQueryReadsAColumnThatIsGone() {
        CheckReport report = aroundMigration("""
                latency:
                  queries:
                    - { name: notes, sql: "select note from orders where id = $1", parameters: [[5]] }
                """, "alter table orders drop column note");

        assertThat(report)
                .failed()
                .withFinding("latency.query-failed")
                .withSeverity(Severity.ERROR)
                .about("notes")
                .saying("column \"note\" does not exist", "42703");
    }

    @Test
    void provesNothing_whenAQueryFailsBeforeAndAfter() {
        CheckReport report = aroundMigration("""
                latency:
                  queries: [{ name: typo, sql: "select nope from orders" }]
                """);

        assertThat(report).inconclusive().withFinding("latency.query-failed").withSeverity(Severity.UNPROVEN);
    }

    @Test
    void fails_whenAQueryThatAnsweredRunsIntoTheTimeOut() {
        CheckReport report = aroundMigration(
                """
                budget: { statement-timeout: 300ms }
                latency:
                  queries: [{ name: slow-view, sql: "select * from v" }]
                """,
                List.of("drop view if exists v", "create view v as select 1 as x"),
                "create or replace view v as select 1 as x from pg_sleep(5)");

        assertThat(report)
                .failed()
                .withFinding("latency.slower")
                .withSeverity(Severity.ERROR)
                .saying("at least 300ms", "ms before");
    }

    @Test
    void fails_whenOnlyTheClockShowsThatAQueryBecameSlower() {
        CheckReport report = aroundMigration(
                "latency: { queries: [{ name: sleepy, sql: 'select * from v' }] }",
                List.of("drop view if exists v", "create view v as select 1 as x from pg_sleep(0.002)"),
                "create or replace view v as select 1 as x from pg_sleep(0.06)");

        assertThat(report).failed().withFinding("latency.slower").saying("limit 1.2");
    }

    @Test
    void provesNothing_whenARunHasNoBaseline() {
        CheckReport report = after(checker(ORDERS), Optional.empty(), farFuture());

        assertThat(report).inconclusive().withFinding("latency.no-baseline").about("orders-of-customer");
    }

    @Test
    void provesNothing_whenTheBaselineIsYoungerThanTheMigration() {
        Checker checker = checker(ORDERS);
        Baseline baseline = before(checker);
        Instant end = baseline.databaseClock().orElseThrow().minusSeconds(1);

        CheckReport report = after(checker, Optional.of(baseline), end);

        assertThat(report).inconclusive().withFinding("latency.baseline-contaminated");
    }

    @Test
    void provesNothing_whenNoQueryIsConfigured() {
        CheckReport report = aroundMigration("");

        assertThat(report)
                .inconclusive()
                .withFinding("latency.not-configured")
                .saying("databases.shop.latency.queries", "policy.required");
    }

    @Test
    void provesNothing_whenTheRoleMayNotRead() {
        postgres.execute("drop role if exists stranger", "create role stranger login");
        Checker checker = new LatencyCheckerModule().create(postgres.partsAs("stranger", withoutChoice(ORDERS)));

        CheckReport report = after(checker, Optional.of(before(checker)), farFuture());

        assertThat(report)
                .inconclusive()
                .withFinding("latency.insufficient-privilege")
                .withRemedy("GRANT SELECT ON");
    }

    @Test
    void provesNothing_whenALockIsInTheWay() throws SQLException {
        Checker checker = checker(ORDERS);
        Baseline baseline = before(checker);
        Connection holder = postgres.connection();
        holder.setAutoCommit(false);
        try (Statement statement = holder.createStatement()) {
            statement.execute("lock table orders in access exclusive mode");

            CheckReport report = after(checker, Optional.of(baseline), farFuture());

            assertThat(report).inconclusive().withFinding("latency.timed-out").saying("lock");
        } finally {
            holder.rollback();
            holder.close();
        }
    }

    @Test
    void namesWhatIsLeft_whenTheBudgetIsUsedUp() {
        CheckReport report = aroundMigration("""
                budget: { database-time: 1ms }
                latency:
                  queries: [{ name: last, sql: "select count(*) from orders" }]
                """);

        assertThat(report)
                .inconclusive()
                .withFinding("latency.budget-exhausted")
                .about("last")
                .saying("1ms");
    }

    @Test
    void refusesWhatIsNoSingleSelect() {
        CheckReport report = aroundMigration(
                """
                latency:
                  queries:
                    - { name: two, sql: "select 1; drop table orders" }
                    - { name: hidden, sql: "with gone as (delete from orders returning 1) select * from gone" }
                    - { name: locking, sql: "select * from orders for update" }
                    - { name: sequence, sql: "select nextval('s')" }
                """,
                List.of("drop sequence if exists s", "create sequence s", "grant usage on sequence s to allclear"));

        assertThat(report).inconclusive().withFinding("latency.query-refused").about("two");
        assertThat(report).withFinding("latency.query-refused").about("hidden");
        assertThat(report).withFinding("latency.query-refused").about("locking");
        assertThat(report).withFinding("latency.query-refused").about("sequence");
        postgres.execute("select 1 / (count(*) = 200000)::int from orders");
    }

    @Test
    @EveryPostgres
    void treatsParametersAsDataAndNeverRepeatsThem() {
        CheckReport report = aroundMigration("""
                latency:
                  queries:
                    - name: by-status
                      sql: select * from orders where status = $1 and id = $2
                      parameters:
                        - ["'; drop table orders; --", 5]
                        - ["\\\\'); drop table orders; --", 5]
                        - ["%s", "%s"]
                """.formatted(SECRET, SECRET));

        Assertions.assertThat(Json.write(report)).doesNotContain(SECRET, "drop table");
        assertThat(report).inconclusive().withFinding("latency.query-failed").saying("22P02");
        postgres.execute("select 1 / (count(*) = 200000)::int from orders");
    }

    @Test
    @EveryPostgres
    void judgesQueriesThatUseQuotedNamesAndPartitions() {
        CheckReport report = aroundMigration(
                """
                latency:
                  queries:
                    - name: lines
                      sql: select * from "Sales"."Order Lines" where "Line No" = $1
                      parameters: [[5]]
                """,
                List.of(
                        "drop schema if exists \"Sales\" cascade",
                        "create schema \"Sales\"",
                        "create table \"Sales\".\"Order Lines\" (\"Line No\" int, x text) partition by range (\"Line No\")",
                        "create table \"Sales\".\"Part A\" partition of \"Sales\".\"Order Lines\" for values from (0) to (1000000)",
                        "insert into \"Sales\".\"Order Lines\" select i, repeat('x', 100) from generate_series(1, 100000) i",
                        "create index \"By No\" on \"Sales\".\"Order Lines\" (\"Line No\")",
                        "vacuum analyze \"Sales\".\"Order Lines\""),
                "drop index \"Sales\".\"By No\"");

        assertThat(report).failed().withFinding("latency.plan-regressed").saying("no longer exists");
    }

    @Test
    @EveryPostgres
    void warnsOnly_whenStatisticsAreMissingAndTheQueryIsAsGoodAsBefore() {
        CheckReport report = aroundMigration(ORDERS, "alter table orders add column currency text default 'EUR'");

        assertThat(report)
                .passed()
                .withFinding("latency.missing-statistics")
                .withSeverity(Severity.WARNING)
                .about("public.orders")
                .saying("currency")
                .withRemedy("ANALYZE public.orders (currency);");
    }

    @Test
    void missesNoStatisticsOnAColumnThatIsComputedWhenRead() {
        postgres.needs(18, "virtual generated columns");

        CheckReport report = aroundMigration(
                ORDERS,
                "alter table orders add shouted text generated always as (upper(status)) virtual",
                "analyze orders");

        assertThat(report).passed().withoutFinding("latency.missing-statistics");
    }

    @Test
    void fails_whenARewriteResetsTheVisibilityMapOfAnIndexOnlyScan() {
        postgres.execute(
                "drop table if exists narrow",
                "create table narrow as select i as id, (i::bigint * 7919 % 200000)::int as k, repeat('x', 300) as x"
                        + " from generate_series(1, 200000) i",
                "create index narrow_k_idx on narrow (k)");
        vacuumUntilVisible("narrow");

        CheckReport report = aroundMigration("""
                latency:
                  queries: [{ name: sum, sql: "select count(*) from narrow where k between 1 and 100000" }]
                """, "alter table narrow alter column id type bigint", "analyze narrow");

        assertThat(report)
                .failed()
                .withFinding("latency.visibility-map-lost")
                .about("public.narrow")
                .withRemedy("VACUUM public.narrow;");
        assertThat(report)
                .withFinding("latency.more-buffers")
                .withSeverity(Severity.ERROR)
                .saying("The visibility map of public.narrow was reset");
    }

    @Test
    void provesNothing_whenTheDatabaseCannotBeReached() {
        Baseline baseline = before(checker(ORDERS));
        Checker cutOff = new LatencyCheckerModule().create(postgres.partsAs("nobody_known", withoutChoice(ORDERS)));

        CheckReport report = after(cutOff, Optional.of(baseline), farFuture());

        assertThat(report)
                .inconclusive()
                .withFinding("latency.database-unreachable")
                .about("shop");
    }

    @Test
    @EveryPostgres
    void leavesNothingBehind() {
        aroundMigration(ORDERS);

        postgres.execute("select 1 / (count(*) = 0)::int from pg_stat_activity"
                + " where application_name like 'allclear/latency/%' and datname = current_database()"
                + " and xact_start is not null");
    }

    /** An autovacuum or autoanalyze of another table may hold the horizon back for a moment. */
    private static void vacuumUntilVisible(String table) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).ignoreExceptions().untilAsserted(() -> {
            postgres.execute("vacuum analyze " + table);
            postgres.execute(
                    "select 1 / (relallvisible = relpages)::int from pg_class where oid = '" + table + "'::regclass");
        });
    }

    /** Only what is configured: tests share one database, whose statements others choose from. */
    private static Checker checker(String yaml) {
        return new LatencyCheckerModule().create(postgres.parts(withoutChoice(yaml)));
    }

    private static String withoutChoice(String yaml) {
        return yaml.contains("latency:")
                ? yaml.replace("latency:\n", "latency:\n  top: 0\n").replace("latency: {", "latency: { top: 0,")
                : yaml + "\nlatency: { top: 0 }";
    }

    private static CheckReport aroundMigration(String yaml, String... migration) {
        return aroundMigration(yaml, List.of(), migration);
    }

    private static CheckReport aroundMigration(String yaml, List<String> scene, String... migration) {
        postgres.execute(scene.toArray(String[]::new));
        Checker checker = checker(yaml);
        Baseline baseline = before(checker);
        postgres.execute(migration);
        return after(checker, Optional.of(baseline), farFuture());
    }

    /** The baseline as it comes back from its topic. */
    private static Baseline before(Checker checker) {
        Baseline baseline = postgres.await(checker.before(
                new MigrationStarted(RUN, PostgresExtension.NAME, Instant.EPOCH, MigrationDescription.NOTHING_SAID),
                postgres.context(RUN, CheckName.LATENCY)));
        return new Baseline(Json.parse(Json.write(baseline.content())), baseline.databaseClock());
    }

    private static CheckReport after(Checker checker, Optional<Baseline> baseline, Instant completedAt) {
        return postgres.await(checker.after(
                new MigrationCompleted(
                        RUN,
                        PostgresExtension.NAME,
                        completedAt,
                        Optional.of(0),
                        Optional.empty(),
                        Optional.empty(),
                        MigrationDescription.NOTHING_SAID),
                baseline,
                postgres.context(RUN, CheckName.LATENCY)));
    }

    private static Instant farFuture() {
        return Instant.parse("2999-01-01T00:00:00Z");
    }
}
