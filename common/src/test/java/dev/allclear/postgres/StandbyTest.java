package dev.allclear.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.allclear.config.ConfigFile;
import dev.allclear.embedded.EmbeddedDatabase;
import dev.allclear.model.CheckName;
import dev.allclear.model.DatabaseName;
import dev.allclear.model.RunId;
import io.vertx.core.Vertx;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A standby has its primary's rows, some time later, and none of its sessions, locks and statistics. */
final class StandbyTest {
    private static EmbeddedDatabase server;
    private static Vertx vertx;

    @BeforeAll
    static void start() throws Exception {
        server = EmbeddedDatabase.start();
        vertx = Vertx.vertx();
        becomeStandby();
    }

    @AfterAll
    static void stop() throws Exception {
        vertx.close().await(10, TimeUnit.SECONDS);
        server.close();
    }

    @Test
    void isNoAnswer_whatAStandbyShows() {
        String config = "databases: {shop: {uri: \"" + server.uri("postgres", "postgres") + "\"}}";
        Database database =
                Databases.of(vertx, ConfigFile.parse(config, "test", Map.of())).get(new DatabaseName("shop"));

        DatabaseFailure failure =
                catchThrowableOfType(DatabaseFailure.class, () -> database.visit(CheckName.LOCKS, new RunId("run-1"))
                        .read(tx -> tx.query("select count(*)::int8 as locks from pg_locks"))
                        .await(20, TimeUnit.SECONDS));

        assertThat(failure.kind()).isEqualTo(DatabaseFailure.Kind.UNREACHABLE);
        assertThat(failure).hasMessageContaining("database shop is a standby");
    }

    /** A server that starts anew, as after the death of one of its processes, looks for this file. */
    private static void becomeStandby() throws Exception {
        long pid;
        try (Connection connection = server.connect("postgres");
                Statement statement = connection.createStatement()) {
            String folder = text(statement, "show data_directory");
            statement.execute("copy (select '') to '" + folder + "/standby.signal'");
            pid = Long.parseLong(text(statement, "select pg_backend_pid()"));
            new ProcessBuilder("kill", "-9", String.valueOf(pid)).start().waitFor();
        } catch (SQLException gone) {
            // as it should be
        }
        Awaitility.await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> {
            try (Connection connection = server.connect("postgres");
                    Statement statement = connection.createStatement()) {
                return text(statement, "select pg_is_in_recovery()").equals("t");
            }
        });
    }

    private static String text(Statement statement, String sql) throws SQLException {
        try (ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
