package dev.allclear.cli.history;

import dev.allclear.codec.EventJson;
import dev.allclear.codec.Json;
import dev.allclear.codec.UndecodableEvent;
import dev.allclear.event.AllclearEvent;
import dev.allclear.event.EventType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A file of events, one a line in the contract's bare form: its payload with a {@code type}, as any console producer could send it. */
public final class EventLines {
    private static final String TYPE = "type";

    private EventLines() {}

    /** An event as one such line, without its end. */
    public static String line(AllclearEvent event) {
        return Json.write(map(event));
    }

    /** As {@link #line}, as a map that is the caller's own. */
    public static Map<String, Object> map(AllclearEvent event) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put(TYPE, event.type().wireName());
        line.putAll(EventJson.toMap(event));
        return line;
    }

    static String of(Collection<? extends AllclearEvent> events) {
        StringBuilder out = new StringBuilder();
        for (AllclearEvent event : events) {
            out.append(line(event)).append('\n');
        }
        return out.toString();
    }

    /** @throws UnreadableHistory when the file is not as it was written */
    static List<AllclearEvent> read(Path file) {
        List<AllclearEvent> events = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(file)) {
                events.add(event(Json.parse(line)));
            }
        } catch (IOException | IllegalArgumentException | UndecodableEvent broken) {
            throw new UnreadableHistory(file, "line " + (events.size() + 1), broken);
        }
        return events;
    }

    private static AllclearEvent event(Map<String, Object> line) throws UndecodableEvent {
        EventType type = EventType.ofWireName(String.valueOf(line.get(TYPE)))
                .orElseThrow(() -> new UndecodableEvent("no event of a known type"));
        return EventJson.read(type, line, Instant.EPOCH);
    }
}
