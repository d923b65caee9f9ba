package dev.allclear.cli.demo;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** Changes a table in a transaction and then waits for somebody to tell it to commit. Nobody does. Argument: JDBC URL. */
public final class PromotionHelper {
    private static final int LONGEST_LIFE_SECONDS = 300;

    private PromotionHelper() {}

    public static void main(String[] args) throws InterruptedException {
        try (Connection connection = DriverManager.getConnection(args[0] + "&ApplicationName=promotion-helper");
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("set local lock_timeout = '20s'");
            statement.execute("alter table promotions add column priority int not null default 0");
            System.out.println("ready");
            System.out.flush();
            for (int waited = 0; waited < LONGEST_LIFE_SECONDS && connection.isValid(1); waited++) {
                Thread.sleep(1_000);
            }
        } catch (SQLException ended) {
            // its session was terminated: that is how it ends
        }
    }
}
