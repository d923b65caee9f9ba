package dev.allclear.acceptance.locks;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/** One of several migrations that are tried at the same time, each with tables of its own, so that none disturbs another. */
record Lane(Shop shop, int number, Random random) {
    static void tables(Shop shop, int lanes) throws SQLException {
        for (int i = 0; i < lanes; i++) {
            shop.execute(
                    "create table orders_%d (id int primary key, total numeric, note text)".formatted(i),
                    "insert into orders_%d select n, n from generate_series(1, 200) n".formatted(i),
                    "create table events_%d (at int) partition by range (at)".formatted(i),
                    "create table events_%1$d_old partition of events_%1$d for values from (0) to (10)".formatted(i));
        }
    }

    String table() {
        return "orders_" + number;
    }

    String partitioned() {
        return "events_" + number;
    }

    /** The name under which this lane's migration shows. */
    String tool() {
        return "flyway-" + number;
    }

    Connection migration(String... statements) throws SQLException {
        return shop.begin(tool(), statements);
    }

    static CompletableFuture<Void> inBackground(Connection connection, String... statements) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try (connection) {
                Shop.run(connection, statements);
                done.complete(null);
            } catch (SQLException | RuntimeException ended) {
                done.completeExceptionally(ended);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return done;
    }
}
