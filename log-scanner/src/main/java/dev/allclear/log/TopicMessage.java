package dev.allclear.log;

import dev.allclear.codec.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a message of a log topic says: lines, one JSON object, or OpenTelemetry's logs as OTLP JSON. */
final class TopicMessage {
    private static final int LARGEST = 4 << 20;

    private TopicMessage() {}

    /** A line and when it was written. */
    record Line(Instant time, String text) {}

    /** @param time the message's own, for lines that have none */
    static List<Line> lines(byte[] value, Instant time) {
        String text = new String(value, 0, Math.min(value.length, LARGEST), StandardCharsets.UTF_8);
        if (text.startsWith("{") && text.contains("\"resourceLogs\"")) {
            try {
                return otlp(Json.parse(value), time);
            } catch (IllegalArgumentException broken) {
                return List.of(new Line(time, text));
            }
        }
        return text.startsWith("{")
                ? List.of(new Line(time, text))
                : text.lines().map(line -> new Line(time, line)).toList();
    }

    private static List<Line> otlp(Map<String, Object> logs, Instant time) {
        List<Line> lines = new ArrayList<>();
        for (Map<?, ?> resource : maps(logs.get("resourceLogs"))) {
            for (Map<?, ?> scope : maps(resource.get("scopeLogs"))) {
                for (Map<?, ?> record : maps(scope.get("logRecords"))) {
                    lines.add(new Line(timeOf(record, time), textOf(record)));
                }
            }
        }
        return lines;
    }

    private static Instant timeOf(Map<?, ?> record, Instant otherwise) {
        for (String field : List.of("timeUnixNano", "observedTimeUnixNano")) {
            String nanos = String.valueOf(record.get(field));
            if (nanos.matches("[1-9]\\d{9,18}")) {
                long value = Long.parseLong(nanos);
                return Instant.ofEpochSecond(value / 1_000_000_000L, value % 1_000_000_000L);
            }
        }
        return otherwise;
    }

    /** The level, the body, and what the exception's attributes tell. */
    private static String textOf(Map<?, ?> record) {
        StringBuilder text = new StringBuilder();
        if (record.get("severityText") != null) {
            text.append(record.get("severityText")).append(' ');
        }
        text.append(valueOf(record.get("body")));
        for (Map<?, ?> attribute : maps(record.get("attributes"))) {
            String key = String.valueOf(attribute.get("key"));
            if (key.startsWith("exception.") || key.startsWith("db.") || key.startsWith("error")) {
                text.append("\n  ").append(key).append(": ").append(valueOf(attribute.get("value")));
            }
        }
        return text.toString();
    }

    private static String valueOf(@org.jspecify.annotations.Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            Object text = map.get("stringValue");
            return text == null ? Json.write(map) : String.valueOf(text);
        }
        return String.valueOf(value);
    }

    private static List<Map<?, ?>> maps(@org.jspecify.annotations.Nullable Object value) {
        List<Map<?, ?>> maps = new ArrayList<>();
        if (value instanceof List<?> list) {
            for (Object item : list) {
                if (item instanceof Map<?, ?> map) {
                    maps.add(map);
                }
            }
        }
        return maps;
    }
}
