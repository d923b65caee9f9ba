package dev.allclear.service;

import dev.allclear.config.AllclearConfig.HttpConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;

/** Serves a process's {@link HealthRoutes}. */
public final class HealthServer {
    private final HttpServer server;

    private HealthServer(HttpServer server) {
        this.server = server;
    }

    /** Fails when the address cannot be listened on. */
    public static Future<HealthServer> start(Vertx vertx, HttpConfig address, HealthRoutes routes) {
        return vertx.createHttpServer()
                .requestHandler(routes)
                .listen(address.port(), address.host())
                .map(HealthServer::new);
    }

    /** The port it listens on, also when a free one was asked for. */
    public int port() {
        return server.actualPort();
    }

    public Future<Void> close() {
        return server.close();
    }
}
