package dev.allclear.acceptance.latency;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/** Threads that use the database, or the machine, until closed. */
final class Workers implements AutoCloseable {
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicLong calls = new AtomicLong();
    private volatile boolean closed;

    /** What the application asks all the time. */
    static Workers application(LatencyLab lab, int sessions, long pauseMillis) {
        Workers workers = new Workers();
        for (int i = 0; i < sessions; i++) {
            workers.start(() -> workers.ask(
                    lab,
                    pauseMillis,
                    "select * from orders where customer_id = ? order by id desc limit 20",
                    "select c.name, count(*) from customers c join orders o on o.customer_id = c.id where c.id = ?"
                            + " group by c.name"));
        }
        return workers;
    }

    /** Another load on the same machine: two cores' worth of arithmetic, and reads and writes of another table. */
    static Workers otherLoad(LatencyLab lab) {
        Workers workers = new Workers();
        for (int i = 0; i < 2; i++) {
            workers.start(workers::compute);
        }
        workers.start(() -> workers.ask(lab, 0, "update journal set entry = entry || '' where id = ?"));
        workers.start(() -> workers.ask(lab, 0, "select count(*) from journal where id > ?"));
        return workers;
    }

    long calls() {
        return calls.get();
    }

    @Override
    public void close() {
        closed = true;
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void start(Runnable work) {
        Thread thread = new Thread(work, "worker");
        thread.start();
        threads.add(thread);
    }

    private void ask(LatencyLab lab, long pauseMillis, String... queries) {
        Random random = ThreadLocalRandom.current();
        try (Connection connection = lab.connect(LatencyLab.APPLICATION)) {
            while (!closed) {
                for (String query : queries) {
                    try (PreparedStatement statement = connection.prepareStatement(query)) {
                        statement.setInt(1, 1 + random.nextInt(9_999));
                        statement.execute();
                    }
                    calls.incrementAndGet();
                }
                if (pauseMillis > 0) {
                    Thread.sleep(pauseMillis);
                }
            }
        } catch (SQLException | InterruptedException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private void compute() {
        double sum = 0;
        while (!closed) {
            for (int i = 1; i < 100_000; i++) {
                sum += Math.sqrt(i);
            }
        }
        if (sum < 0) {
            throw new IllegalStateException("a sum of roots cannot be negative");
        }
    }
}
