package dev.allclear.lock;

import dev.allclear.testkit.PostgresExtension;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** A database made from another as its template: its tables have the same OIDs. */
final class EmbeddedClone {
    private EmbeddedClone() {}

    static void create(PostgresExtension postgres, String original, String clone) throws SQLException {
        try (Connection connection = connect(postgres, "postgres");
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "select pg_terminate_backend(pid) from pg_stat_activity where datname = '" + original + "'");
            statement.execute("create database " + clone + " template " + original);
        }
    }

    static Connection connect(PostgresExtension postgres, String database) throws SQLException {
        return DriverManager.getConnection(postgres.jdbcUrl().replaceAll("/[^/?]+\\?", "/" + database + "?"));
    }
}
