package dev.allclear.testkit;

import dev.allclear.check.Cancellation;
import dev.allclear.check.CheckContext;
import dev.allclear.config.AllclearConfig;
import dev.allclear.config.ConfigFile;
import dev.allclear.embedded.EmbeddedDatabase;
import dev.allclear.model.CheckName;
import dev.allclear.model.DatabaseName;
import dev.allclear.model.RunId;
import dev.allclear.postgres.Databases;
import dev.allclear.service.Parts;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A database of its own for each test class, on one embedded server for the test JVM. Tests set the scene as superuser; the check
 * under test sees it through {@link #parts()}, as the role {@value #ROLE} that has {@code pg_monitor} and may read every table.
 */
public final class PostgresExtension implements BeforeAllCallback, AfterAllCallback {
    /** The least-privileged role under which checks run. */
    public static final String ROLE = "allclear";

    public static final DatabaseName NAME = new DatabaseName("shop");

    /** Set by the build from its own property {@code postgres}. */
    private static final String CHOICE = "allclear.test.postgres";

    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** The usual limits are for servers in production; a machine that runs tests may be busier than any of them. */
    private static final String PATIENT_BUDGET = "\nbudget: { database-time: 40s, statement-timeout: 8s }";

    private final String database = "test_" + ProcessHandle.current().pid() + "_" + DATABASES.incrementAndGet();
    private final Vertx vertx = Vertx.vertx();
    private final List<Connection> connections = new ArrayList<>();

    /** One server for the test JVM, started on first use and stopped with the JVM. */
    private static final class Server {
        private static final EmbeddedDatabase INSTANCE = start();

        private static EmbeddedDatabase start() {
            EmbeddedDatabase server = EmbeddedDatabase.start();
            try (Connection connection = server.connect("postgres");
                    Statement statement = connection.createStatement()) {
                statement.execute("create role " + ROLE + " login connection limit 20");
                statement.execute("grant pg_monitor, pg_read_all_data to " + ROLE);
                announce(connection);
            } catch (SQLException failed) {
                throw new IllegalStateException(failed);
            }
            return server;
        }

        /** Says which PostgreSQL it is; another one than the build was asked for would prove nothing. */
        private static void announce(Connection connection) throws SQLException {
            String version = connection.getMetaData().getDatabaseProductVersion();
            System.out.println("PostgreSQL for tests: " + version);
            String asked = System.getProperty(CHOICE, version);
            if (majorVersion(connection) != Integer.parseInt(asked.split("\\D", 2)[0])) {
                throw new IllegalStateException("PostgreSQL " + asked + " was asked for, and this is " + version);
            }
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        startAfresh();
    }

    /** Replaces the database by a new one; whoever is connected to it is thrown out. */
    public void startAfresh() {
        try (Connection connection = Server.INSTANCE.connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("drop database if exists " + database + " with (force)");
            statement.execute("create database " + database);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed.getMessage(), failed);
        }
        execute("create extension pg_stat_statements");
    }

    @Override
    public void afterAll(ExtensionContext context) throws SQLException {
        for (Connection connection : connections) {
            connection.close();
        }
        await(vertx.close());
        try (Connection connection = Server.INSTANCE.connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("drop database " + database + " with (force)");
        }
    }

    /** Runs each statement as superuser, on its own, in autocommit. */
    public void execute(String... statements) {
        try (Connection connection = Server.INSTANCE.connect(database);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException failed) {
            throw new IllegalStateException(failed.getMessage(), failed);
        }
    }

    /** Runs a script from the class path, such as {@code /bad.sql}, as superuser and in one go. */
    public void executeScript(String resource) {
        try (InputStream in = PostgresExtension.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalArgumentException("there is no " + resource + " on the class path");
            }
            execute(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** A superuser connection, closed after the last test at the latest. */
    public Connection connection() throws SQLException {
        return connectionAs(EmbeddedDatabase.SUPERUSER, "test");
    }

    /** A connection as another role under an application name, closed after the last test at the latest. */
    public Connection connectionAs(String user, String applicationName) throws SQLException {
        Connection connection = DriverManager.getConnection(
                Server.INSTANCE.jdbcUrl(user, database) + "&ApplicationName=" + applicationName);
        connections.add(connection);
        return connection;
    }

    /** {@code postgresql://…} of this class's database for the least-privileged role. */
    public String uri() {
        return uriAs(ROLE);
    }

    public String uriAs(String user) {
        return Server.INSTANCE.uri(user, database);
    }

    /** {@code jdbc:postgresql://…} of this class's database as superuser. */
    public String jdbcUrl() {
        return Server.INSTANCE.jdbcUrl(EmbeddedDatabase.SUPERUSER, database);
    }

    /** Skips the test, saying why, where the server is older than what the test is about. */
    public void needs(int major, String what) {
        try (Connection connection = Server.INSTANCE.connect(database)) {
            int here = majorVersion(connection);
            Assumptions.assumeTrue(here >= major, what + " came with PostgreSQL " + major + ", and this is " + here);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** How many sessions the role has in this database. */
    int sessionsOf(String role) {
        try (Connection connection = Server.INSTANCE.connect(database);
                Statement statement = connection.createStatement();
                ResultSet count = statement.executeQuery(
                        "select count(*) from pg_stat_activity where datname = current_database() and usename = '"
                                + role + "'")) {
            count.next();
            return count.getInt(1);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static int majorVersion(Connection connection) throws SQLException {
        return connection.getMetaData().getDatabaseMajorVersion();
    }

    public Vertx vertx() {
        return vertx;
    }

    public Parts parts() {
        return parts("");
    }

    /** Parts whose configuration has this YAML under {@code databases.shop}, written without indentation. */
    public Parts parts(String yamlUnderDatabase) {
        return partsAs(ROLE, yamlUnderDatabase);
    }

    public Parts partsAs(String user, String yamlUnderDatabase) {
        return partsAt(uriAs(user), yamlUnderDatabase);
    }

    /** Parts that look for the database somewhere else, where there may be none. */
    Parts partsAt(String uri, String yamlUnderDatabase) {
        String budget = yamlUnderDatabase.contains("budget:") ? "" : PATIENT_BUDGET;
        String yaml = "databases:\n  " + NAME + ":\n    uri: " + uri + "\n" + (yamlUnderDatabase + budget).indent(4);
        AllclearConfig config = ConfigFile.parse(yaml, "test configuration", Map.of());
        config.mistakes().throwIfAny();
        return new Parts(vertx, Clock.systemUTC(), config, Databases.of(vertx, config), new SimpleMeterRegistry());
    }

    /** A context for calling a checker by hand, with a minute to answer. */
    public CheckContext context(RunId run, CheckName check) {
        Instant now = Clock.systemUTC().instant();
        return new CheckContext(
                run, NAME, check, "test", Clock.systemUTC(), now, now.plus(PATIENCE), new Cancellation(), said -> {});
    }

    /** The future's result; throws what it failed with. */
    public <T> T await(Future<T> future) {
        try {
            return future.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (java.util.concurrent.TimeoutException late) {
            throw new AssertionError("no answer within " + PATIENCE, late);
        }
    }
}
