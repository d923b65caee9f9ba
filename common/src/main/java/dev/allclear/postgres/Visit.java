package dev.allclear.postgres;

import dev.allclear.config.Budget;
import dev.allclear.model.Cost;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.function.Function;

/**
 * One check's use of a database in one run: its connections, its budget and what it has cost so far. Owns no connection while
 * nothing is read.
 *
 * <p>Every method fails with {@link DatabaseFailure} and nothing else when the database does not answer.
 */
public final class Visit {
    private final Database database;
    private final String applicationName;
    private final Budget budget;
    private long spentNanos;
    private long besideNanos;
    private long queries;

    Visit(Database database, String applicationName, Budget budget) {
        this.database = database;
        this.applicationName = applicationName;
        this.budget = budget;
    }

    /** Connects, runs the work in one READ COMMITTED, READ ONLY transaction, rolls back and disconnects. */
    public <T> Future<T> read(Function<Statements, Future<T>> work) {
        return session().compose(session -> session.read(work).eventually(session::close));
    }

    /** As {@link #read}, but every statement sees the same snapshot (REPEATABLE READ). */
    public <T> Future<T> snapshot(Function<Statements, Future<T>> work) {
        return session().compose(session -> session.snapshot(work).eventually(session::close));
    }

    /** A connection that is kept over several transactions, for a sampler. The caller closes it. */
    public Future<Session> session() {
        return database.connect(applicationName).compose(connection -> new Session(connection, this).ofPrimary());
    }

    DatabaseFailure onlyStandby() {
        return Failures.standby(database.name());
    }

    /** What this visit has cost the database so far. */
    public synchronized Cost cost() {
        return new Cost(Duration.ofNanos(spentNanos + besideNanos), queries);
    }

    /** The part of the budget that is left, never negative. */
    public synchronized Duration left() {
        Duration left = budget.databaseTime().minusNanos(spentNanos);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** The longest that one of its statements may run. */
    public Duration statementTimeout() {
        return budget.statementTimeout();
    }

    Budget budget() {
        return budget;
    }

    DatabaseFailure exhausted() {
        return Failures.exhausted(database.name(), budget.databaseTime());
    }

    synchronized void spent(long nanos) {
        spentNanos += nanos;
        queries++;
    }

    /** Of what goes with a query, is cheap for the server and no matter of its budget: beginning and ending its transaction, preparing it. */
    synchronized void spentBeside(long nanos) {
        besideNanos += nanos;
    }
}
