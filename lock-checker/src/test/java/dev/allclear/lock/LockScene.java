package dev.allclear.lock;

import dev.allclear.check.Baseline;
import dev.allclear.check.Checker;
import dev.allclear.embedded.EmbeddedDatabase;
import dev.allclear.event.MigrationCompleted;
import dev.allclear.event.MigrationDescription;
import dev.allclear.event.MigrationStarted;
import dev.allclear.model.CheckName;
import dev.allclear.model.CheckReport;
import dev.allclear.model.RunId;
import dev.allclear.service.Parts;
import dev.allclear.testkit.DescriptionBuilder;
import dev.allclear.testkit.PostgresExtension;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** One run against a real database, with sessions that play the migration and the application. */
final class LockScene implements AutoCloseable {
    static final String SETTINGS = "locks: {interval: 50ms, settle: 500ms}";
    private static final AtomicInteger RUNS = new AtomicInteger();

    final RunId run = new RunId("run-" + RUNS.incrementAndGet());
    final Checker checker;
    private final PostgresExtension postgres;

    LockScene(PostgresExtension postgres) {
        this(postgres, postgres.parts(SETTINGS));
    }

    LockScene(PostgresExtension postgres, Parts parts) {
        this(postgres, new LockCheckerModule().create(parts));
    }

    private LockScene(PostgresExtension postgres, Checker checker) {
        this.postgres = postgres;
        this.checker = checker;
    }

    /** Another run, watched by the same checker. */
    LockScene another() {
        return new LockScene(postgres, checker);
    }

    Baseline before() {
        return before(Instant.now());
    }

    Baseline before(Instant announced) {
        MigrationStarted started =
                new MigrationStarted(run, PostgresExtension.NAME, announced, MigrationDescription.NOTHING_SAID);
        return postgres.await(checker.before(started, postgres.context(run, CheckName.LOCKS)));
    }

    MigrationStarted started() {
        return new MigrationStarted(run, PostgresExtension.NAME, Instant.now(), MigrationDescription.NOTHING_SAID);
    }

    CheckReport after(Optional<Baseline> baseline, String... applicationNames) {
        return postgres.await(
                checker.after(completed(applicationNames), baseline, postgres.context(run, CheckName.LOCKS)));
    }

    /** The publisher says that it waited for no baseline. */
    CheckReport afterWithoutWaiting(Optional<Baseline> baseline) {
        MigrationCompleted said = completed();
        MigrationCompleted unawaited = new MigrationCompleted(
                run,
                said.database(),
                said.completedAt(),
                said.exitCode(),
                said.outcome(),
                said.output(),
                said.description(),
                Optional.of(Set.of()));
        return postgres.await(checker.after(unawaited, baseline, postgres.context(run, CheckName.LOCKS)));
    }

    private MigrationCompleted completed(String... applicationNames) {
        MigrationDescription described =
                new DescriptionBuilder().applicationNames(applicationNames).build();
        return new MigrationCompleted(
                run,
                PostgresExtension.NAME,
                Instant.now(),
                Optional.of(0),
                Optional.empty(),
                Optional.empty(),
                described);
    }

    /** A session with an open transaction in which the statements have run. */
    Connection open(String application, String... statements) throws SQLException {
        Connection connection = postgres.connectionAs(EmbeddedDatabase.SUPERUSER, application);
        connection.setAutoCommit(false);
        run(connection, statements);
        return connection;
    }

    static void run(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    static int pid(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("select pg_backend_pid()")) {
            result.next();
            return result.getInt(1);
        }
    }

    /** What the query's first value is, read by a session of its own. */
    long number(String sql) {
        try (Connection connection = postgres.connectionAs(EmbeddedDatabase.SUPERUSER, "test");
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getLong(1);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    long samplers() {
        return number("select count(*) from pg_stat_activity where application_name = 'allclear/locks/" + run + "'");
    }

    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> list(CheckReport report, String key) {
        return (List<Map<String, Object>>) report.measurements().get(key);
    }

    @Override
    public void close() {
        checker.close();
    }
}
