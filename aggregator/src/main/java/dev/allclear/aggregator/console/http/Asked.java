package dev.allclear.aggregator.console.http;

import dev.allclear.model.DatabaseName;
import dev.allclear.model.Durations;
import dev.allclear.model.Excerpt;
import dev.allclear.model.RunId;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A request as a route sees it: let in, its body read. What is wrong with a value is a {@link Refusal} that names it. */
public record Asked(HttpServerRequest request, Map<String, String> path, Buffer body) {
    public RunId run() {
        try {
            return new RunId(String.valueOf(path.get("runId")));
        } catch (IllegalArgumentException wrong) {
            throw Refusal.badRequest(String.valueOf(wrong.getMessage()));
        }
    }

    public Optional<DatabaseName> database() {
        return parameter("database").map(text -> {
            try {
                return new DatabaseName(text);
            } catch (IllegalArgumentException wrong) {
                throw Refusal.badRequest(String.valueOf(wrong.getMessage()));
            }
        });
    }

    /** How long the client is ready to wait; at most {@code most}, zero when it does not say. */
    public Duration patience(Duration most) {
        return parameter("wait")
                .map(text -> Durations.parse(text)
                        .filter(wait -> wait.compareTo(most) <= 0)
                        .orElseThrow(() -> Refusal.badRequest("wait must be a duration such as 30s, at most "
                                + Durations.format(most) + ", not \"" + Excerpt.of(text, 40) + "\"")))
                .orElse(Duration.ZERO);
    }

    /** A single value of the query; an empty one, as forms send them, counts as not given. */
    public Optional<String> parameter(String name) {
        List<String> values = request.params().getAll(name);
        if (values.size() > 1) {
            throw Refusal.badRequest(name + " may be given once");
        }
        return values.stream().filter(value -> !value.isBlank()).findFirst();
    }

    /** Refuses a query that asks for what the route does not know: a misspelt filter would silently show everything. */
    public void only(String... names) {
        Set<String> known = Set.copyOf(Arrays.asList(names));
        request.params().names().stream()
                .filter(name -> !known.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw Refusal.badRequest("\"" + Excerpt.of(name, 40) + "\" is not known here"
                            + (names.length == 0 ? "" : "; known: " + String.join(", ", names)));
                });
    }
}
