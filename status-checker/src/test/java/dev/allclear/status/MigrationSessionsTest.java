package dev.allclear.status;

import static dev.allclear.testkit.ReportAssert.assertThat;

import dev.allclear.event.SessionHints;
import dev.allclear.model.CheckReport;
import dev.allclear.model.Severity;
import dev.allclear.testkit.PostgresExtension;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whose doing it is: a migration known by its role alone, and an application that goes on working beside it. */
final class MigrationSessionsTest {
    @RegisterExtension
    static final PostgresExtension postgres = new PostgresExtension();

    @BeforeEach
    void makeARoleAndATable() {
        postgres.execute("create role deployer login", "create table staging (id int)");
    }

    @AfterEach
    void dropThem() {
        postgres.execute("drop table staging", "drop role deployer");
    }

    @Test
    void fails_whileABackendOfTheMigrationsRoleIsAtWork() throws Exception {
        CheckReport byRole;
        CheckReport byRoleAndName;
        try (Connection backend = postgres.connectionAs("deployer", "any-name")) {
            Thread working = asleep(backend, "any-name");
            byRole = rehearsal(new SessionHints(Optional.of("deployer"), List.of(), List.of()))
                    .run(() -> "");
            byRoleAndName = rehearsal(new SessionHints(Optional.of("deployer"), List.of("other-name"), List.of()))
                    .run(() -> "");
            postgres.execute(
                    "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'any-name'");
            working.join();
        }

        assertThat(byRole).failed().withFinding("status.still-running").saying("any-name");
        assertThat(byRoleAndName).passed().withoutFinding("status.still-running");
    }

    /** {@code allclear run --session-user} adds the name that it gives libpq's tools, which JDBC does not heed. */
    @Test
    void fails_whileABackendOfTheMigrationsRoleIsAtWork_whateverNameAllclearGaveTheRun() throws Exception {
        CheckReport report;
        try (Connection backend = postgres.connectionAs("deployer", "any-name")) {
            Thread working = asleep(backend, "any-name");
            report = rehearsal(new SessionHints(
                            Optional.of("deployer"), List.of("allclear-run/" + Rehearsal.RUN), List.of()))
                    .run(() -> "");
            postgres.execute(
                    "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'any-name'");
            working.join();
        }

        assertThat(report).failed().withFinding("status.still-running").saying("any-name");
    }

    @Test
    void knowsASessionByANameThatTheServerCutsShort() throws Exception {
        String name = "shop-production-eu-west-1-migration-job-of-the-orders-service-7f9c8d-x2x4z";
        CheckReport report;
        try (Connection backend = postgres.connectionAs("deployer", name)) {
            Thread working = asleep(backend, name.substring(0, 63));
            report = rehearsal(new SessionHints(Optional.empty(), List.of(name), List.of()))
                    .run(() -> "");
            postgres.execute(
                    "select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'shop-%'");
            working.join();
        }

        assertThat(report).failed().withFinding("status.still-running");
    }

    @Test
    void knowsAnOlderFlywayByItsName() throws Exception {
        CheckReport report;
        try (Connection backend = postgres.connectionAs("postgres", "Flyway%20by%20Redgate")) {
            Thread working = asleep(backend, "Flyway by Redgate");
            report = new Rehearsal(postgres).tool("flyway").run(() -> "");
            postgres.execute(
                    "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'Flyway by Redgate'");
            working.join();
        }

        assertThat(report).failed().withFinding("status.still-running").saying("Flyway by Redgate");
    }

    @Test
    void isNoLateChange_whenAnApplicationEmptiesItsTable() throws Exception {
        Rehearsal rehearsal = new Rehearsal(postgres).tool("sql").with(postgres.parts("status:\n  settle: 1500ms"));

        CheckReport report = rehearsal.run(() -> {
            Thread application = new Thread(() -> {
                for (int i = 0; i < 12; i++) {
                    postgres.execute("select pg_sleep(0.25)", "truncate staging");
                }
            });
            application.start();
            return "";
        });

        assertThat(report)
                .passed()
                .withFinding("status.changed-after-completion")
                .withSeverity(Severity.WARNING)
                .saying("public.staging rewritten");
    }

    @Test
    void doesNotTakeAnothersIndexForDebris_whenWhoBuildsItMayNotBeSeen() throws Exception {
        postgres.execute(
                "do $$ begin if not exists (select from pg_roles where rolname = 'blind') then create role blind login; end if; end $$");
        CheckReport report;
        Thread building;
        try (Connection writer = postgres.connection();
                Statement statement = writer.createStatement()) {
            writer.setAutoCommit(false);
            statement.execute("insert into staging values (1)");
            building = new Thread(() -> postgres.execute("create index concurrently staging_id on staging (id)"));
            report = new Rehearsal(postgres)
                    .tool("sql")
                    .with(postgres.partsAs("blind", Rehearsal.QUICKLY))
                    .run(() -> {
                        building.start();
                        Awaitility.await()
                                .until(() -> holds("select exists (select from pg_index where not indisvalid)"));
                        return "";
                    });
            writer.rollback();
        }
        building.join();

        assertThat(report)
                .inconclusive()
                .withFinding("status.invalid-index")
                .withSeverity(Severity.UNPROVEN)
                .saying("building it right now");
    }

    private static Rehearsal rehearsal(SessionHints hints) {
        return new Rehearsal(postgres).tool("sql").sessions(hints);
    }

    private static Thread asleep(Connection backend, String name) {
        Thread working = new Thread(() -> {
            try (Statement statement = backend.createStatement()) {
                statement.execute("select pg_sleep(60)");
            } catch (SQLException cancelled) {
                // ended by the test
            }
        });
        working.start();
        Awaitility.await()
                .until(() -> holds(
                        "select exists (select from pg_stat_activity where state = 'active' and application_name = '"
                                + name + "')"));
        return working;
    }

    private static boolean holds(String question) throws SQLException {
        try (Connection connection = postgres.connection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(question)) {
            rows.next();
            return rows.getBoolean(1);
        }
    }
}
