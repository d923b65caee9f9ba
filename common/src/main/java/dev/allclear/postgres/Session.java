package dev.allclear.postgres;

import dev.allclear.config.Budget;
import dev.allclear.model.Durations;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A connection kept over several transactions. One transaction at a time. After a failure that lost the connection every further
 * call fails with {@link DatabaseFailure.Kind#UNREACHABLE}; open a new session then.
 */
public final class Session {
    /** The server's own limit should fire first, since it leaves the connection usable. */
    private static final Duration CLIENT_MARGIN = Duration.ofMillis(500);

    private final Connection connection;
    private final Visit visit;

    Session(Connection connection, Visit visit) {
        this.connection = connection;
        this.visit = visit;
    }

    /** The server process that serves this session. */
    public int pid() {
        return connection.pid();
    }

    /** Runs the work in one READ COMMITTED, READ ONLY transaction and rolls it back. */
    public <T> Future<T> read(Function<Statements, Future<T>> work) {
        return transaction("READ COMMITTED", work);
    }

    /** As {@link #read}, but every statement sees the same snapshot (REPEATABLE READ). */
    public <T> Future<T> snapshot(Function<Statements, Future<T>> work) {
        return transaction("REPEATABLE READ", work);
    }

    public Future<Void> close() {
        return connection.close();
    }

    private <T> Future<T> transaction(String isolation, Function<Statements, Future<T>> work) {
        Budget budget = visit.budget();
        String begin = "BEGIN ISOLATION LEVEL " + isolation + " READ ONLY"
                + "; SET LOCAL statement_timeout = " + budget.statementTimeout().toMillis()
                + "; SET LOCAL lock_timeout = " + budget.lockTimeout().toMillis()
                + "; SET LOCAL idle_in_transaction_session_timeout = 60000"
                + "; SET LOCAL row_security = off";
        return connection
                .simple(begin, budget.statementTimeout().plus(CLIENT_MARGIN))
                .compose(begun -> safely(work))
                .transform(done -> rollback()
                        .transform(rolledBack -> done.succeeded()
                                ? Future.succeededFuture(done.result())
                                : Future.<T>failedFuture(done.cause())));
    }

    private <T> Future<T> safely(Function<Statements, Future<T>> work) {
        try {
            return work.apply(new Transaction());
        } catch (RuntimeException bug) {
            return Future.failedFuture(bug);
        }
    }

    /** A connection whose transaction could not be ended is never used again. */
    private Future<Void> rollback() {
        return connection
                .simple("ROLLBACK", Duration.ofSeconds(1))
                .onFailure(stuck -> connection.discard())
                .mapEmpty();
    }

    private final class Transaction implements Statements {
        private Duration limit = visit.budget().statementTimeout();

        @Override
        public Future<List<ResultRow>> query(String sql, Object... parameters) {
            List<Object> values = Arrays.asList(parameters);
            return accounted(() -> connection.prepared(sql, values, limit.plus(CLIENT_MARGIN)));
        }

        @Override
        public Future<List<ResultRow>> simple(String sql) {
            return accounted(() -> connection.simple(sql, limit.plus(CLIENT_MARGIN)));
        }

        @Override
        public Future<Void> limit(Duration statementTimeout) {
            if (statementTimeout.isZero() || statementTimeout.isNegative()) {
                return Future.failedFuture(new IllegalArgumentException(
                        "a statement needs some time, not " + Durations.format(statementTimeout)));
            }
            limit = statementTimeout;
            return connection
                    .simple("SET LOCAL statement_timeout = " + statementTimeout.toMillis(), Duration.ofSeconds(1))
                    .mapEmpty();
        }

        private Future<List<ResultRow>> accounted(Supplier<Future<List<ResultRow>>> statement) {
            if (visit.left().isZero()) {
                return Future.failedFuture(visit.exhausted());
            }
            long begun = System.nanoTime();
            return statement.get().onComplete(done -> visit.spent(System.nanoTime() - begun));
        }
    }
}
