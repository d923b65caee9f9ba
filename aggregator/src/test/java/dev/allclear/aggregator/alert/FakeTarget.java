package dev.allclear.aggregator.alert;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.allclear.codec.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** Something that listens on a free port and takes POSTs, well or badly: scripted request by request, then as told for all others. */
final class FakeTarget implements AutoCloseable {
    enum Manner {
        ACCEPT,
        /** Takes the request and never answers. */
        HANG,
        FAIL_500,
        /** "Too many requests", try again in a second. */
        BUSY_429,
        MALFORMED_400,
        REDIRECT,
        /** Sends half of an answer and closes the connection. */
        CLOSE_HALF_WAY,
        /** Says 200 and then sends its body for ever. */
        ENDLESS
    }

    record Taken(String path, Map<String, String> headers, String body, long atNanos) {}

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch over = new CountDownLatch(1);
    private final ConcurrentLinkedQueue<Manner> script = new ConcurrentLinkedQueue<>();
    private final List<Taken> accepted = new CopyOnWriteArrayList<>();
    private final List<Taken> attempts = new CopyOnWriteArrayList<>();
    private final AtomicInteger elsewhere = new AtomicInteger();
    private volatile Manner manner = Manner.ACCEPT;
    private volatile int acceptedStatus = 200;

    private FakeTarget(HttpServer server) {
        this.server = server;
    }

    static FakeTarget start() {
        try {
            FakeTarget fake =
                    new FakeTarget(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
            fake.server.createContext("/", fake::handle);
            fake.server.createContext("/elsewhere", exchange -> {
                fake.elsewhere.incrementAndGet();
                exchange.sendResponseHeaders(200, -1);
            });
            fake.server.setExecutor(fake.threads);
            fake.server.start();
            return fake;
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }

    FakeTarget then(Manner... manners) {
        script.addAll(List.of(manners));
        return this;
    }

    FakeTarget always(Manner all) {
        manner = all;
        return this;
    }

    FakeTarget accepting(int status) {
        acceptedStatus = status;
        return this;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    List<Taken> accepted() {
        return accepted;
    }

    List<Taken> attempts() {
        return attempts;
    }

    int redirectsFollowed() {
        return elsewhere.get();
    }

    /** The values of a JSON field, wherever it stands, of every body taken, in order. */
    static List<String> values(List<Taken> taken, String field) {
        Pattern pattern = Pattern.compile("\"" + field + "\":\"([^\"]*)\"");
        return taken.stream()
                .flatMap(one -> pattern.matcher(one.body()).results().limit(1).map(found -> found.group(1)))
                .toList();
    }

    static Map<String, Object> json(Taken taken) {
        return Json.parse(taken.body());
    }

    @Override
    public void close() {
        over.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        Taken taken = new Taken(
                exchange.getRequestURI().getPath(),
                headers(exchange),
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
                System.nanoTime());
        Manner scripted = script.poll();
        attempts.add(taken);
        switch (scripted == null ? manner : scripted) {
            case ACCEPT -> {
                accepted.add(taken);
                exchange.sendResponseHeaders(acceptedStatus, -1);
            }
            case HANG -> await();
            case FAIL_500 -> exchange.sendResponseHeaders(500, -1);
            case BUSY_429 -> {
                exchange.getResponseHeaders().add("Retry-After", "1");
                exchange.sendResponseHeaders(429, -1);
            }
            case MALFORMED_400 -> exchange.sendResponseHeaders(400, -1);
            case REDIRECT -> {
                exchange.getResponseHeaders().add("Location", url() + "/elsewhere");
                exchange.sendResponseHeaders(307, -1);
            }
            case CLOSE_HALF_WAY -> {
                exchange.sendResponseHeaders(200, 1_000);
                exchange.getResponseBody().write("half".getBytes(StandardCharsets.UTF_8));
                exchange.getResponseBody().flush();
                throw new IOException("closed half-way, as told");
            }
            case ENDLESS -> {
                exchange.sendResponseHeaders(200, 1_000_000);
                exchange.getResponseBody().write('.');
                exchange.getResponseBody().flush();
                await();
            }
        }
        exchange.close();
    }

    private void await() {
        try {
            over.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static Map<String, String> headers(HttpExchange exchange) {
        Map<String, String> headers = new java.util.TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
        return headers;
    }
}
