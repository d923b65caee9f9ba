package dev.allclear.aggregator.console.http;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What answers to a method and a path.
 *
 * @param path as OpenAPI writes it, such as {@code /v1/runs/{runId}}: what is in braces is one part without a slash
 * @param isOpen whether it is answered without a token
 */
public record Route(HttpMethod method, String path, boolean isOpen, Handling handling) {
    /** Answers a request; a {@link Refusal}, thrown or as failure, becomes its answer. Called on an event loop: never blocks. */
    @FunctionalInterface
    public interface Handling {
        /** An empty future value means that the handling answers by itself, and goes on doing so. */
        Future<Optional<Reply>> answer(Asked asked);
    }

    /** A handling that gives a whole answer. */
    @FunctionalInterface
    public interface Replying {
        Future<Reply> answer(Asked asked);
    }

    public static Route get(String path, Replying handling) {
        return new Route(
                HttpMethod.GET, path, false, asked -> handling.answer(asked).map(Optional::of));
    }

    public static Route post(String path, Replying handling) {
        return new Route(
                HttpMethod.POST, path, false, asked -> handling.answer(asked).map(Optional::of));
    }

    /** The same without a token. */
    public Route open() {
        return new Route(method, path, true, handling);
    }

    /** What stands for the parts in braces; empty when the path is another. */
    Optional<Map<String, String>> match(String asked) {
        String[] mine = path.split("/", -1);
        String[] theirs = asked.split("/", -1);
        if (mine.length != theirs.length) {
            return Optional.empty();
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < mine.length; i++) {
            if (mine[i].startsWith("{")) {
                values.put(mine[i].substring(1, mine[i].length() - 1), theirs[i]);
            } else if (!mine[i].equals(theirs[i])) {
                return Optional.empty();
            }
        }
        return Optional.of(values);
    }
}
