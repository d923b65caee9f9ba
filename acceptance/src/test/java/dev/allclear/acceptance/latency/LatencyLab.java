package dev.allclear.acceptance.latency;

import dev.allclear.check.Baseline;
import dev.allclear.check.Cancellation;
import dev.allclear.check.CheckContext;
import dev.allclear.check.Checker;
import dev.allclear.codec.Json;
import dev.allclear.config.AllclearConfig;
import dev.allclear.config.ConfigFile;
import dev.allclear.embedded.EmbeddedDatabase;
import dev.allclear.event.MigrationCompleted;
import dev.allclear.event.MigrationDescription;
import dev.allclear.event.MigrationStarted;
import dev.allclear.latency.LatencyCheckerModule;
import dev.allclear.model.CheckName;
import dev.allclear.model.CheckReport;
import dev.allclear.model.DatabaseName;
import dev.allclear.model.RunId;
import dev.allclear.postgres.Databases;
import dev.allclear.service.Parts;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.postgresql.PGConnection;

/** A shop's database on a server of its own, and the latency check beside it, without anything in between. */
final class LatencyLab implements AutoCloseable {
    static final String APPLICATION = "shop_app";
    private static final String ROLE = "allclear";
    private static final DatabaseName NAME = new DatabaseName("postgres");
    private static final RunId RUN = new RunId("campaign");
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final EmbeddedDatabase server = EmbeddedDatabase.start();
    private final Vertx vertx = Vertx.vertx();

    LatencyLab() throws SQLException {
        execute(
                "create extension pg_stat_statements",
                "create role " + ROLE + " login",
                "create role " + APPLICATION + " login",
                "grant pg_monitor, pg_read_all_data to " + ROLE,
                "grant pg_read_all_data, pg_write_all_data to " + APPLICATION,
                "create table customers as select i as id, 'c' || i as name from generate_series(1, 10000) i",
                "alter table customers add primary key (id)",
                "create table orders as select i as id, (i::bigint * 7919 % 10000)::int as customer_id,"
                        + " i % 97 as amount, repeat('x', 60) as note from generate_series(1, 400000) i",
                "alter table orders add primary key (id)",
                "alter table orders set (parallel_workers = 0)",
                "create index orders_customer_idx on orders (customer_id)",
                "create table journal as select i as id, repeat('y', 100) as entry from generate_series(1, 200000) i",
                "create view hot as select * from orders where id <= 40000",
                "vacuum analyze customers",
                "vacuum analyze orders",
                "vacuum analyze journal");
    }

    /** The check as a host would have it, with this YAML under its database. */
    Checker checker(String yaml) {
        String file = "databases:\n  " + NAME + ":\n    uri: " + server.uri(ROLE, NAME.value()) + "\n" + yaml.indent(4);
        AllclearConfig config = ConfigFile.parse(file, "lab", Map.of());
        config.mistakes().throwIfAny();
        return new LatencyCheckerModule()
                .create(new Parts(
                        vertx, Clock.systemUTC(), config, Databases.of(vertx, config), new SimpleMeterRegistry()));
    }

    /** The report of a migration, and what the check took of the database before and after it. */
    CheckReport around(Checker checker, String... migration) throws SQLException {
        Baseline baseline = before(checker);
        execute(migration);
        return after(checker, baseline);
    }

    Baseline before(Checker checker) {
        Baseline baseline = await(checker.before(
                new MigrationStarted(RUN, NAME, Instant.EPOCH, MigrationDescription.NOTHING_SAID), context()));
        return new Baseline(Json.parse(Json.write(baseline.content())), baseline.databaseClock());
    }

    CheckReport after(Checker checker, Baseline baseline) {
        return await(checker.after(
                new MigrationCompleted(
                        RUN,
                        NAME,
                        Instant.now().plusSeconds(60),
                        Optional.of(0),
                        Optional.empty(),
                        Optional.empty(),
                        MigrationDescription.NOTHING_SAID),
                Optional.of(baseline),
                context()));
    }

    Connection connect(String role) throws SQLException {
        return DriverManager.getConnection(server.jdbcUrl(role, NAME.value()));
    }

    void execute(String... statements) throws SQLException {
        try (Connection connection = server.connect(NAME.value());
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** All that the server did for the check so far, waiting for a core included: an upper bound of its processors' time. */
    long serverMillisOfCheck() throws SQLException {
        try (Connection connection = server.connect(NAME.value());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select coalesce(sum(total_exec_time + total_plan_time), 0)"
                        + " from pg_stat_statements where userid = '" + ROLE + "'::regrole and toplevel")) {
            row.next();
            return row.getLong(1);
        }
    }

    /**
     * Processor time of all sessions that have ended so far, as Linux counts it for the process that started them. The check's sessions
     * are short; others that end meanwhile (autovacuum) count as well, so that a difference is an upper bound.
     */
    long processorMillisOfEndedSessions() throws SQLException, IOException {
        try (Connection connection = server.connect(NAME.value())) {
            int pid = connection.unwrap(PGConnection.class).getBackendPID();
            String postmaster = processStatus(pid)[1];
            String[] status = processStatus(Integer.parseInt(postmaster));
            return 10 * (Long.parseLong(status[13]) + Long.parseLong(status[14]));
        }
    }

    /** The fields of {@code /proc/PID/stat} after the command's name: state, parent, …; times in hundredths of a second. */
    private static String[] processStatus(int pid) throws IOException {
        String text = Files.readString(Path.of("/proc/" + pid + "/stat"));
        return text.substring(text.lastIndexOf(')') + 2).split(" ");
    }

    @Override
    public void close() {
        await(vertx.close());
        server.close();
    }

    private static CheckContext context() {
        Clock clock = Clock.systemUTC();
        Instant now = clock.instant();
        return new CheckContext(
                RUN, NAME, CheckName.LATENCY, "lab", clock, now, now.plus(PATIENCE), new Cancellation(), said -> {});
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            throw new AssertionError("no answer within " + PATIENCE, late);
        }
    }
}
