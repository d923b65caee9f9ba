package dev.allclear.hook;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** The server process of a tool's own session, by which Allclear tells the migration's locks from everybody else's. */
public final class BackendPid {
    private BackendPid() {}

    /** Empty where it cannot be asked: the announcement does without. */
    public static List<Integer> of(Connection connection) {
        try (Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("-- which session is this? takes no lock\nselect pg_backend_pid()")) {
            return rows.next() ? List.of(rows.getInt(1)) : List.of();
        } catch (SQLException unknown) {
            return List.of();
        }
    }
}
