package dev.allclear.status;

import static dev.allclear.testkit.ReportAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.allclear.model.CheckReport;
import dev.allclear.model.Severity;
import dev.allclear.testkit.PostgresExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The status check over real Flyway. */
final class FlywayRunTest {
    @RegisterExtension
    static final PostgresExtension postgres = new PostgresExtension();

    @TempDir
    Path scripts;

    private String schema = "public";

    @BeforeEach
    void migrateToVersion6() throws IOException {
        write(
                "V6__orders.sql",
                "create table orders (id int primary key, customer_id int, region varchar(50), total int)");
        flyway("public").migrate();
        postgres.execute("insert into orders select i, i % 3, 'r', i from generate_series(1, 30) i");
    }

    @AfterEach
    void emptyTheDatabase() {
        postgres.execute(
                "drop schema if exists \"Sales Dept\" cascade", "drop schema public cascade", "create schema public");
    }

    @Test
    void passesAndSaysWhatChanged_whenEveryTargetWasApplied() throws Exception {
        write("V7__index.sql", "create index orders_customer_idx on orders (customer_id)");
        write(
                "V8__region.sql",
                "alter table orders alter region type varchar(300); alter table orders drop column total; alter table orders add currency text not null default 'EUR'");

        CheckReport report = new Rehearsal(postgres).targets("7", "8").run(this::migrate);

        assertThat(report).passed();
        assertThat(report.summary())
                .isEqualTo("flyway applied 2 of 2 target versions (7, 8); 4 catalog changes; no debris.");
        assertThat(report.measurements())
                .containsEntry("tool", "flyway")
                .containsEntry("table", "public.flyway_schema_history");
        assertThat(report.measurements().get("applied"))
                .isEqualTo(List.of(
                        Map.of("version", "7", "description", "index"),
                        Map.of("version", "8", "description", "region")));
        assertThat(sentences(report))
                .containsExactlyInAnyOrder(
                        "index public.orders_customer_idx created on public.orders",
                        "column public.orders.region type character varying(50) → character varying(300)",
                        "column public.orders.total dropped",
                        "column public.orders.currency added: text not null with a default");
        assertThat(report.cost().queries()).isPositive();
    }

    @Test
    void failsAndNamesTheVersion_whenATransactionalMigrationLeftNoRow() throws Exception {
        write("V7__fine.sql", "alter table orders add note text");
        write("V8__broken.sql", "create table never (id int); alter table nowhere add x int");

        CheckReport report = new Rehearsal(postgres)
                .targets("7", "8")
                .exitCode(1)
                .run(() -> {
                    failing(flyway("public"));
                    return "ERROR: Script V8__broken.sql failed";
                });

        assertThat(report)
                .failed()
                .withFinding("status.version-missing")
                .about("8")
                .saying("8", "public.flyway_schema_history", "last entry is 7");
        assertThat(report).withFinding("status.migration-failed").saying("exit code 1", "V8__broken.sql failed");
        assertThat(report).withFinding("status.partially-applied").saying("1 version applied (7)", "not applied: 8");
        assertThat(sentences(report)).containsExactly("column public.orders.note added: text");
    }

    @Test
    void failsOnAMissingTarget_evenWhenTheCommandClaimsSuccess() throws Exception {
        CheckReport report = new Rehearsal(postgres).targets("7").run(() -> "");

        assertThat(report).failed().withFinding("status.version-missing").about("7");
        assertThat(report).withoutFinding("status.nothing-applied");
    }

    @Test
    void findsTheFailedRowAndTheInvalidIndex_ofANonTransactionalMigration() throws Exception {
        write("V7__unique.sql", "create unique index concurrently orders_region_key on orders (region)");
        write("V7__unique.sql.conf", "executeInTransaction=false");

        CheckReport report = new Rehearsal(postgres).targets("7").exitCode(1).run(() -> {
            failing(flyway("public", false));
            return "";
        });

        assertThat(report)
                .failed()
                .withFinding("status.partially-applied")
                .about("7")
                .saying("V7__unique.sql", "failed");
        assertThat(report)
                .withFinding("status.invalid-index")
                .about("public.orders_region_key")
                .saying("public.orders", "since this run")
                .withSeverity(Severity.ERROR)
                .withRemedy(
                        "DROP INDEX CONCURRENTLY public.orders_region_key;\nCREATE UNIQUE INDEX CONCURRENTLY orders_region_key");
        assertThat(report).withFinding("status.version-missing").about("7");
    }

