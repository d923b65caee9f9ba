package dev.allclear.aggregator.console.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Bounds how many connections there are and how long one may be open without being answered: a client that dribbles its request, or
 * none, is cut off. While an answer is being made nothing is cut off, however long that takes. On one event loop.
 */
final class Connections {
    private static final int MOST = 1_000;

    private final Vertx vertx;
    private final Duration patience;
    private final Map<HttpConnection, Long> waiting = new HashMap<>();
    private int open;

    Connections(Vertx vertx, Duration patience) {
        this.vertx = vertx;
        this.patience = patience;
    }

    void opened(HttpConnection connection) {
        if (open >= MOST) {
            connection.close();
            return;
        }
        open++;
        connection.closeHandler(closed -> {
            open--;
            stopWaiting(connection);
        });
        startWaiting(connection);
    }

    /** The request has arrived whole. */
    void asked(HttpServerRequest request) {
        stopWaiting(request.connection());
    }

    /** The answer is out: the next request may take its time again. */
    void answered(HttpServerRequest request) {
        startWaiting(request.connection());
    }

    private void startWaiting(HttpConnection connection) {
        stopWaiting(connection);
        waiting.put(connection, vertx.setTimer(patience.toMillis(), late -> {
            waiting.remove(connection);
            connection.close();
        }));
    }

    private void stopWaiting(HttpConnection connection) {
        Long timer = waiting.remove(connection);
        if (timer != null) {
            vertx.cancelTimer(timer);
        }
    }
}
