package dev.allclear.acceptance.locks;

import dev.allclear.check.Cancellation;
import dev.allclear.check.CheckContext;
import dev.allclear.check.Checker;
import dev.allclear.config.AllclearConfig;
import dev.allclear.config.ConfigFile;
import dev.allclear.embedded.EmbeddedDatabase;
import dev.allclear.lock.LockCheckerModule;
import dev.allclear.model.CheckName;
import dev.allclear.model.DatabaseName;
import dev.allclear.model.RunId;
import dev.allclear.postgres.Databases;
import dev.allclear.service.Parts;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A server of its own with a database that can be loaded, and the lock check that looks at it as a least-privileged role. */
final class Shop implements AutoCloseable {
    static final DatabaseName NAME = new DatabaseName("shop");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    final Checker checker;
    private final EmbeddedDatabase server = EmbeddedDatabase.start();
    private final Vertx vertx = Vertx.vertx();

    /** @param settings what stands under {@code locks} in the configuration */
    Shop(String settings) throws SQLException {
        execute(
                "create role allclear login",
                "grant pg_monitor to allclear",
                "create extension pg_stat_statements",
                "alter system set autovacuum_naptime = '1s'",
                "alter system set autovacuum_vacuum_threshold = 50",
                "alter system set autovacuum_analyze_threshold = 50",
                "select pg_reload_conf()");
        String yaml = "databases:\n  " + NAME + ":\n    uri: " + server.uri("allclear", "postgres") + "\n    locks: "
                + settings + "\n";
        AllclearConfig config = ConfigFile.parse(yaml, "campaign", Map.of());
        config.mistakes().throwIfAny();
        checker = new LockCheckerModule()
                .create(new Parts(
                        vertx, Clock.systemUTC(), config, Databases.of(vertx, config), new SimpleMeterRegistry()));
    }

    CheckContext context(RunId run) {
        Instant now = Clock.systemUTC().instant();
        return new CheckContext(
                run,
                NAME,
                CheckName.LOCKS,
                "campaign",
                Clock.systemUTC(),
                now,
                now.plus(PATIENCE),
                new Cancellation(),
                said -> {});
    }

    static <T> T await(Future<T> future) {
        try {
            return future.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (java.util.concurrent.TimeoutException late) {
            throw new IllegalStateException("no answer within " + PATIENCE, late);
        }
    }

    Connection open(String application) throws SQLException {
        return DriverManager.getConnection(
                server.jdbcUrl(EmbeddedDatabase.SUPERUSER, "postgres") + "&ApplicationName=" + application);
    }

    /** A session with an open transaction in which the statements have run. */
    Connection begin(String application, String... statements) throws SQLException {
        Connection connection = open(application);
        connection.setAutoCommit(false);
        run(connection, statements);
        return connection;
    }

    void execute(String... statements) throws SQLException {
        try (Connection connection = open("setup")) {
            run(connection, statements);
        }
    }

    void rollBackPrepared() throws SQLException {
        try (Connection connection = open("setup");
                Statement statement = connection.createStatement();
                ResultSet result =
                        statement.executeQuery("select format('rollback prepared %L', gid) from pg_prepared_xacts")) {
            while (result.next()) {
                run(connection, result.getString(1));
            }
        }
    }

    static void run(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    static long number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getLong(1);
        }
    }

    @Override
    public void close() {
        checker.close();
        await(vertx.close());
        server.close();
    }
}
