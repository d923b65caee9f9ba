package dev.allclear.acceptance.services;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;

/** A migration command for tests: runs each argument after the JDBC URL as a statement, in autocommit. */
public final class SqlTool {
    private SqlTool() {}

    public static void main(String[] args) throws Exception {
        try (Connection connection = DriverManager.getConnection(args[0]);
                Statement statement = connection.createStatement()) {
            for (int i = 1; i < args.length; i++) {
                statement.execute(args[i]);
            }
        }
        System.out.println("migrated");
    }
}
