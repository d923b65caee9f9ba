package dev.allclear.service;

import dev.allclear.codec.Json;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * {@code /livez}, {@code /readyz} and {@code /metrics}. A process is ready when every probe holds and there is at least one; it is
 * alive when it answers and its own threads run, whatever Kafka does: a broker's outage is no reason to restart a service.
 */
public final class HealthRoutes implements Handler<HttpServerRequest> {
    private final MeterRegistry meters;
    private final List<Probe> live = new CopyOnWriteArrayList<>();
    private final List<Probe> ready = new CopyOnWriteArrayList<>();

    public HealthRoutes(MeterRegistry meters) {
        this.meters = meters;
    }

    /** Adds what must hold from now on for the process to be alive. */
    public void aliveWhen(List<Probe> probes) {
        live.addAll(probes);
    }

    /** Adds what must hold from now on for the process to be ready. */
    public void readyWhen(List<Probe> probes) {
        ready.addAll(probes);
    }

    /** Whether a request's path is one of these; for a server that has others beside them. */
    public static boolean handles(String path) {
        return path.equals("/livez") || path.equals("/readyz") || path.equals("/metrics");
    }

    @Override
    public void handle(HttpServerRequest request) {
        switch (String.valueOf(request.path())) {
            case "/livez" -> answer(request, problems(live));
            case "/readyz" -> answer(request, ready.isEmpty() ? Map.of("service", "is starting") : problems(ready));
            case "/metrics" ->
                request.response()
                        .putHeader("content-type", "text/plain; version=0.0.4; charset=utf-8")
                        .end(meters instanceof PrometheusMeterRegistry prometheus ? prometheus.scrape() : "");
            default -> request.response().setStatusCode(404).end();
        }
    }

    private static Map<String, String> problems(List<Probe> probes) {
        Map<String, String> problems = new TreeMap<>();
        for (Probe probe : probes) {
            probe.problem().get().ifPresent(problem -> problems.put(probe.name(), problem));
        }
        return problems;
    }

    private static void answer(HttpServerRequest request, Map<String, String> problems) {
        request.response()
                .setStatusCode(problems.isEmpty() ? 200 : 503)
                .putHeader("content-type", "application/json")
                .end(Json.write(
                        problems.isEmpty() ? Map.of("status", "UP") : Map.of("status", "DOWN", "problems", problems)));
    }
}
