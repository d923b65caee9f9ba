package dev.allclear.status;

import static dev.allclear.testkit.ReportAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.allclear.model.CheckReport;
import dev.allclear.model.Severity;
import dev.allclear.testkit.PostgresExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a table keeps of earlier runs, or of other tenants, is no word about this one. */
final class TrackingHistoryTest {
    @RegisterExtension
    static final PostgresExtension postgres = new PostgresExtension();

    private static final String SQITCH = """
            create table changes (change_id text primary key, script_hash text, change text, project text, note text,
                committed_at timestamptz default clock_timestamp(), planned_at timestamptz);
            create table events (event text, change_id text, change text, project text, note text,
                committed_at timestamptz default clock_timestamp())
            """;

    private static final String FLYWAY = """
            create table %s.flyway_schema_history (installed_rank int primary key, version varchar(50), description varchar(200),
                type varchar(20), script varchar(1000), checksum int, installed_by varchar(100), installed_on timestamp default now(),
                execution_time int, success boolean)
            """;

    @AfterEach
    void dropEverything() {
        postgres.execute(
                "drop schema public cascade",
                "create schema public",
                "grant usage on schema public to public",
                "drop schema if exists tenant_a cascade",
                "drop schema if exists tenant_b cascade",
                "drop schema if exists tenant_c cascade",
                "drop schema if exists other cascade");
    }

    @Test
    void forgetsAFailureOfSqitch_onceTheProjectWentOn() throws Exception {
        postgres.execute(SQITCH);
        postgres.execute(
                event("fail", "taken-from-the-plan"),
                event("fail", "reverted-later"),
                event("deploy", "reverted-later"),
                event("revert", "reverted-later"));

        CheckReport report = new Rehearsal(postgres)
                .tool("sqitch")
                .targets("total")
                .run(
                        () -> executed(
                                "create table a (i int)",
                                event("deploy", "total"),
                                "insert into changes (change_id, change, project, note) values ('id-total', 'total', 'shop', '')"));

        assertThat(report).passed().withoutFinding("status.migration-failed");
    }

    @Test
    void remembersAFailureOfSqitch_afterWhichItTookBackWhatItHadDeployed() throws Exception {
        postgres.execute(SQITCH);

        CheckReport report = new Rehearsal(postgres)
                .tool("sqitch")
                .run(() -> executed(event("deploy", "first"), event("fail", "second"), event("revert", "first")));

        assertThat(report).failed().withFinding("status.partially-applied").about("second");
    }

    @Test
    void neverPasses_whenOneTenantOfTwoStoppedBeforeTheTarget() throws Exception {
        tenants("tenant_a", "tenant_b");

        CheckReport report = new Rehearsal(postgres)
                .tool("flyway")
                .targets("3")
                .run(() -> executed(
                        "create table a (i int)", flyway("tenant_a", 2), flyway("tenant_a", 3), flyway("tenant_b", 2)));

        assertThat(report)
                .inconclusive()
                .withFinding("status.version-missing")
                .withSeverity(Severity.UNPROVEN)
                .saying("tenant_a.flyway_schema_history", "not in tenant_b.flyway_schema_history");
    }

    /** What migrates tenants one by one often goes on after one that failed. */
    @Test
    void neverPasses_whenOneTenantOfThreeStayedWhereItWas() throws Exception {
        tenants("tenant_a", "tenant_b", "tenant_c");
        postgres.execute("create schema other", FLYWAY.formatted("other"), flyway("other", 9));

        CheckReport report = new Rehearsal(postgres)
                .tool("flyway")
                .targets("2")
                .run(() -> executed("create table a (i int)", flyway("tenant_a", 2), flyway("tenant_b", 2)));

        assertThat(report)
                .inconclusive()
                .withFinding("status.version-missing")
                .withSeverity(Severity.UNPROVEN)
                .saying("tenant_a.flyway_schema_history", "tenant_c.flyway_schema_history", "did not write");
        assertThat(Shop.findings(report, "status.version-missing")).hasSize(1);
    }

