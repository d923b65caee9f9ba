package dev.allclear.aggregator.console.http;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves routes. Every request is handled on one event loop; nothing of a request is ever logged. */
public final class Site {
    private static final Logger LOG = LoggerFactory.getLogger(Site.class);
    private static final int MOST_HEADERS = 60;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final List<Route> routes;
    private final Door door;
    private final Connections connections;
    private final HttpServer server;

    private Site(Vertx vertx, List<Route> routes, Door door, Duration patience) {
        this.routes = List.copyOf(routes);
        this.door = door;
        this.connections = new Connections(vertx, patience);
        this.server = vertx.createHttpServer(new HttpServerOptions()
                        .setMaxInitialLineLength(4096)
                        .setMaxHeaderSize(16 * 1024)
                        .setHttp2ClearTextEnabled(false)
                        .setTcpKeepAlive(true))
                .connectionHandler(connections::opened)
                .requestHandler(this::handle);
    }

    /** Listens; fails when the address is taken. Everything runs on the given context. */
    public static Future<Site> open(
            Vertx vertx, Context context, String host, int port, Door door, List<Route> routes) {
        return open(vertx, context, host, port, door, routes, PATIENCE);
    }

    static Future<Site> open(
            Vertx vertx, Context context, String host, int port, Door door, List<Route> routes, Duration patience) {
        Promise<Site> open = Promise.promise();
        context.runOnContext(here -> {
            Site site = new Site(vertx, routes, door, patience);
            site.server.listen(port, host).map(site).onComplete(open);
        });
        return open.future();
    }

    /** The port it listens on, also when a free one was asked for. */
    public int port() {
        return server.actualPort();
    }

    public Future<Void> close() {
        return server.close();
    }

    private void handle(HttpServerRequest request) {
        HttpServerResponse response = request.response();
        response.endHandler(ended -> connections.answered(request));
        response.exceptionHandler(gone -> {});
        protect(response);
        try {
            if (request.headers().size() > MOST_HEADERS) {
                throw new Refusal(431, "a request may have " + MOST_HEADERS + " headers");
            }
            String path = String.valueOf(request.path());
            Optional<Route> route = routes.stream()
                    .filter(candidate -> candidate.method().equals(request.method()))
                    .filter(candidate -> candidate.match(path).isPresent())
                    .findFirst();
            door.check(request, route.map(Route::isOpen).orElse(false));
            Route found = route.orElseThrow(() -> nothingThere(request, path));
            Map<String, String> values = found.match(path).orElseThrow();
            Bodies.read(request)
                    .compose(body -> {
                        connections.asked(request);
                        return found.handling().answer(new Asked(request, values, body));
                    })
                    .onSuccess(reply -> reply.ifPresent(whole -> send(response, whole)))
                    .onFailure(failure -> fail(request, failure));
        } catch (RuntimeException failure) {
            fail(request, failure);
        }
    }

    private Refusal nothingThere(HttpServerRequest request, String path) {
        List<Route> others =
                routes.stream().filter(route -> route.match(path).isPresent()).toList();
        if (others.isEmpty()) {
            return Refusal.notFound("there is nothing here");
        }
        String allowed = others.stream().map(route -> route.method().name()).collect(Collectors.joining(", "));
        request.response().putHeader("allow", allowed);
        return new Refusal(405, "only " + allowed);
    }

    private static void fail(HttpServerRequest request, Throwable failure) {
        HttpServerResponse response = request.response();
        if (failure instanceof Refusal refusal) {
            boolean isPage = refusal.status() == 401
                    && String.valueOf(request.getHeader("accept")).contains("text/html");
            if (refusal.status() == 413) {
                response.putHeader("connection", "close");
            }
            if (refusal.status() == 401) {
                response.putHeader("www-authenticate", "Bearer");
            }
            send(response, isPage ? Reply.seeOther("/login") : Reply.refused(refusal));
            return;
        }
        if (failure instanceof IllegalArgumentException) {
            send(response, Reply.refused(Refusal.badRequest("the request cannot be understood")));
            return;
        }
        LOG.error("a request to the console failed", failure);
        send(response, Reply.refused(new Refusal(500, "an unexpected error; the log of the console says more")));
    }

    private static void protect(HttpServerResponse response) {
        response.putHeader("x-content-type-options", "nosniff")
                .putHeader("x-frame-options", "DENY")
                .putHeader("referrer-policy", "same-origin")
                .putHeader("cross-origin-resource-policy", "same-origin")
                .putHeader("cross-origin-opener-policy", "same-origin")
                .putHeader("content-security-policy", "default-src 'none'; frame-ancestors 'none'")
                .putHeader("cache-control", "no-store");
    }

    private static void send(HttpServerResponse response, Reply reply) {
        if (!response.ended() && !response.closed()) {
            response.setStatusCode(reply.status()).putHeader("content-type", reply.type());
            reply.headers().forEach(response::putHeader);
            response.end(reply.body());
        }
    }
}
