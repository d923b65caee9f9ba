package dev.allclear.acceptance.rows;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;

/** An application that writes the tables of {@link LoadedRun} until it is closed; rows that the migration means to change it leaves alone. */
final class RandomWriter implements AutoCloseable {
    private final Connection connection;
    private final int pauseMillis;
    private final Random random;
    private final ObjIntConsumer<String> told;
    private final CountDownLatch first = new CountDownLatch(1);
    private final CountDownLatch stop = new CountDownLatch(1);
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private final Thread thread = new Thread(this::write, "writer");

    /** @param told of each table to which it added rows, and how many; a negative number of deleted ones */
    RandomWriter(Connection connection, int pauseMillis, long seed, ObjIntConsumer<String> told) {
        this.connection = connection;
        this.told = told;
        this.pauseMillis = pauseMillis;
        this.random = new Random(seed);
        thread.start();
    }

    private void write() {
        try (Statement statement = connection.createStatement()) {
            do {
                write(statement);
                first.countDown();
            } while (!stop.await(random.nextInt(2 * pauseMillis) + 1, TimeUnit.MILLISECONDS));
        } catch (SQLException | InterruptedException failed) {
            failure.set(failed);
            first.countDown();
        }
    }

    private void write(Statement statement) throws SQLException {
        String table = new String[] {"orders", "customers", "inbox", "archive"}[random.nextInt(4)];
        String column = table.equals("orders") ? "status" : table.equals("customers") ? "name" : "body";
        int id = 500 + random.nextInt(2500);
        switch (random.nextInt(3)) {
            case 0 ->
                told.accept(
                        table,
                        statement.executeUpdate(
                                table.equals("orders")
                                        ? "insert into orders (status, currency) values ('traffic', 'USD')"
                                        : "insert into " + table + " (" + column + ") values ('traffic')"));
            case 1 -> statement.executeUpdate("update " + table + " set " + column + " = 'changed' where id = " + id);
            default -> told.accept(table, -statement.executeUpdate("delete from " + table + " where id = " + id));
        }
    }

    void awaitFirst() throws InterruptedException {
        first.await();
    }

    void rethrow() throws Exception {
        Exception failed = failure.get();
        if (failed != null) {
            throw failed;
        }
    }

    @Override
    public void close() throws Exception {
        stop.countDown();
        thread.join();
        connection.close();
    }
}