    @Test
    void passes_whenOneTenantWasMigratedByItself() throws Exception {
        tenants("tenant_a", "tenant_b", "tenant_c");

        CheckReport report = new Rehearsal(postgres)
                .tool("flyway")
                .targets("2")
                .run(() -> executed("create table a (i int)", flyway("tenant_a", 2)));

        assertThat(report).passed();
    }

    @Test
    void passes_whenTwoProjectsReachedATargetEach() throws Exception {
        tenants("tenant_a", "tenant_b");
        postgres.execute("update tenant_b.flyway_schema_history set script = 'V1__other.sql'");

        CheckReport report = new Rehearsal(postgres)
                .tool("flyway")
                .targets("3", "2")
                .run(() -> executed("create table a (i int)", flyway("tenant_a", 3), flyway("tenant_b", 2)));

        assertThat(report).passed();
    }

    @Test
    void isUnproven_whenAScriptThatIsRunAgainWhenItChangesWasNotRun() throws Exception {
        postgres.execute(FLYWAY.formatted("public"));
        postgres.execute(repeatable(1));

        CheckReport stale = new Rehearsal(postgres)
                .tool("flyway")
                .targets("2", "R__views.sql")
                .run(() -> executed("create table a (i int)", flyway("public", 2)));
        CheckReport fresh = new Rehearsal(postgres)
                .tool("flyway")
                .targets("2", "R__views.sql")
                .run(() -> executed("create table b (i int)", repeatable(3)));

        assertThat(stale)
                .inconclusive()
                .withFinding("status.version-missing")
                .about("R__views.sql")
                .withSeverity(Severity.UNPROVEN)
                .saying("before this run");
        assertThat(fresh).passed();
    }

    @Test
    void isInconclusive_whenNobodySaysThatItEndedWell_norWhatToExpect() throws Exception {
        postgres.execute("create table \"SequelizeMeta\" (name varchar primary key)");

        CheckReport unnamed = new Rehearsal(postgres)
                .withoutExitCode()
                .run(() -> executed("create table a (i int)", "insert into \"SequelizeMeta\" values ('1_a.js')"));
        CheckReport named = new Rehearsal(postgres)
                .withoutExitCode()
                .targets("2_b.js")
                .run(() -> executed("create table b (i int)", "insert into \"SequelizeMeta\" values ('2_b.js')"));

        assertThat(unnamed)
                .inconclusive()
                .withFinding("status.migration-failed")
                .withSeverity(Severity.UNPROVEN)
                .saying("neither an exit code nor an outcome");
        assertThat(named).passed();
    }

    @Test
    void doesNotSayThatNothingWasWritten_whenVersionsWereTakenBack() throws Exception {
        postgres.execute("create table \"SequelizeMeta\" (name varchar primary key)");
        postgres.execute("insert into \"SequelizeMeta\" values ('1_a.js'), ('2_b.js')");

        CheckReport report = new Rehearsal(postgres)
                .run(() -> executed("create table a (i int)", "delete from \"SequelizeMeta\" where name = '2_b.js'"));

        assertThat(report).passed().withoutFinding("status.nothing-applied");
    }

    private static void tenants(String... names) {
        for (String tenant : names) {
            postgres.execute("create schema " + tenant, FLYWAY.formatted(tenant), flyway(tenant, 1));
        }
    }

    private static String flyway(String schema, int version) {
        return "insert into " + schema + ".flyway_schema_history values (" + version + ", '" + version
                + "', 'x', 'SQL', 'V" + version + "__x.sql', 7, 'me', now(), 3, true)";
    }

    private static String repeatable(int rank) {
        return "insert into flyway_schema_history values (" + rank + ", null, 'views', 'SQL', 'R__views.sql', " + rank
                + ", 'me', now(), 3, true)";
    }

    private static String event(String event, String change) {
        return "insert into events (event, change_id, change, project, note) values ('" + event + "', 'id-" + change
                + "', '" + change + "', 'shop', '')";
    }

    private static String executed(String... statements) {
        postgres.execute(statements);
        return "";
    }
}
