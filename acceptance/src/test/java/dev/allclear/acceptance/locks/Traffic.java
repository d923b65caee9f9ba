package dev.allclear.acceptance.locks;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What goes on in a healthy production database: transactions as pgbench makes them, some of them slow to commit; reports that read
 * everything in one long transaction as pg_dump does; index builds and vacuums of somebody else; autovacuum.
 */
final class Traffic implements AutoCloseable {
    private static final int ACCOUNTS = 2_000;
    private final Shop shop;
    private final long seed;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final AtomicLong commits = new AtomicLong();
    private final List<Thread> threads = new ArrayList<>();
    private final List<Throwable> failures = java.util.Collections.synchronizedList(new ArrayList<>());

    private interface Work {
        void run(Connection connection, Random random) throws SQLException;
    }

    Traffic(Shop shop, long seed) throws SQLException {
        this.shop = shop;
        this.seed = seed;
    }

    static void tables(Shop shop) throws SQLException {
        shop.execute(
                "create table accounts (id int primary key, balance numeric not null, note text)",
                "insert into accounts select i, 0, repeat('x', 100) from generate_series(1, " + ACCOUNTS + ") i",
                "create table history (id bigserial primary key, account int references accounts, amount int, at timestamptz default now())");
    }

    Traffic clients(int count, int pauseMillis) {
        for (int i = 0; i < count; i++) {
            Random random = new Random(seed + i);
            start("shop", random, (connection, dice) -> {
                transact(connection, dice);
                pause(pauseMillis);
            });
        }
        return this;
    }

    Traffic others() {
        start("pg_dump", new Random(seed - 1), (connection, random) -> {
            Shop.run(
                    connection,
                    "set transaction isolation level repeatable read",
                    "lock table accounts, history in access share mode",
                    "select count(*) from accounts",
                    "select count(*) from history");
            pause(3_000 + random.nextInt(6_000));
            connection.commit();
        });
        start("cron", new Random(seed - 2), (connection, random) -> {
            connection.setAutoCommit(true);
            Shop.run(
                    connection,
                    "drop index concurrently if exists history_at",
                    "create index concurrently history_at on history (at)",
                    "vacuum (analyze) accounts");
            pause(500 + random.nextInt(500));
        });
        return this;
    }

    private void start(String application, Random random, Work work) {
        Thread thread = new Thread(() -> {
            try (Connection connection = shop.open(application)) {
                connection.setAutoCommit(false);
                while (!ended.get()) {
                    work.run(connection, random);
                }
            } catch (SQLException | RuntimeException failed) {
                if (!ended.get()) {
                    failures.add(failed);
                }
            }
        });
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    private void transact(Connection connection, Random random) throws SQLException {
        int account = 1 + random.nextInt(random.nextInt(4) == 0 ? 10 : ACCOUNTS);
        try (PreparedStatement update =
                        connection.prepareStatement("update accounts set balance = balance + 1 where id = ?");
                PreparedStatement select = connection.prepareStatement("select balance from accounts where id = ?");
                PreparedStatement insert =
                        connection.prepareStatement("insert into history (account, amount) values (?, 1)")) {
            update.setInt(1, account);
            update.execute();
            if (random.nextInt(50) == 0) {
                pause(random.nextInt(400)); // an application that calls elsewhere in its transaction
            }
            select.setInt(1, account);
            select.execute();
            insert.setInt(1, account);
            insert.execute();
            connection.commit();
            commits.incrementAndGet();
        }
    }

    long commits() {
        return commits.get();
    }

    static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        ended.set(true);
        threads.forEach(Thread::interrupt);
        for (Thread thread : threads) {
            try {
                thread.join(10_000);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        if (!failures.isEmpty()) {
            throw new IllegalStateException("the traffic broke down", failures.get(0));
        }
    }
}
