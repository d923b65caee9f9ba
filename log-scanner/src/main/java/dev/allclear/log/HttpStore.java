package dev.allclear.log;

import dev.allclear.codec.Json;
import dev.allclear.model.Excerpt;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.zip.GZIPInputStream;

/**
 * Asks a log store for JSON. Everything is bounded: time, size packed and unpacked, attempts. No redirect is followed, since it
 * could lead credentials to another host, and a page for people is no answer. Failures are sentences without secrets.
 *
 * @param headers such as {@code Authorization}; never repeated anywhere
 */
record HttpStore(URI base, Map<String, String> headers, Duration timeout, HttpClient client) {
    private static final int LARGEST = 16 << 20;
    private static final int ATTEMPTS = 4;
    private static final long FIRST_PAUSE_MILLIS = 200;
    private static final long LONGEST_PAUSE_MILLIS = 5_000;

    /** The store answered with more than we take at once; a smaller page may do. */
    static final class TooLarge extends IOException {
        private static final long serialVersionUID = 1;

        TooLarge(String message) {
            super(message);
        }
    }

    /** An attempt that may succeed when it is made again. */
    private static final class Transient extends IOException {
        private static final long serialVersionUID = 1;

        private final long pauseMillis;

        Transient(String message, long pauseMillis) {
            super(message);
            this.pauseMillis = pauseMillis;
        }
    }

    Map<String, Object> get(String pathAndQuery) throws IOException {
        return ask(request(pathAndQuery).GET().build());
    }

    Map<String, Object> post(String path, Map<String, Object> body) throws IOException {
        return ask(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(Json.write(body)))
                .build());
    }

    private HttpRequest.Builder request(String path) {
        String root = base.toString();
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create((root.endsWith("/") ? root.substring(0, root.length() - 1) : root) + path))
                .timeout(timeout)
                .header("Accept", "application/json");
        headers.forEach(request::header);
        return request;
    }

    private Map<String, Object> ask(HttpRequest request) throws IOException {
        long pause = FIRST_PAUSE_MILLIS;
        for (int attempt = 1; ; attempt++) {
            try {
                return once(request);
            } catch (Transient failure) {
                if (attempt == ATTEMPTS) {
                    throw new IOException(failure.getMessage() + ", " + ATTEMPTS + " times", failure);
                }
                await(Math.max(pause, failure.pauseMillis));
                pause *= 3;
            }
        }
    }

    private static void await(long millis) throws IOException {
        try {
            TimeUnit.MILLISECONDS.sleep(Math.min(millis, LONGEST_PAUSE_MILLIS));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stopped);
        }
    }

    private Map<String, Object> once(HttpRequest request) throws IOException {
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.sendAsync(request, info -> new BoundedBody(BodySubscribers.ofByteArray(), LARGEST));
        try {
            return read(answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException late) {
            answer.cancel(true);
            throw new IOException(host() + " did not finish its answer within " + timeout.toMillis() + " ms", late);
        } catch (InterruptedException stopped) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stopped);
        } catch (ExecutionException failure) {
            Throwable cause = failure.getCause();
            if (cause instanceof TooLarge) {
                throw new TooLarge(host() + " answers with more than " + (LARGEST >> 20) + " MB at once");
            }
            Optional<String> untrusted = CertificateProblem.in(failure);
            if (untrusted.isPresent()) {
                throw new IOException(
                        "the certificate of " + host() + " is not trusted: " + Excerpt.of(untrusted.get(), 160),
                        failure);
            }
            String why = cause == null ? "no reason given" : cause.getClass().getSimpleName() + said(cause);
            throw new Transient("cannot reach " + host() + ": " + why, 0);
        }
    }

    private static String said(Throwable cause) {
        return cause.getMessage() == null ? "" : " " + Excerpt.of(cause.getMessage(), 120);
    }

    private Map<String, Object> read(HttpResponse<byte[]> answer) throws IOException {
        int status = answer.statusCode();
        if (status == 429 || status >= 500) {
            long wait = answer.headers()
                    .firstValue("Retry-After")
                    .filter(text -> text.matches("\\d{1,4}"))
                    .map(text -> Long.parseLong(text) * 1000)
                    .orElse(0L);
            throw new Transient(host() + " answers with status " + status, wait);
        }
        if (status >= 300 && status < 400) {
            throw new IOException(host() + " redirects (status " + status + "); redirects are not followed");
        }
        if (status == 401 || status == 403) {
            throw new IOException(host() + " refuses the credentials (status " + status + ")");
        }
        byte[] body = unpacked(answer);
        String start = new String(body, 0, Math.min(body.length, 200), StandardCharsets.UTF_8).strip();
        if (status >= 400) {
            throw new IOException(host() + " answers with status " + status + ": " + Masking.values(Excerpt.of(start)));
        }
        if (!start.startsWith("{")) {
            boolean isPage = start.toLowerCase(Locale.ROOT).startsWith("<");
            throw new IOException(host() + " answers with "
                    + (isPage
                            ? "a page for people instead of JSON: a log-in page or a proxy?"
                            : "something that is no JSON object"));
        }
        try {
            return Json.parse(body);
        } catch (IllegalArgumentException broken) {
            throw new IOException(host() + " answers with broken JSON: " + broken.getMessage(), broken);
        }
    }

    /** Never asked for, yet some proxies pack what they pass on. */
    private byte[] unpacked(HttpResponse<byte[]> answer) throws IOException {
        Optional<String> encoding = answer.headers().firstValue("Content-Encoding");
        if (encoding.isEmpty() || !encoding.get().equalsIgnoreCase("gzip")) {
            return answer.body();
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
            byte[] buffer = new byte[64 * 1024];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                out.write(buffer, 0, count);
                if (out.size() > LARGEST) {
                    throw new TooLarge(host() + " answers with more than " + (LARGEST >> 20) + " MB, packed");
                }
            }
        }
        return out.toByteArray();
    }

    private String host() {
        return base.getHost() + (base.getPort() < 0 ? "" : ":" + base.getPort());
    }
}
