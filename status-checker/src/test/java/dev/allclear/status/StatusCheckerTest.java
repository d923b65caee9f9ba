package dev.allclear.status;

import static dev.allclear.testkit.ReportAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.allclear.check.Baseline;
import dev.allclear.check.CheckContext;
import dev.allclear.check.Checker;
import dev.allclear.event.MigrationCompleted;
import dev.allclear.event.MigrationOutcome;
import dev.allclear.event.SessionHints;
import dev.allclear.model.CheckReport;
import dev.allclear.model.Finding;
import dev.allclear.model.Severity;
import dev.allclear.postgres.DatabaseFailure;
import dev.allclear.testkit.EveryPostgres;
import dev.allclear.testkit.PostgresExtension;
import io.vertx.core.Future;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@EveryPostgres
final class StatusCheckerTest {
    @RegisterExtension
    static final PostgresExtension postgres = new PostgresExtension();

    @BeforeEach
    void makeAShop() {
        postgres.execute(
                "create schema \"Sales Dept\"",
                "create table \"Sales Dept\".\"Order Lines\" (\"Line No\" int default 7, sku text)",
                "insert into \"Sales Dept\".\"Order Lines\" values (1, 'a'), (1, 'b')");
    }

    @AfterEach
    void emptyTheDatabase() {
        postgres.execute("drop schema \"Sales Dept\" cascade", "drop schema public cascade", "create schema public");
    }

    @Test
    void findsAnInvalidIndexThatWasSkippedOver_thoughTheCommandExitsZero() throws Exception {
        leaveAnInvalidIndex();

        CheckReport report = script().run(
                        () -> printed(
                                "create unique index concurrently if not exists \"Lines By No\" on \"Sales Dept\".\"Order Lines\" (\"Line No\")"));

        assertThat(report)
                .failed()
                .withFinding("status.invalid-index")
                .about("Sales Dept.Lines By No")
                .withSeverity(Severity.ERROR)
                .saying("skipped over", "Sales Dept.Order Lines", "was before this run")
                .withRemedy("DROP INDEX CONCURRENTLY \"Sales Dept\".\"Lines By No\";");
        assertThat(report)
                .withFinding("status.tool-warning")
                .withSeverity(Severity.WARNING)
                .saying("already exists, skipping");
    }

    @Test
    void passes_onceTheRemedyOfAnInvalidIndexWasPasted() throws Exception {
        leaveAnInvalidIndex();
        CheckReport bad = script().run(
                        () -> printed(
                                "create unique index concurrently if not exists \"Lines By No\" on \"Sales Dept\".\"Order Lines\" (\"Line No\")"));
        Finding finding = bad.findings().stream()
                .filter(found -> found.code().value().equals("status.invalid-index"))
                .findFirst()
                .orElseThrow();
        postgres.execute("update \"Sales Dept\".\"Order Lines\" set \"Line No\" = 2 where sku = 'b'");

        CheckReport report = script().run(() -> {
            postgres.execute(finding.remedy().orElseThrow().split(";\\s*"));
            return "";
        });

        assertThat(report).passed().withoutFinding("status.invalid-index");
    }

    @Test
    void blamesNoOneForAnInvalidIndexOfOld_thatWasNotSkippedOver() throws Exception {
        leaveAnInvalidIndex();

        CheckReport report = script().run(() -> printed("alter table \"Sales Dept\".\"Order Lines\" add note text"));

        assertThat(report).passed().withFinding("status.invalid-index").withSeverity(Severity.INFO);
        assertThat(report.findings()).noneMatch(finding -> finding.severity() == Severity.ERROR);
    }

    @Test
    void isNoDebris_whenAPartitionedTablesIndexWaitsForItsPartitions() throws Exception {
        postgres.execute(
                "create table events (at date, id int) partition by range (at)",
                "create table events_2026 partition of events for values from ('2026-01-01') to ('2027-01-01')");

        CheckReport report = script().run(() -> printed("create index events_id on only events (id)"));

        assertThat(report).passed().withoutFinding("status.invalid-index");
        assertThat(sentences(report)).containsExactly("index public.events_id created on public.events");
    }

