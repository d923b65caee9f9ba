package dev.allclear.aggregator.alert;

import dev.allclear.codec.Json;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** One HTTP POST. Address and headers may be secrets: it prints as nothing but its size. */
record Post(URI address, Map<String, String> headers, byte[] body) {
    Post {
        headers = Map.copyOf(headers);
        body = body.clone();
    }

    static Post json(URI address, Object content, Map<String, String> headers) {
        return new Post(address, headers, Json.write(content).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public byte[] body() {
        return body.clone();
    }

    @Override
    public String toString() {
        return "a POST of " + body.length + " bytes";
    }
}
