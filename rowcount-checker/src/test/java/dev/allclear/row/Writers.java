package dev.allclear.row;

import dev.allclear.testkit.PostgresExtension;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** An application that goes on inserting into {@code visits} until it is closed. */
final class Writers implements AutoCloseable {
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final CountDownLatch some = new CountDownLatch(20);
    private final Thread thread;

    Writers(PostgresExtension postgres) throws SQLException {
        Connection connection = postgres.connection();
        this.thread = new Thread(() -> write(connection));
        thread.start();
    }

    private void write(Connection connection) {
        try (Statement statement = connection.createStatement()) {
            while (!stopped.get()) {
                statement.execute("insert into visits values (now())");
                some.countDown();
                LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
            }
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    void awaitSome() {
        try {
            if (!some.await(30, TimeUnit.SECONDS)) {
                throw new AssertionError("nothing was written");
            }
        } catch (InterruptedException stop) {
            throw new AssertionError(stop);
        }
    }

    @Override
    public void close() throws InterruptedException {
        stopped.set(true);
        thread.join();
    }
}