    @Test
    void saysThatNothingWasApplied_whenEveryTargetWasThereBefore() throws Exception {
        CheckReport report = new Rehearsal(postgres).targets("6").run(this::migrate);

        assertThat(report)
                .passed()
                .withFinding("status.nothing-applied")
                .withSeverity(Severity.INFO)
                .saying("already there: 6");
    }

    @Test
    void failsWhenNothingWasApplied_andDataWasToChange() throws Exception {
        CheckReport report = new Rehearsal(postgres).dataChanging().run(this::migrate);

        assertThat(report).failed().withFinding("status.nothing-applied").withSeverity(Severity.ERROR);
    }

    @Test
    void countsARepeatableScript_whichHasNoVersion() throws Exception {
        write("R__view.sql", "create view big_orders as select id from orders where id > 10");

        CheckReport report = new Rehearsal(postgres).targets("R__view").run(this::migrate);

        assertThat(report).passed();
        assertThat(sentences(report)).containsExactly("view public.big_orders created");
    }

    @Test
    void judgesTheHistoryThatThisRunWrote_whenThereAreTwo() throws Exception {
        postgres.execute("create schema \"Sales Dept\"");
        schema = "Sales Dept";
        write("V7__quoted.sql", "create table \"Sales Dept\".\"Order Lines\" (\"Line No\" int)");

        CheckReport report = new Rehearsal(postgres).targets("7").run(() -> {
            flyway("Sales Dept").migrate();
            return "";
        });

        assertThat(report).passed();
        assertThat(report.measurements()).containsEntry("table", "Sales Dept.flyway_schema_history");
        assertThat(sentences(report)).contains("table Sales Dept.Order Lines created");
    }

    @Test
    void isInconclusive_whenOnlyOneOfTwoUntouchedHistoriesHasTheTarget() throws Exception {
        postgres.execute("create schema \"Sales Dept\"");
        write("V7__only_there.sql", "select 1");
        flyway("Sales Dept").migrate();

        CheckReport report = new Rehearsal(postgres).targets("7").run(() -> "");

        assertThat(report)
                .inconclusive()
                .withFinding("status.tracking-table-not-found")
                .saying("status.tables");
    }

    @Test
    void isInconclusive_withoutABaselineAndWithoutTargets() throws Exception {
        CheckReport report = new Rehearsal(postgres).withoutBaseline().run(this::migrate);

        assertThat(report).inconclusive().withFinding("status.no-baseline");
    }

    @Test
    void failsOnAMissingTarget_evenWithoutABaseline() throws Exception {
        CheckReport report =
                new Rehearsal(postgres).withoutBaseline().targets("99").run(this::migrate);

        assertThat(report).failed().withFinding("status.version-missing").about("99");
    }

    @Test
    void isInconclusive_whenTheBaselineWasTakenAfterTheMigration() throws Exception {
        write("V7__early.sql", "alter table orders add early int");
        Rehearsal rehearsal = new Rehearsal(postgres).targets("7").notAwaited();
        var checker = new StatusCheckerModule().create(postgres.parts(Rehearsal.QUICKLY));
        var startedAt = java.time.Clock.systemUTC().instant();
        flyway("public").migrate();
        var started = new dev.allclear.event.MigrationStarted(
                Rehearsal.RUN,
                PostgresExtension.NAME,
                startedAt,
                rehearsal.completed("").description());
        var late = postgres.await(checker.before(started, rehearsal.context()));

        CheckReport report = postgres.await(
                checker.after(rehearsal.completed(""), java.util.Optional.of(late), rehearsal.context()));

        assertThat(report)
                .inconclusive()
                .withFinding("status.baseline-contaminated")
                .saying("version 7", "too late");
    }