    @Test
    void mentionsARewrittenTableAndANewConstraintThatIsNotValidated() throws Exception {
        CheckReport report = script().run(
                        () -> printed(
                                "alter table \"Sales Dept\".\"Order Lines\" alter \"Line No\" type bigint",
                                "alter table \"Sales Dept\".\"Order Lines\" add constraint \"Positive\" check (\"Line No\" > 0) not valid"));

        assertThat(report)
                .passed()
                .withFinding("status.constraint-not-validated")
                .about("Sales Dept.Order Lines.Positive")
                .withSeverity(Severity.WARNING)
                .withRemedy("ALTER TABLE \"Sales Dept\".\"Order Lines\" VALIDATE CONSTRAINT \"Positive\";");
        assertThat(report)
                .withFinding("status.table-rewritten")
                .withSeverity(Severity.INFO)
                .about("Sales Dept.Order Lines");
        assertThat(sentences(report)).contains("column Sales Dept.Order Lines.Line No type integer → bigint");
    }

    @Test
    void failsOnErrorsInTheOutput_thoughTheCommandExitsZero() throws Exception {
        CheckReport report = script().run(
                        () ->
                                "CREATE TABLE\npsql:m.sql:3: ERROR:  relation \"nowhere\" does not exist\nconnecting to postgresql://me:hush@db/shop WARNING: slow");

        assertThat(report).failed().withFinding("status.tool-reported-error").saying("exit code 0", "nowhere");
        assertThat(report.findings().toString()).doesNotContain("hush");
    }

    @Test
    void isInconclusive_whenAScriptHasNeitherExitCodeNorOutcome() throws Exception {
        CheckReport report = script().withoutExitCode().run(() -> printed("create table new_one (id int)"));

        assertThat(report)
                .inconclusive()
                .withFinding("status.tracking-table-not-found")
                .saying("exit code");
    }

    @Test
    void isInconclusiveAndNamesToolSql_whenThereIsNoTrackingTable() throws Exception {
        CheckReport report = new Rehearsal(postgres).run(() -> printed("create table new_one (id int)"));

        assertThat(report)
                .inconclusive()
                .withFinding("status.tracking-table-not-found")
                .saying("--tool sql");
    }

    @Test
    void isInconclusive_whenTheNamedToolHasNoTableHere() throws Exception {
        CheckReport report =
                new Rehearsal(postgres).tool("liquibase").targets("1").run(() -> "");

        assertThat(report)
                .inconclusive()
                .withFinding("status.tracking-table-not-found")
                .saying("no tracking table of liquibase was found");
    }

    @Test
    void failsOnADirtyVersionOfGolangMigrate() throws Exception {
        golangMigrateAt(3, false);

        CheckReport report = new Rehearsal(postgres)
                .targets("4")
                .run(() -> printed("update schema_migrations set version = 4, dirty = true"));

        assertThat(report)
                .failed()
                .withFinding("status.dirty")
                .about("public.schema_migrations")
                .saying("version 4");
        assertThat(report).withFinding("status.version-missing").about("4");
    }

    @Test
    void passes_whenGolangMigrateStandsAtTheLastTarget() throws Exception {
        golangMigrateAt(3, false);

        CheckReport report = new Rehearsal(postgres)
                .targets("4", "5")
                .run(() -> printed("update schema_migrations set version = 5", "create table t5 (id int)"));

        assertThat(report).passed();
        assertThat(report.summary())
                .isEqualTo("golang-migrate applied 2 of 2 target versions (5); 1 catalog change; no debris.");
    }

