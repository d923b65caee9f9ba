package dev.allclear.hook;

import dev.allclear.codec.EventJson;
import dev.allclear.codec.Json;
import dev.allclear.config.Secret;
import dev.allclear.event.AllclearEvent;
import dev.allclear.event.MigrationCompleted;
import dev.allclear.event.MigrationStarted;
import dev.allclear.hook.config.HookSettings;
import dev.allclear.model.CheckName;
import dev.allclear.model.Excerpt;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Over the console: {@code POST /v1/migrations/{runId}/started?wait=30s} and {@code …/completed}. Redirects are not followed. */
final class HttpAnnouncer implements Announcer {
    /** What the console waits at most. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);

    private static final int ACCEPTED = 202;

    private final URI console;
    private final Optional<Secret> token;
    private final Duration wait;
    private final Duration contact;
    private final HttpClient client;

    HttpAnnouncer(URI console, HookSettings settings) {
        this.console = console;
        this.token = settings.token();
        this.wait = settings.baselineWait().compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : settings.baselineWait();
        this.contact = settings.contactWait();
        this.client = HttpClient.newBuilder().connectTimeout(contact).build();
    }

    @Override
    public Waited started(MigrationStarted event) throws Unreachable {
        Map<String, Object> answer = post(event, "started?wait=" + wait.toSeconds() + "s", wait.plus(contact));
        return new Waited(checks(answer.get("captured")), checks(answer.get("missing")));
    }

    @Override
    public void completed(MigrationCompleted event) throws Unreachable {
        post(event, "completed", contact);
    }

    private Map<String, Object> post(AllclearEvent event, String what, Duration limit) throws Unreachable {
        Map<String, Object> body = new LinkedHashMap<>(EventJson.toMap(event));
        body.remove("runId");
        URI address =
                URI.create(console.toString().replaceAll("/+$", "") + "/v1/migrations/" + event.run() + "/" + what);
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .timeout(limit)
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(Json.write(body)));
        token.ifPresent(secret -> request.header("authorization", "Bearer " + secret.reveal()));
        try {
            HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != ACCEPTED) {
                throw new Unreachable(console + " answered " + response.statusCode() + ": "
                        + Excerpt.of(response.body().strip(), 300));
            }
            return Json.parse(response.body());
        } catch (IOException | IllegalArgumentException failed) {
            throw new Unreachable(console + ": " + failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new Unreachable("interrupted");
        }
    }

    private static Set<CheckName> checks(@org.jspecify.annotations.Nullable Object names) {
        return names instanceof List<?> list
                ? list.stream().map(name -> new CheckName(String.valueOf(name))).collect(Collectors.toSet())
                : Set.of();
    }

    @Override
    public void close() {}
}
