package dev.allclear.kafka;

import dev.allclear.codec.EventJson;
import dev.allclear.codec.Json;
import dev.allclear.codec.UndecodableEvent;
import dev.allclear.event.AllclearEvent;
import dev.allclear.event.BaselineCaptured;
import dev.allclear.event.EventType;
import dev.allclear.model.Excerpt;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.jackson.JsonFormat;
import io.cloudevents.kafka.KafkaMessageFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Events as Kafka records: CloudEvents 1.0 in binary mode out; binary mode, structured mode and bare JSON with a {@code type}
 * field in. Decoding never throws: whatever is not an event is {@link Decoded.Poison}.
 */
public final class EventRecords {
    /** The source of an event whose publisher gave none. */
    public static final String BARE_JSON = "bare-json";

    private EventRecords() {}

    /**
     * The record to publish, in binary mode; its partition is left to the producer.
     *
     * @param source who says so, such as {@code lock-checker}; the CloudEvents {@code source}
     */
    public static ProducerRecord<byte[], byte[]> toRecord(String prefix, AllclearEvent event, String source) {
        CloudEvent cloudEvent = CloudEventBuilder.v1()
                .withId(EventJson.idOf(event))
                .withSource(URI.create(source))
                .withType(event.type().wireName())
                .withSubject(event.run().value())
                .withTime(OffsetDateTime.ofInstant(event.time(), ZoneOffset.UTC))
                .withDataContentType("application/json")
                .withData(EventJson.write(event))
                .build();
        return KafkaMessageFactory.createWriter(Topic.of(event.type()).nameWith(prefix), keyOf(event))
                .writeBinary(cloudEvent);
    }

    /** Runs of one database meet in one partition; baselines are compacted by run and check. */
    private static byte[] keyOf(AllclearEvent event) {
        String key = event instanceof BaselineCaptured baseline
                ? baseline.database() + "/" + baseline.run() + "/" + baseline.check()
                : event.database().value();
        return key.getBytes(StandardCharsets.UTF_8);
    }

    public static Decoded decode(Headers headers, byte @Nullable [] value) {
        if (value == null || value.length == 0) {
            return new Decoded.Poison("the record is empty");
        }
        try {
            if (header(headers, "ce_specversion").isPresent()
                    || header(headers, "content-type")
                            .filter(type -> type.startsWith("application/cloudevents"))
                            .isPresent()) {
                return ofCloudEvent(
                        KafkaMessageFactory.createReader(headers, value).toEvent());
            }
            return ofJson(value);
        } catch (UndecodableEvent broken) {
            return new Decoded.Poison(broken.reason());
        } catch (RuntimeException broken) {
            return new Decoded.Poison("not a CloudEvent: " + Excerpt.of(String.valueOf(broken.getMessage())));
        }
    }

    private static Decoded ofCloudEvent(CloudEvent cloudEvent) throws UndecodableEvent {
        if (cloudEvent.getData() == null) {
            throw new UndecodableEvent("the CloudEvent has no data");
        }
        Instant time = Optional.ofNullable(cloudEvent.getTime())
                .map(OffsetDateTime::toInstant)
                .orElse(Instant.EPOCH);
        AllclearEvent event = EventJson.read(
                typeOf(cloudEvent.getType()), cloudEvent.getData().toBytes(), time);
        return new Decoded.Event(
                event, cloudEvent.getId(), cloudEvent.getSource().toString());
    }

    /** Without headers: a whole CloudEvent in JSON, or nothing but the payload and its type. */
    private static Decoded ofJson(byte[] value) throws UndecodableEvent {
        Map<String, Object> payload;
        try {
            payload = Json.parse(value);
        } catch (IllegalArgumentException broken) {
            throw new UndecodableEvent(String.valueOf(broken.getMessage()));
        }
        if (payload.containsKey("specversion")) {
            return ofCloudEvent(new JsonFormat().deserialize(value));
        }
        if (!(payload.get("type") instanceof String type)) {
            throw new UndecodableEvent("neither CloudEvents headers nor a field \"type\" say what it is");
        }
        AllclearEvent event = EventJson.read(typeOf(type), payload, Instant.EPOCH);
        return new Decoded.Event(event, EventJson.idOf(event), BARE_JSON);
    }

    /** By the full name, or by its short form {@code migration.completed}. */
    private static EventType typeOf(String name) throws UndecodableEvent {
        return EventType.ofWireName(name)
                .or(() -> EventType.ofWireName("dev.allclear." + name + ".v1"))
                .orElseThrow(() -> new UndecodableEvent("unknown event type \"" + Excerpt.of(name, 80) + "\""));
    }

    private static Optional<String> header(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null
                ? Optional.empty()
                : Optional.of(new String(header.value(), StandardCharsets.UTF_8));
    }
}
