package dev.allclear.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allclear.check.Baseline;
import dev.allclear.check.Checker;
import dev.allclear.codec.Json;
import dev.allclear.event.MigrationCompleted;
import dev.allclear.model.CheckReport;
import dev.allclear.model.Finding;
import dev.allclear.status.catalog.Catalog;
import dev.allclear.status.catalog.Kind;
import dev.allclear.testkit.EveryPostgres;
import dev.allclear.testkit.PostgresExtension;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What a look at the catalog costs the database: how many statements, which locks, and, for a person to read, how long. The size is
 * {@code -Dallclear.catalog.tables=5000}.
 */
@EveryPostgres
final class SnapshotTest {
    private static final int TABLES = Integer.getInteger("allclear.catalog.tables", 500);
    /** One for each kind, and a handful for the rest; whatever the schema's size. */
    private static final int MOST_STATEMENTS_OF_A_LOOK = Kind.values().length + 8;

    private static final int AT_ONCE = 100;

    @RegisterExtension
    static final PostgresExtension postgres = new PostgresExtension();

    @Test
    void costsTheSameFewStatements_whateverTheSize() throws Exception {
        makeTables();
        Rehearsal rehearsal = new Rehearsal(postgres).tool("sql");
        Checker checker = new StatusCheckerModule().create(postgres.parts(Rehearsal.QUICKLY));
        Baseline baseline = rehearsal.before(checker);
        MigrationCompleted completed = rehearsal.completed("");

        CheckReport report = postgres.await(checker.after(completed, Optional.of(baseline), rehearsal.context()));

        if (TABLES > 500) {
            printWhatEachKindTakes();
        }
        System.out.printf(
                "catalog of %d tables, %d columns, %d indexes: a look took %d ms of database time in %d statements; the baseline has %d bytes%n",
                TABLES,
                Before.of(baseline.content()).catalog().all(Kind.COLUMN).size(),
                Before.of(baseline.content()).catalog().all(Kind.INDEX).size(),
                report.cost().databaseTime().toMillis() / 2,
                report.cost().queries() / 2,
                Json.write(baseline.content()).length());
        assertThat(report.cost().queries()).isLessThanOrEqualTo(2L * MOST_STATEMENTS_OF_A_LOOK);
        assertThat(report.findings())
                .extracting(Finding::code)
                .extracting(Object::toString)
                .containsExactly("status.nothing-applied");
        assertThat(Before.of(baseline.content()).notKept()).isEmpty();
        assertThat(Before.of(baseline.content()).catalog().all(Kind.TABLE)).hasSizeGreaterThanOrEqualTo(TABLES);
    }

    @Test
    @EveryPostgres
    void locksNothingButTheCatalog() throws Exception {
        everyKindOfObject();

        try (Connection look = postgres.connectionAs(PostgresExtension.ROLE, "look");
                Statement statement = look.createStatement()) {
            look.setAutoCommit(false);
            for (Kind kind : Kind.values()) {
                statement.executeQuery(Sql.text(kind.word())).close();
            }

            assertThat(lockedOutsideTheCatalog(statement)).isEmpty();
        }
    }

    @Test
    @EveryPostgres
    void waitsForNobody_whileEveryObjectIsBeingDropped() throws Exception {
        everyKindOfObject();
        Catalog calm = Before.of(baseline().content()).catalog();
        try (Connection other = postgres.connection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("drop schema \"Every Kind\" cascade");

            Catalog busy = Before.of(baseline().content()).catalog();

            assertThat(withoutCounters(busy)).isEqualTo(withoutCounters(calm));
            for (Kind kind : Kind.values()) {
                assertThat(busy.all(kind)).as("%s", kind).isNotEmpty();
            }
            other.rollback();
        }
    }

    @Test
    void leavesOutWhatBelongsToExtensions() {
        Catalog catalog = Before.of(baseline().content()).catalog();

        assertThat(catalog.find(Kind.EXTENSION, "pg_stat_statements")).isPresent();
        assertThat(catalog.all(Kind.VIEW)).noneMatch(view -> view.name().contains("pg_stat_statements"));
        assertThat(catalog.all(Kind.FUNCTION))
                .noneMatch(function -> function.name().contains("pg_stat_statements"));
        assertThat(catalog.all(Kind.GRANT)).noneMatch(grant -> grant.name().contains("pg_stat_statements"));
    }