    @Test
    void doesNotTakeAnotherToolsTableForGolangMigrates() throws Exception {
        postgres.execute(
                "create table schema_migrations (version bigint primary key, inserted_at timestamp)",
                "insert into schema_migrations values (4, now())");

        CheckReport report =
                new Rehearsal(postgres).tool("golang-migrate").targets("4").run(() -> "");

        assertThat(report).inconclusive().withFinding("status.tracking-table-not-found");
    }

    @Test
    void fails_whenTheRecordChangesAfterTheCommandHasEnded() throws Exception {
        golangMigrateAt(4, false);
        var parts = postgres.parts("status:\n  settle: 3s");
        Checker checker = new StatusCheckerModule().create(parts);
        Rehearsal rehearsal = new Rehearsal(postgres).targets("4");
        Baseline baseline = rehearsal.before(checker);
        CompletableFuture<Void> firstLookTaken = new CompletableFuture<>();
        CheckContext given = rehearsal.context();
        CheckContext context = new CheckContext(
                given.run(),
                given.database(),
                given.check(),
                given.checkerVersion(),
                given.clock(),
                given.startedAt(),
                given.deadline(),
                given.cancellation(),
                said -> {
                    if (said.startsWith("looking again in")) {
                        firstLookTaken.complete(null);
                    }
                });
        Future<CheckReport> answer = checker.after(rehearsal.completed(""), Optional.of(baseline), context);
        firstLookTaken.get(30, TimeUnit.SECONDS);
        postgres.execute("update schema_migrations set version = 5");

        CheckReport report = postgres.await(answer);

        assertThat(report)
                .failed()
                .withFinding("status.changed-after-completion")
                .saying("public.schema_migrations", "5");
    }

    @Test
    void fails_whileABackendOfTheMigrationIsStillAtWork() throws Exception {
        Connection backend = postgres.connectionAs("postgres", "shop-migrator");
        Thread working = new Thread(() -> {
            try (Statement statement = backend.createStatement()) {
                statement.execute("select pg_sleep(60)");
            } catch (SQLException cancelled) {
                // ended below
            }
        });
        working.start();
        Awaitility.await().until(() -> active("shop-migrator"));

        CheckReport report = script().sessions(new SessionHints(Optional.empty(), List.of("shop-migrator"), List.of()))
                .run(() -> "");

        backend.abort(Runnable::run);
        postgres.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'shop-migrator'");
        working.join();
        assertThat(report).failed().withFinding("status.still-running").saying("shop-migrator", "still is after");
    }

    @Test
    void looksWithoutWaiting_whileATableIsLockedExclusively() throws Exception {
        Connection other = postgres.connection();
        other.setAutoCommit(false);
        try (Statement statement = other.createStatement()) {
            statement.execute("create index on \"Sales Dept\".\"Order Lines\" ((lower(sku))) where sku <> ''");
            statement.execute("lock table \"Sales Dept\".\"Order Lines\" in access exclusive mode");

            Baseline baseline = new Rehearsal(postgres).before(new StatusCheckerModule().create(postgres.parts()));

            assertThat(baseline.content().toString()).contains("Order Lines");
        } finally {
            other.rollback();
        }
    }

    @Test
    void neverPasses_whenSessionsCannotBeSeen() throws Exception {
        postgres.execute(
                "do $$ begin if not exists (select from pg_roles where rolname = 'blind') then create role blind login; end if; end $$");

        CheckReport report =
                script().with(postgres.partsAs("blind", Rehearsal.QUICKLY)).run(() -> "");

        assertThat(report)
                .inconclusive()
                .withFinding("status.insufficient-privilege")
                .about("pg_stat_activity")
                .withRemedy("GRANT pg_monitor TO blind");
    }

    @Test
    void failsOnAFailedCommand_evenWhenTheDatabaseCannotBeAsked() throws Exception {
        Rehearsal rehearsal = script().exitCode(3);
        Checker checker = new StatusCheckerModule().create(postgres.partsAs("no_such_role", Rehearsal.QUICKLY));

        CheckReport report =
                postgres.await(checker.after(rehearsal.completed(""), Optional.empty(), rehearsal.context()));

        assertThat(report).failed().withFinding("status.migration-failed").saying("exit code 3");
        assertThat(report).withFinding("status.database-unreachable").withSeverity(Severity.UNPROVEN);
    }

