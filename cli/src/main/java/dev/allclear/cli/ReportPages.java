package dev.allclear.cli;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Shows the demonstration's two reports on loopback. Serves these files and nothing else, whatever is asked for. */
final class ReportPages {
    private static final Map<String, String> PAGES = Map.of("/good", "good/report.html", "/bad", "bad/report.html");
    private static final String INDEX = """
            <!doctype html><html lang="en"><head><meta charset="utf-8"><title>Allclear demo</title>
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <style>body{font:1.1rem/1.6 system-ui,sans-serif;max-width:40rem;margin:4rem auto;padding:0 1rem}</style></head>
            <body><h1>Allclear demo</h1><ul>
            <li><a href="/good">the good migration</a></li>
            <li><a href="/bad">the bad migration, which exited 0</a></li>
            </ul></body></html>
            """;

    private ReportPages() {}

    /** Listens on the port, or on a free one when it is taken; returns which. */
    static int serve(Vertx vertx, Path directory, int port) throws IOException {
        Path absolute = directory.toAbsolutePath();
        for (int candidate : List.of(port, 0)) {
            Future<HttpServer> listening = vertx.createHttpServer()
                    .requestHandler(request -> answer(vertx, absolute, request))
                    .listen(candidate, "127.0.0.1");
            try {
                return listening.await(10, TimeUnit.SECONDS).actualPort();
            } catch (TimeoutException late) {
                throw new IOException("no port could be listened on", late);
            } catch (RuntimeException taken) {
                // the next candidate is a free port
            } catch (Exception taken) {
                // a bind failure comes as a checked exception; the next candidate is a free port
            }
        }
        throw new IOException("no port could be listened on");
    }

    private static void answer(Vertx vertx, Path directory, HttpServerRequest request) {
        String page = PAGES.get(request.path());
        request.response().putHeader("content-type", "text/html; charset=utf-8");
        if (page == null) {
            request.response().end(INDEX);
            return;
        }
        vertx.executeBlocking(() -> Files.readString(directory.resolve(page)))
                .onSuccess(text -> request.response().end(text))
                .onFailure(missing -> request.response().setStatusCode(404).end("There is no such report yet."));
    }
}
