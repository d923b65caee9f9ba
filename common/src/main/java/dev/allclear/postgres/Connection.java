package dev.allclear.postgres;

import dev.allclear.model.DatabaseName;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.impl.PgConnectionFactory;
import io.vertx.sqlclient.PreparedStatement;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import io.vertx.sqlclient.impl.SocketConnectionBase;
import io.vertx.sqlclient.internal.SqlConnectionInternal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection with a time limit of our own on everything. A statement that overruns it is cancelled on the server, and the
 * connection is thrown away: the PG client has no time-out, so a stopped backend would hang it for ever.
 */
final class Connection {
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

    private final Vertx vertx;
    private final PgConnection client;
    private final DatabaseName database;
    private final Places.Place place;
    private boolean discarded;

    private Connection(Vertx vertx, PgConnection client, DatabaseName database, Places.Place place) {
        this.vertx = vertx;
        this.client = client;
        this.database = database;
        this.place = place;
        client.closeHandler(closed -> place.free());
        // whoever waits for an answer is told; what comes while nobody waits the client would print with its stack
        // trace
        client.exceptionHandler(lost -> LOG.debug("database {} ended a connection: {}", database, lost.getMessage()));
    }

    static Future<Connection> open(
            Vertx vertx, PgConnectOptions options, DatabaseName database, Duration limit, Places.Place place) {
        Promise<Connection> promise = Promise.promise();
        // as PgConnection.connect does, but with the way to end an attempt that nobody answers: it would keep its
        // socket for ever
        PgConnectionFactory attempt = new PgConnectionFactory((VertxInternal) vertx);
        long timer = vertx.setTimer(limit.toMillis(), fired -> {
            place.free();
            attempt.close(Promise.promise());
            promise.tryFail(new DatabaseFailure(
                    DatabaseFailure.Kind.UNREACHABLE,
                    java.util.Optional.empty(),
                    "database " + database + " did not accept a connection within " + limit.toSeconds() + " s"));
        });
        attempt.connect(vertx.getOrCreateContext(), options)
                .map(PgConnection::cast)
                .onComplete(done -> {
                    vertx.cancelTimer(timer);
                    if (done.failed()) {
                        place.free();
                        promise.tryFail(Failures.onConnect(database, done.cause()));
                    } else {
                        Connection connection = new Connection(vertx, done.result(), database, place);
                        if (!promise.tryComplete(connection)) {
                            connection.discard();
                        }
                    }
                });
        return promise.future();
    }

    int pid() {
        return client.processId();
    }

    Future<List<ResultRow>> simple(String sql, Duration limit) {
        return limited(limit, () -> client.query(sql).execute().map(Connection::rows));
    }

    Future<List<ResultRow>> prepared(String sql, List<Object> parameters, Duration limit) {
        return limited(limit, () -> client.preparedQuery(sql)
                .execute(
                        Tuple.from(parameters.stream().map(Connection::sendable).toList()))
                .map(Connection::rows));
    }

    /** Parses the text as one statement and forgets it again. */
    Future<Void> parse(String sql, Duration limit) {
        return limited(limit, () -> client.prepare(sql).compose(PreparedStatement::close));
    }

    /** No text in PostgreSQL holds a NUL; one that a stranger put into a name must find nothing rather than break the statement. */
    private static Object sendable(Object parameter) {
        if (parameter instanceof String text) {
            return text.replace('\0', '\uFFFD');
        }
        return parameter instanceof String[] texts
                ? Arrays.stream(texts).map(text -> text.replace('\0', '\uFFFD')).toArray(String[]::new)
                : parameter;
    }

    private <T> Future<T> limited(Duration limit, Supplier<Future<T>> statement) {
        if (discarded) {
            return Future.failedFuture(Failures.lost(database));
        }
        Promise<T> promise = Promise.promise();
        long timer = vertx.setTimer(Math.max(1, limit.toMillis()), fired -> {
            client.cancelRequest();
            discard();
            promise.tryFail(Failures.timedOut(database, limit));
        });
        statement.get().onComplete(done -> {
            vertx.cancelTimer(timer);
            if (done.succeeded()) {
                promise.tryComplete(done.result());
            } else {
                promise.tryFail(Failures.onStatement(database, done.cause()));
            }
        });
        return promise.future();
    }

    /** Of several statements in one message, the last that brought rows. */
    private static RowSet<Row> answer(RowSet<Row> first) {
        RowSet<Row> answer = first;
        for (RowSet<Row> result = first; result != null; result = result.next()) {
            if (result.size() > 0) {
                answer = result;
            }
        }
        return answer;
    }

    private static List<ResultRow> rows(RowSet<Row> results) {
        RowSet<Row> result = answer(results);
        List<ResultRow> rows = new ArrayList<>(result.size());
        for (Row row : result) {
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            for (int i = 0; i < row.size(); i++) {
                values.put(row.getColumnName(i), row.getValue(i));
            }
            rows.add(new ResultRow(values));
        }
        return rows;
    }

    /** Ends the session in order; never waits longer than a second for it. */
    Future<Void> close() {
        if (discarded) {
            return Future.succeededFuture();
        }
        Promise<Void> promise = Promise.promise();
        long timer = vertx.setTimer(1_000, fired -> {
            discard();
            promise.tryComplete();
        });
        client.close().onComplete(done -> {
            vertx.cancelTimer(timer);
            place.free();
            promise.tryComplete();
        });
        return promise.future();
    }

    /** Cuts the connection without a word: the server may not be listening, and {@code close} would queue behind what hangs. */
    void discard() {
        discarded = true;
        place.free();
        if (client instanceof SqlConnectionInternal internal
                && internal.unwrap().unwrap() instanceof SocketConnectionBase socketConnection) {
            socketConnection.socket().close();
        } else {
            client.close();
        }
    }
}