    @Test
    void namesTheGrant_whenTheHistoryMayNotBeRead() throws Exception {
        postgres.execute(
                "do $$ begin if not exists (select from pg_roles where rolname = 'Weak One') then create role \"Weak One\" login; end if; end $$",
                "grant pg_monitor to \"Weak One\"");

        CheckReport report = new Rehearsal(postgres)
                .with(postgres.partsAs("Weak%20One", Rehearsal.QUICKLY))
                .targets("6")
                .run(this::migrate);

        assertThat(report)
                .inconclusive()
                .withFinding("status.insufficient-privilege")
                .about("public.flyway_schema_history")
                .withRemedy("GRANT SELECT ON public.flyway_schema_history TO \"Weak One\"");
    }

    @Test
    void countsTheVeryFirstMigration_butNotTheHistoryTableItself() throws Exception {
        emptyTheDatabase();

        CheckReport report = new Rehearsal(postgres).targets("6").run(this::migrate);

        assertThat(report).passed();
        assertThat(report.summary())
                .isEqualTo("flyway applied 1 of 1 target version (6); 1 catalog change; no debris.");
        assertThat(sentences(report)).containsExactly("table public.orders created");
    }

    @Test
    void doesNotCallAVersionMissing_thatMayStandInAnUnreadableHistory() throws Exception {
        postgres.execute(
                "do $$ begin if not exists (select from pg_roles where rolname = 'half') then create role half login; end if; end $$",
                "grant pg_monitor to half",
                "grant select on flyway_schema_history to half",
                "create schema \"Sales Dept\"");
        write("V7__elsewhere.sql", "select 1");

        CheckReport report = new Rehearsal(postgres)
                .with(postgres.partsAs("half", Rehearsal.QUICKLY))
                .dataChanging()
                .targets("7")
                .run(() -> {
                    flyway("Sales Dept").migrate();
                    return "";
                });

        assertThat(report)
                .inconclusive()
                .withFinding("status.insufficient-privilege")
                .about("Sales Dept.flyway_schema_history")
                .withRemedy("GRANT USAGE ON SCHEMA \"Sales Dept\" TO half");
    }

    @Test
    void readsAHistoryOfAnotherName_whenItIsConfigured() throws Exception {
        postgres.execute("alter table flyway_schema_history rename to \"My History\"");
        String yaml = Rehearsal.QUICKLY + "\n  tables: [{tool: flyway, schema: public, table: My History}]";

        CheckReport report =
                new Rehearsal(postgres).with(postgres.parts(yaml)).targets("6").run(() -> "");

        assertThat(report).passed();
        assertThat(report.measurements()).containsEntry("table", "public.My History");
    }

    private String migrate() {
        flyway(schema).migrate();
        return "Successfully applied";
    }

    private static void failing(Flyway flyway) {
        assertThat(org.assertj.core.api.Assertions.catchThrowable(flyway::migrate))
                .isInstanceOf(FlywayException.class);
    }

    private Flyway flyway(String history) {
        return flyway(history, true);
    }

    private Flyway flyway(String history, boolean transactionalLock) {
        FluentConfiguration configuration = Flyway.configure()
                .dataSource(postgres.jdbcUrl(), "postgres", "")
                .locations("filesystem:" + scripts)
                .defaultSchema(history)
                .schemas(history)
                .baselineOnMigrate(!history.equals("public"))
                .baselineVersion("6");
        configuration
                .getConfigurationExtension(PostgreSQLConfigurationExtension.class)
                .setTransactionalLock(transactionalLock);
        return configuration.load();
    }

    private void write(String name, String sql) throws IOException {
        Files.writeString(scripts.resolve(name), sql);
    }

    private static List<Object> sentences(CheckReport report) {
        return ((List<?>) report.measurements().get("changes"))
                .stream()
                        .map(change -> (Object) ((Map<?, ?>) change).get("what"))
                        .toList();
    }
}
