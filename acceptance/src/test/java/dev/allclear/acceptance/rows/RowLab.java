package dev.allclear.acceptance.rows;

import dev.allclear.check.Baseline;
import dev.allclear.check.Cancellation;
import dev.allclear.check.CheckContext;
import dev.allclear.check.Checker;
import dev.allclear.codec.Json;
import dev.allclear.codec.Yaml;
import dev.allclear.config.AllclearConfig;
import dev.allclear.config.ConfigFile;
import dev.allclear.embedded.EmbeddedDatabase;
import dev.allclear.event.MigrationCompleted;
import dev.allclear.event.MigrationDescription;
import dev.allclear.event.MigrationStarted;
import dev.allclear.model.CheckName;
import dev.allclear.model.CheckReport;
import dev.allclear.model.DatabaseName;
import dev.allclear.model.RunId;
import dev.allclear.postgres.Databases;
import dev.allclear.row.RowCheckerModule;
import dev.allclear.service.Parts;
import dev.allclear.testkit.DescriptionBuilder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A server with databases of its own and the row check beside it, without anything in between. */
final class RowLab implements AutoCloseable {
    static final String ROLE = "allclear";

    private final EmbeddedDatabase server = EmbeddedDatabase.start();
    private final Vertx vertx = Vertx.vertx();

    RowLab() throws SQLException {
        execute("postgres", "create role " + ROLE + " login", "grant pg_monitor, pg_read_all_data to " + ROLE);
    }

    /** A new database, seen by the check under the same name. */
    Subject subject(String database, String yamlUnderDatabase) throws SQLException {
        execute("postgres", "create database " + database);
        return attach(database, yamlUnderDatabase);
    }

    /** A database that is there, under another configuration. */
    Subject attach(String database, String yamlUnderDatabase) {
        String yaml = "databases:\n  " + database + ":\n    uri: " + server.uri(ROLE, database) + "\n"
                + yamlUnderDatabase.indent(4);
        AllclearConfig config = ConfigFile.parse(yaml, "lab", Map.of());
        config.mistakes().throwIfAny();
        return new Subject(
                database,
                new RowCheckerModule()
                        .create(new Parts(
                                vertx,
                                Clock.systemUTC(),
                                config,
                                Databases.of(vertx, config),
                                new SimpleMeterRegistry())));
    }

    Connection connect(String database) throws SQLException {
        return server.connect(database);
    }

    void execute(String database, String... statements) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** One database and its check, called as a host would call it. */
    record Subject(String database, Checker checker) {
        MigrationDescription declaring(String expectations) {
            return new DescriptionBuilder()
                    .expectations(List.copyOf(Yaml.list(expectations)))
                    .build();
        }

        Baseline before(MigrationDescription description) {
            Baseline measured =
                    await(checker.before(new MigrationStarted(run(), name(), Instant.EPOCH, description), context()));
            return new Baseline(Json.parse(Json.write(measured.content())), measured.databaseClock());
        }

        CheckReport after(MigrationDescription description, Optional<Baseline> baseline) {
            return await(checker.after(
                    new MigrationCompleted(
                                    run(),
                                    name(),
                                    Instant.MAX,
                                    Optional.of(0),
                                    Optional.empty(),
                                    Optional.empty(),
                                    description)
                            .havingAwaited(Set.of(CheckName.ROWS)),
                    baseline,
                    context()));
        }

        private RunId run() {
            return new RunId("run-" + database);
        }

        private DatabaseName name() {
            return new DatabaseName(database);
        }

        private CheckContext context() {
            Instant now = Instant.now();
            return new CheckContext(
                    run(),
                    name(),
                    CheckName.ROWS,
                    "lab",
                    Clock.systemUTC(),
                    now,
                    now.plus(Duration.ofMinutes(3)),
                    new Cancellation(),
                    said -> {});
        }

        private static <T> T await(Future<T> future) {
            try {
                return future.await(180, TimeUnit.SECONDS);
            } catch (TimeoutException late) {
                throw new AssertionError("no answer in three minutes", late);
            }
        }
    }

    @Override
    public void close() {
        vertx.close();
        server.close();
    }
}
