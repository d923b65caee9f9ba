package dev.allclear.cli;

import java.io.File;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** A migration tool as small as can be: runs each statement it is given, and ends with 1 when one fails. */
final class SqlTool {
    private SqlTool() {}

    static List<String> command(String jdbcUrl, String... statements) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path").replace("\n", File.pathSeparator),
                SqlTool.class.getName(),
                jdbcUrl));
        command.addAll(List.of(statements));
        return command;
    }

    public static void main(String[] args) throws Exception {
        try (Connection connection = DriverManager.getConnection(args[0]);
                Statement statement = connection.createStatement()) {
            for (int i = 1; i < args.length; i++) {
                statement.execute(args[i]);
            }
        }
    }
}
