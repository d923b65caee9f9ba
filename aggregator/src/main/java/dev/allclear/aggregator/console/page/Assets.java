package dev.allclear.aggregator.console.page;

import dev.allclear.aggregator.console.http.Reply;
import dev.allclear.aggregator.console.http.Route;
import dev.allclear.aggregator.report.StyleSheet;
import io.vertx.core.Future;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The one style sheet, which begins with the report's, the one script and the icon, out of the jar. */
final class Assets {
    private Assets() {}

    static List<Route> routes() {
        return List.of(
                asset(
                        "/assets/console.css",
                        "text/css; charset=utf-8",
                        StyleSheet.load().text() + read("console.css")),
                asset("/assets/console.js", "text/javascript; charset=utf-8", read("console.js")),
                asset("/assets/icon.svg", "image/svg+xml", read("icon.svg")));
    }

    private static Route asset(String path, String type, String text) {
        Reply reply = Reply.text(200, type, text).with("cache-control", "no-cache");
        return Route.get(path, asked -> Future.succeededFuture(reply)).open();
    }

    private static String read(String name) {
        try (InputStream in = Assets.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing from this build");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