    @Test
    void hasNoAnswer_whenTheDatabaseCannotBeAsked() {
        Rehearsal rehearsal = script();
        Checker checker = new StatusCheckerModule().create(postgres.partsAs("no_such_role", Rehearsal.QUICKLY));

        Future<CheckReport> answer = checker.after(rehearsal.completed(""), Optional.empty(), rehearsal.context());

        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> postgres.await(answer)))
                .isInstanceOf(DatabaseFailure.class);
    }

    @Test
    void isInconclusive_whenTheCommandWasNotRun() throws Exception {
        CheckReport report =
                script().withoutExitCode().outcome(MigrationOutcome.NOT_STARTED).run(() -> "");

        assertThat(report).inconclusive().withFinding("status.nothing-applied").saying("not run");
    }

    private Rehearsal script() {
        return new Rehearsal(postgres).tool("sql");
    }

    private static void golangMigrateAt(int version, boolean dirty) {
        postgres.execute(
                "create table schema_migrations (version bigint primary key, dirty boolean not null)",
                "insert into schema_migrations values (" + version + ", " + dirty + ")");
    }

    private static void leaveAnInvalidIndex() throws SQLException {
        try (Statement statement = postgres.connection().createStatement()) {
            statement.execute(
                    "create unique index concurrently \"Lines By No\" on \"Sales Dept\".\"Order Lines\" (\"Line No\")");
        } catch (SQLException duplicates) {
            assertThat(duplicates.getSQLState()).isEqualTo("23505");
        }
    }

    /** What psql would print: each notice of the server. */
    private static String printed(String... statements) throws SQLException {
        StringBuilder output = new StringBuilder();
        try (Statement statement = postgres.connection().createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
                for (SQLWarning warning = statement.getWarnings();
                        warning != null;
                        warning = warning.getNextWarning()) {
                    output.append("NOTICE:  ").append(warning.getMessage()).append('\n');
                }
            }
        }
        return output.toString();
    }

    private static boolean active(String application) throws SQLException {
        return count("select count(*) from pg_stat_activity where state = 'active' and application_name = '"
                        + application + "'")
                > 0;
    }

    private static List<Object> sentences(CheckReport report) {
        return ((List<?>) report.measurements().get("changes"))
                .stream()
                        .map(change -> (Object) ((Map<?, ?>) change).get("what"))
                        .toList();
    }

    private static long count(String sql) throws SQLException {
        try (Connection connection = postgres.connection();
                Statement statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    @Test
    void isInconclusive_whenBeforeWasMeasuredAfterTheScriptHadCompleted() throws Exception {
        Rehearsal late = script().notAwaited();
        leaveAnInvalidIndex();
        MigrationCompleted completed = late.completed("");
        Checker checker = new StatusCheckerModule().create(postgres.parts(Rehearsal.QUICKLY));
        Baseline baseline = late.before(checker);

        CheckReport report = postgres.await(checker.after(completed, Optional.of(baseline), late.context()));

        assertThat(report)
                .inconclusive()
                .withFinding("status.baseline-contaminated")
                .saying("too late");
    }

    @Test
    void mentionsAConstraintThatWasReplacedByOneThatIsNotValidated() throws Exception {
        postgres.execute(
                "alter table \"Sales Dept\".\"Order Lines\" add constraint \"Positive\" check (\"Line No\" > 0)");

        CheckReport report = script().run(
                        () -> printed("alter table \"Sales Dept\".\"Order Lines\" drop constraint \"Positive\","
                                + " add constraint \"Positive\" check (\"Line No\" > 1) not valid"));

        assertThat(report)
                .withFinding("status.constraint-not-validated")
                .about("Sales Dept.Order Lines.Positive")
                .withSeverity(Severity.WARNING);
    }
}
