package dev.allclear.aggregator.alert;

import dev.allclear.codec.Json;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** One HTTP POST of JSON in UTF-8. Address and headers may be secrets: it prints as nothing but its size. */
record Post(URI address, Map<String, String> headers, String json) {
    Post {
        headers = Map.copyOf(headers);
    }

    static Post json(URI address, Object content, Map<String, String> headers) {
        return new Post(address, headers, Json.write(content));
    }

    byte[] body() {
        return json.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "a POST of " + json.length() + " characters";
    }
}
