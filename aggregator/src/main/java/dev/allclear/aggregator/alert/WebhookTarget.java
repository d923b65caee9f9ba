package dev.allclear.aggregator.alert;

import dev.allclear.codec.Json;
import dev.allclear.config.Secret;
import dev.allclear.model.Decision;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Anybody's webhook: the event as a CloudEvent in JSON, whose {@code id} is the same however often it is sent, and where a secret is
 * agreed upon a signature over exactly the bytes of the body.
 */
record WebhookTarget(String name, Set<Decision> on, URI address, Map<String, String> headers, Optional<Secret> secret)
        implements Target {
    static final String SIGNATURE = "Allclear-Signature";
    private static final String ALGORITHM = "HmacSHA256";

    WebhookTarget {
        on = Set.copyOf(on);
        headers = Map.copyOf(headers);
    }

    @Override
    public String toString() {
        return name;
    }

    @Override
    public Post post(Notice notice, Optional<Instant> firingSince, Instant now) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("specversion", "1.0");
        event.put("id", notice.eventId());
        event.put("source", notice.source());
        event.put("type", notice.wireType());
        event.put("subject", notice.alert().run().value());
        event.put("time", notice.at().toString());
        event.put("datacontenttype", "application/json");
        event.put("data", notice.data());
        String body = Json.write(event);
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put("content-type", "application/cloudevents+json; charset=utf-8");
        secret.ifPresent(key -> all.put(SIGNATURE, "sha256=" + signature(key, body.getBytes(StandardCharsets.UTF_8))));
        return new Post(address, all, body);
    }

    private static String signature(Secret key, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key.reveal().getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(ALGORITHM + " is part of every Java runtime", impossible);
        }
    }
}
