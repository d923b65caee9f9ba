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

    private static final String STANDBY = """
            -- Is it a standby? Takes no lock.
            SHOW in_hot_standby
            """;

    private final Connection connection;
    private final Visit visit;

    Session(Connection connection, Visit visit) {
        this.connection = connection;
        this.visit = visit;
    }

    /** This, unless the server is a standby: that has the migration's rows some time later, and its sessions, locks and statistics never. */
    Future<Session> ofPrimary() {
        long begun = System.nanoTime();
        return connection
                .simple(STANDBY, limit())
                .onComplete(done -> visit.spentBeside(System.nanoTime() - begun))
                .compose(rows -> rows.get(0).text("in_hot_standby").equals("on")
                        ? Future.<Session>failedFuture(visit.onlyStandby())
                        : Future.succeededFuture(this))
                .recover(failure -> close().transform(closed -> Future.failedFuture(failure)));
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

    /**
     * Runs one statement in a transaction as {@link #read} does, but in one message and one round trip: for a sampler. The text must
     * hold no value that was not quoted by {@link SqlText}.
     */
    public Future<List<ResultRow>> readOnce(String sql) {
        if (visit.left().isZero()) {
            return Future.failedFuture(visit.exhausted());
        }
        long begun = System.nanoTime();
        return connection
                .simple(begin("READ COMMITTED") + "; " + sql + "; ROLLBACK", limit())
                .onComplete(done -> visit.spent(System.nanoTime() - begun))
                .recover(failed -> rollback().transform(rolledBack -> Future.failedFuture(failed)));
    }

    /** Prepares a statement for as long as this connection lives; it is planned but not run, so it counts as no query. */
    public Future<Void> prepare(String sql) {
        long begun = System.nanoTime();
        return connection
                .simple(begin("READ COMMITTED") + "; " + sql + "; ROLLBACK", limit())
                .onComplete(done -> visit.spentBeside(System.nanoTime() - begun))
                .mapEmpty();
    }

    public Future<Void> close() {
        return connection.close();
    }

    private <T> Future<T> transaction(String isolation, Function<Statements, Future<T>> work) {
        long begun = System.nanoTime();
        return connection
                .simple(begin(isolation), limit())
                .onComplete(done -> visit.spentBeside(System.nanoTime() - begun))
                .compose(open -> safely(work))
                .transform(done -> rollback()
                        .transform(rolledBack -> done.succeeded()
                                ? Future.succeededFuture(done.result())
                                : Future.<T>failedFuture(done.cause())));
    }

    private String begin(String isolation) {
        Budget budget = visit.budget();
        return "BEGIN ISOLATION LEVEL " + isolation + " READ ONLY"
                + "; SET LOCAL statement_timeout = " + budget.statementTimeout().toMillis()
                + "; SET LOCAL lock_timeout = " + budget.lockTimeout().toMillis()
                + "; SET LOCAL idle_in_transaction_session_timeout = 60000"
                + "; SET LOCAL row_security = off";
    }

    private Duration limit() {
        return visit.budget().statementTimeout().plus(CLIENT_MARGIN);
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
        long begun = System.nanoTime();
        return connection
                .simple("ROLLBACK", Duration.ofSeconds(1))
                .onComplete(done -> visit.spentBeside(System.nanoTime() - begun))
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
        public Future<Void> parse(String sql) {
            return accounted(() -> connection.parse(sql, limit.plus(CLIENT_MARGIN)));
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

        private <T> Future<T> accounted(Supplier<Future<T>> statement) {
            if (visit.left().isZero()) {
                return Future.failedFuture(visit.exhausted());
            }
            long begun = System.nanoTime();
            return statement.get().onComplete(done -> visit.spent(System.nanoTime() - begun));
        }
    }
}