    /** How often sequences' tables were written comes from the server's statistics, and as late as they do. */
    private static String withoutCounters(Catalog catalog) {
        return Json.write(catalog.toMap()).replaceAll("\"filled\":\"\\d+\"", "");
    }

    private static void printWhatEachKindTakes() throws SQLException {
        try (Connection look = postgres.connectionAs(PostgresExtension.ROLE, "look");
                Statement statement = look.createStatement()) {
            for (Kind kind : Kind.values()) {
                long begun = System.nanoTime();
                statement.executeQuery(Sql.text(kind.word())).close();
                System.out.printf("  %s: %d ms%n", kind.word(), (System.nanoTime() - begun) / 1_000_000);
            }
        }
    }

    private static Baseline baseline() {
        return new Rehearsal(postgres).before(new StatusCheckerModule().create(postgres.parts()));
    }

    private static List<String> lockedOutsideTheCatalog(Statement statement) throws SQLException {
        List<String> locked = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(
                "select l.relation::regclass::text, l.mode from pg_locks l join pg_class c on c.oid = l.relation"
                        + " where l.pid = pg_backend_pid() and c.relnamespace <> 'pg_catalog'::regnamespace")) {
            while (rows.next()) {
                locked.add(rows.getString(1) + " " + rows.getString(2));
            }
        }
        return locked;
    }

    private static void everyKindOfObject() {
        postgres.execute(
                "drop schema if exists \"Every Kind\" cascade",
                "create schema \"Every Kind\"",
                "set search_path = \"Every Kind\"",
                "create type \"Every Kind\".mood as enum ('good', 'bad')",
                "create domain \"Every Kind\".positive as int default 1 check (value > 0)",
                "create table \"Every Kind\".customers (id int generated always as identity primary key, name text)",
                "create table \"Every Kind\".\"Orders\" (id serial primary key, at date not null default now(), mood \"Every Kind\".mood default 'good',"
                        + " customer int references \"Every Kind\".customers, total numeric check (total > 0), twice numeric generated always as (total * 2) stored)",
                "create index on \"Every Kind\".\"Orders\" ((coalesce(total, 0))) where total > 5",
                "create table \"Every Kind\".events (at date) partition by range (at)",
                "create table \"Every Kind\".events_1 partition of \"Every Kind\".events for values from ('2026-01-01') to ('2027-01-01')",
                "create view \"Every Kind\".paid as select * from \"Every Kind\".\"Orders\" where total > 1",
                "create materialized view \"Every Kind\".sums as select sum(total) from \"Every Kind\".\"Orders\"",
                "create function \"Every Kind\".note(x int default 3) returns int language sql begin atomic select x + 1; end",
                "create function \"Every Kind\".fire() returns trigger language plpgsql as $$ begin return new; end $$",
                "create trigger audit before update on \"Every Kind\".\"Orders\" for each row when (new.total > 3) execute function \"Every Kind\".fire()",
                "create rule quiet as on delete to \"Every Kind\".customers where old.id = 1 do instead nothing",
                "create policy mine on \"Every Kind\".\"Orders\" using (total > 2) with check (mood = 'bad')",
                "alter table \"Every Kind\".\"Orders\" enable row level security",
                "grant select (total) on \"Every Kind\".\"Orders\" to public",
                "insert into \"Every Kind\".\"Orders\" (total) values (4)");
    }

    private static void makeTables() {
        List<String> statements = new ArrayList<>();
        statements.add("create schema many");
        for (int first = 1; first <= TABLES; first += AT_ONCE) {
            statements.add(
                    "do $$ begin for i in " + first + " .. " + Math.min(TABLES, first + AT_ONCE - 1)
                            + " loop execute format('create table many.t%1$s (id serial primary key, name text not null, at timestamptz default now(),"
                            + " total numeric check (total > 0)); create index on many.t%1$s (at); grant select on many.t%1$s to public', i); end loop; end $$");
        }
        postgres.execute(statements.toArray(new String[0]));
    }
}
