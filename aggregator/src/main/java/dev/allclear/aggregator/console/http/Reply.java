package dev.allclear.aggregator.console.http;

import dev.allclear.codec.Json;
import io.vertx.core.buffer.Buffer;
import java.util.LinkedHashMap;
import java.util.Map;

/** A whole answer. */
public record Reply(int status, String type, Buffer body, Map<String, String> headers) {
    /** Everything of the console's own pages comes from the console; nothing inline, nothing from elsewhere. */
    public static final String OWN_CONTENT = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self';"
            + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public Reply {
        headers = Map.copyOf(headers);
    }

    public static Reply json(int status, Object value) {
        return text(status, "application/json", Json.write(value) + "\n");
    }

    public static Reply html(int status, String page) {
        return text(status, "text/html; charset=utf-8", page).with("content-security-policy", OWN_CONTENT);
    }

    public static Reply text(int status, String type, String text) {
        return new Reply(status, type, Buffer.buffer(text), Map.of());
    }

    /** To another page of the console. */
    public static Reply seeOther(String path) {
        return text(303, "text/plain; charset=utf-8", "").with("location", path);
    }

    public static Reply refused(Refusal refusal) {
        return json(refusal.status(), Map.of("error", refusal.reason()));
    }

    public Reply with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Reply(status, type, body, more);
    }
}
