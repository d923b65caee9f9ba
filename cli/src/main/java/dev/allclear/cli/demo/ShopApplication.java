package dev.allclear.cli.demo;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * The shop's running application: a few threads that query and change the database as a web shop does, and a log in the form in
 * which a Java service writes one. It knows nothing of migrations: whatever it logs is what PostgreSQL's driver told it.
 */
final class ShopApplication implements AutoCloseable {
    private final String jdbcUrl;
    private final Clock clock;
    private final PrintWriter log;
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean stopped;

    /** One thing that the application does again and again. */
    private interface Work {
        String on(Connection connection, Random random) throws SQLException;
    }

    private ShopApplication(String jdbcUrl, Path logFile, Clock clock) throws IOException {
        this.jdbcUrl = jdbcUrl;
        this.clock = clock;
        this.log = new PrintWriter(
                Files.newBufferedWriter(
                        logFile, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND),
                true);
    }

    static ShopApplication start(String jdbcUrl, Path logFile, Clock clock) throws IOException {
        ShopApplication application = new ShopApplication(jdbcUrl, logFile, clock);
        application.loop("orders", 60, ShopApplication::listOrders);
        application.loop("checkout", 90, ShopApplication::placeOrder);
        application.loop("invoices", 250, ShopApplication::computeInvoice);
        application.loop("promotions", 300, ShopApplication::readPromotions);
        return application;
    }

    private static String listOrders(Connection connection, Random random) throws SQLException {
        long customer = 1L + random.nextInt(50_000);
        try (PreparedStatement statement = connection.prepareStatement(
                "select id, status, total from orders where customer_id = ? order by id desc limit 20")) {
            statement.setLong(1, customer);
            int found = 0;
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found++;
                }
            }
            return "listed " + found + " orders";
        }
    }

    private static String placeOrder(Connection connection, Random random) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "insert into orders (customer_id, status, total, created_at) values (?, 'open', ?, now())")) {
            statement.setLong(1, 1 + random.nextInt(50_000));
            statement.setInt(2, 5 + random.nextInt(400));
            statement.executeUpdate();
            return "placed an order";
        }
    }

    private static String computeInvoice(Connection connection, Random random) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("select total - discount as due from orders where id = ?")) {
            statement.setLong(1, 1 + random.nextInt(500_000));
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? "computed an invoice" : "no such order";
            }
        }
    }

    private static String readPromotions(Connection connection, Random random) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select count(*) from promotions where active");
                ResultSet rows = statement.executeQuery()) {
            rows.next();
            return "showing " + rows.getInt(1) + " promotions";
        }
    }

    private void loop(String name, int pauseMillis, Work work) {
        Thread thread = new Thread(
                () -> {
                    Random random = new Random(name.hashCode());
                    while (!stopped) {
                        runUntilDisconnected(name, pauseMillis, work, random);
                    }
                },
                "shop-" + name);
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    private void runUntilDisconnected(String name, int pauseMillis, Work work, Random random) {
        try (Connection connection = DriverManager.getConnection(jdbcUrl + "&ApplicationName=shop")) {
            connection.createStatement().execute("set lock_timeout = '1s'");
            connection.createStatement().execute("set statement_timeout = '5s'");
            while (!stopped && connection.isValid(2)) {
                attempt(name, work, connection, random);
                Thread.sleep(pauseMillis);
            }
        } catch (SQLException noConnection) {
            if (!stopped) {
                error(name, noConnection);
            }
        } catch (InterruptedException ended) {
            stopped = true;
        }
    }

    private void attempt(String name, Work work, Connection connection, Random random) {
        long begun = System.nanoTime();
        try {
            String did = work.on(connection, random);
            line("INFO ", name, did + " in " + (System.nanoTime() - begun) / 1_000_000 + " ms");
        } catch (SQLException failed) {
            if (!stopped) {
                error(name, failed);
            }
        }
    }

    private synchronized void line(String level, String name, String text) {
        log.println(clock.instant().truncatedTo(ChronoUnit.MILLIS) + " " + level + " [shop-" + name + "] dev.shop."
                + name + " - " + text);
    }

    private synchronized void error(String name, SQLException failed) {
        line("ERROR", name, "request failed");
        log.println(failed);
        Arrays.stream(failed.getStackTrace())
                .filter(frame -> frame.getClassName().startsWith("org.postgresql."))
                .forEach(frame -> log.println("\tat " + frame));
    }

    @Override
    public void close() {
        stopped = true;
        threads.forEach(Thread::interrupt);
        log.close();
    }
}
