package dev.allclear.log;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.allclear.codec.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;

/**
 * A log store that speaks the documented part of Loki's and Elasticsearch's API that is used: spans, order, limits, paging. Nothing
 * but the documentation stands behind it.
 */
final class FakeStore implements AutoCloseable {
    private final HttpServer server;
    private final String scheme;
    private final List<Line> lines = new CopyOnWriteArrayList<>();
    final List<String> asked = new CopyOnWriteArrayList<>();
    final List<Headers> headers = new CopyOnWriteArrayList<>();
    final List<Integer> failures = new CopyOnWriteArrayList<>();
    private final AtomicInteger ids = new AtomicInteger();

    /** Answers in another way than a store would. */
    interface Oddity {
        void answer(HttpExchange exchange) throws IOException;
    }

    /** Which requests are answered with status 500. */
    volatile Predicate<String> broken = request -> false;

    volatile Oddity oddity = exchange -> {};
    volatile boolean isOdd;

    private record Line(Instant time, String stream, String text, String id) {}

    FakeStore() throws IOException {
        this("http", HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
    }

    /** Over TLS. */
    FakeStore(SSLContext tls) throws IOException {
        this("https", overTls(tls));
    }

    private FakeStore(String scheme, HttpServer server) {
        this.scheme = scheme;
        this.server = server;
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", this::handle);
        server.start();
    }

    private static HttpsServer overTls(SSLContext tls) throws IOException {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        return server;
    }

    void add(Instant time, String stream, String text) {
        lines.add(new Line(time, stream, text, "id-" + ids.incrementAndGet()));
    }

    HttpStore http(Duration timeout) {
        HttpClient client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        return new HttpStore(URI.create(url()), Map.of("Authorization", "Bearer S3cr3t99"), timeout, client);
    }

    String url() {
        return scheme + "://127.0.0.1:" + server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String request = exchange.getRequestURI() + " " + body;
        asked.add(request);
        headers.add(exchange.getRequestHeaders());
        if (isOdd) {
            oddity.answer(exchange);
        } else if (broken.test(request)) {
            exchange.sendResponseHeaders(500, -1);
        } else if (!failures.isEmpty()) {
            exchange.sendResponseHeaders(failures.remove(0), -1);
        } else {
            Object answer = exchange.getRequestURI().getPath().endsWith("/_search")
                    ? search(Json.parse(body))
                    : queryRange(parameters(exchange.getRequestURI().getRawQuery()));
            byte[] json = Json.write(answer).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, json.length);
            exchange.getResponseBody().write(json);
        }
        exchange.close();
    }

    private Object queryRange(Map<String, String> query) {
        long start = Long.parseLong(query.get("start"));
        long end = Long.parseLong(query.get("end"));
        Map<String, List<Object>> streams = new LinkedHashMap<>();
        lines.stream()
                .filter(line -> nanos(line.time()) >= start && nanos(line.time()) < end)
                .sorted(Comparator.comparing(Line::time))
                .limit(Long.parseLong(query.get("limit")))
                .forEach(line -> streams.computeIfAbsent(line.stream(), name -> new ArrayList<>())
                        .add(List.of(Long.toString(nanos(line.time())), line.text())));
        List<Object> result = new ArrayList<>();
        streams.forEach((name, values) -> result.add(Map.of("stream", Map.of("pod", name), "values", values)));
        return Map.of("status", "success", "data", Map.of("resultType", "streams", "result", result));
    }

    private Object search(Map<String, Object> body) {
        Map<?, ?> range = (Map<?, ?>) ((Map<?, ?>) ((Map<?, ?>) body.get("query")).get("range")).get("@timestamp");
        long from = ((Number) range.get("gte")).longValue();
        long to = ((Number) range.get("lte")).longValue();
        long after = ((Number) ((List<?>) body.get("search_after")).get(0)).longValue();
        List<Object> hits = lines.stream()
                .filter(line ->
                        line.time().toEpochMilli() >= from && line.time().toEpochMilli() <= to)
                .filter(line -> line.time().toEpochMilli() > after)
                .sorted(Comparator.comparing(line -> line.time().toEpochMilli()))
                .limit(((Number) body.get("size")).longValue())
                .<Object>map(line -> Map.of(
                        "_index",
                        "shop-1",
                        "_id",
                        line.id(),
                        "_source",
                        Map.of("@timestamp", line.time().toString(), "message", line.text()),
                        "sort",
                        List.of(line.time().toEpochMilli())))
                .toList();
        return Map.of("timed_out", false, "_shards", Map.of("total", 1, "failed", 0), "hits", Map.of("hits", hits));
    }

    private static long nanos(Instant time) {
        return time.getEpochSecond() * 1_000_000_000L + time.getNano();
    }

    private static Map<String, String> parameters(String query) {
        Map<String, String> out = new LinkedHashMap<>();
        for (String part : query.split("&", -1)) {
            String[] pair = part.split("=", 2);
            out.put(pair[0], URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
        }
        return out;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
