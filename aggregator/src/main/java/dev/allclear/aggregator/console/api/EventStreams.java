package dev.allclear.aggregator.console.api;

import dev.allclear.aggregator.console.history.RunChange;
import dev.allclear.aggregator.console.http.Asked;
import dev.allclear.aggregator.console.http.Refusal;
import dev.allclear.aggregator.console.http.Reply;
import dev.allclear.aggregator.console.http.Route;
import dev.allclear.codec.Json;
import dev.allclear.model.DatabaseName;
import dev.allclear.model.RunId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What is heard of runs, as server-sent events. Nothing is stored for a client: one that does not keep up is told, once it reads again,
 * that it has missed something, and asks for the state itself.
 */
public final class EventStreams {
    private static final int MOST_CLIENTS = 200;
    private static final int LONGEST_QUEUE = 64 * 1024;

    private final Vertx vertx;
    private final News news;
    private final Duration heartbeat;
    private int clients;

    public EventStreams(Vertx vertx, News news, Duration heartbeat) {
        this.vertx = vertx;
        this.news = news;
        this.heartbeat = heartbeat;
    }

    public List<Route> routes() {
        return List.of(new Route(HttpMethod.GET, "/v1/events", false, this::open));
    }

    private Future<Optional<Reply>> open(Asked asked) {
        asked.only("run", "database");
        Optional<DatabaseName> database = asked.database();
        Optional<RunId> run = asked.parameter("run").map(EventStreams::run);
        if (clients >= MOST_CLIENTS) {
            throw Refusal.unavailable(MOST_CLIENTS + " clients follow events already");
        }
        clients++;
        HttpServerResponse response = asked.request().response();
        response.setChunked(true)
                .setWriteQueueMaxSize(LONGEST_QUEUE)
                .putHeader("content-type", "text/event-stream; charset=utf-8")
                .putHeader("x-accel-buffering", "no");
        Client client = new Client(
                response,
                change -> run.map(change.key().run()::equals).orElse(true)
                        && database.map(change.key().database()::equals).orElse(true));
        response.write("retry: 2000\n: follows\n\n");
        Runnable leave = news.follow(client::tell);
        long beats = vertx.setPeriodic(heartbeat.toMillis(), beat -> client.beat());
        response.closeHandler(closed -> {
            clients--;
            leave.run();
            vertx.cancelTimer(beats);
        });
        return Future.succeededFuture(Optional.empty());
    }

    private static RunId run(String text) {
        try {
            return new RunId(text);
        } catch (IllegalArgumentException wrong) {
            throw Refusal.badRequest(String.valueOf(wrong.getMessage()));
        }
    }

    private static final class Client {
        private final HttpServerResponse response;
        private final Predicate<RunChange> wanted;
        private boolean hasMissed;

        Client(HttpServerResponse response, Predicate<RunChange> wanted) {
            this.response = response;
            this.wanted = wanted;
            response.drainHandler(drained -> catchUp());
        }

        void tell(RunChange change) {
            if (!wanted.test(change)) {
                return;
            }
            if (response.writeQueueFull()) {
                hasMissed = true;
            } else {
                response.write("event: change\ndata: " + Json.write(viewOf(change)) + "\n\n");
            }
        }

        void beat() {
            if (!response.writeQueueFull()) {
                response.write(": still here\n\n");
            }
        }

        private void catchUp() {
            if (hasMissed) {
                hasMissed = false;
                response.write("event: missed\ndata: {}\n\n");
            }
        }
    }

    private static Map<String, Object> viewOf(RunChange change) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("type", change.type().wireName());
        view.put("runId", change.key().run().value());
        view.put("database", change.key().database().value());
        change.check().ifPresent(check -> view.put("check", check.value()));
        view.put("at", change.at().toString());
        return view;
    }
}
