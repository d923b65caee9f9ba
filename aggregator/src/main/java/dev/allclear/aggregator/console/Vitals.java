package dev.allclear.aggregator.console;

import dev.allclear.aggregator.console.history.RunHistory;
import dev.allclear.aggregator.console.http.Asked;
import dev.allclear.aggregator.console.http.Refusal;
import dev.allclear.aggregator.console.http.Reply;
import dev.allclear.aggregator.console.http.Route;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** Whether the console knows what the topics hold, and the process's metrics. */
record Vitals(RunHistory history, BooleanSupplier hasCaughtUp, MeterRegistry meters) {
    List<Route> routes() {
        return List.of(
                Route.get("/health", asked -> Future.succeededFuture(health())).open(),
                Route.get("/metrics", this::metrics));
    }

    /** Says nothing of any run: it is answered without a token. */
    private Reply health() {
        return hasCaughtUp.getAsBoolean()
                ? Reply.json(200, Map.of("status", "UP"))
                : Reply.json(503, Map.of("status", "STARTING"));
    }

    private Future<Reply> metrics(Asked asked) {
        if (meters instanceof PrometheusMeterRegistry prometheus) {
            return Future.succeededFuture(
                    Reply.text(200, "text/plain; version=0.0.4; charset=utf-8", prometheus.scrape()));
        }
        throw Refusal.notFound("this process keeps no metrics");
    }
}
