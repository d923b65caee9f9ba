package dev.allclear.aggregator.console.api;

import dev.allclear.aggregator.console.http.Asked;
import dev.allclear.aggregator.console.http.Refusal;
import dev.allclear.codec.EventJson;
import dev.allclear.codec.Json;
import dev.allclear.codec.UndecodableEvent;
import dev.allclear.event.AllclearEvent;
import dev.allclear.event.EventType;
import dev.allclear.model.DatabaseName;
import dev.allclear.model.Excerpt;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A request's body as an event. Stricter than the topics, where unknown fields are passed over: here a person or a script is told at
 * once that {@code targetVersion} should have been {@code targetVersions}.
 */
final class Publishing {
    private static final Set<String> DESCRIPTION = Set.of(
            "database",
            "tool",
            "targetVersions",
            "tables",
            "dataChanging",
            "reversible",
            "application",
            "expectations",
            "checks",
            "sessions",
            "logWatch",
            "deadline",
            "change",
            "links");
    private static final Set<String> COMPLETION = Set.of("exitCode", "outcome", "output", "awaitedBaselines");

    private final Set<DatabaseName> databases;
    private final Clock clock;

    /** @param databases those that may be named; any, where none is configured here */
    Publishing(Set<DatabaseName> databases, Clock clock) {
        this.databases = Set.copyOf(databases);
        this.clock = clock;
    }

    AllclearEvent started(Asked asked) {
        return event(asked, EventType.MIGRATION_STARTED, "startedAt", Set.of());
    }

    AllclearEvent completed(Asked asked) {
        return event(asked, EventType.MIGRATION_COMPLETED, "completedAt", COMPLETION);
    }

    private AllclearEvent event(Asked asked, EventType type, String time, Set<String> more) {
        Map<String, Object> payload = new LinkedHashMap<>(body(asked));
        Set<String> known = new TreeSet<>(DESCRIPTION);
        known.addAll(more);
        known.add(time);
        payload.keySet().stream()
                .filter(key -> !known.contains(key))
                .findFirst()
                .ifPresent(key -> {
                    throw Refusal.badRequest(
                            key.equals("runId")
                                    ? "runId is in the address and must not be in the body"
                                    : "\"" + Excerpt.of(key, 40) + "\" is not a field; fields: "
                                            + String.join(", ", known));
                });
        payload.put("runId", asked.run().value());
        payload.putIfAbsent(time, clock.instant().toString());
        try {
            AllclearEvent event = EventJson.read(type, payload, Instant.EPOCH);
            if (!databases.isEmpty() && !databases.contains(event.database())) {
                throw Refusal.badRequest("database " + event.database() + " is not in the configuration; configured: "
                        + databases.stream().map(DatabaseName::value).sorted().collect(Collectors.joining(", ")));
            }
            return event;
        } catch (UndecodableEvent wrong) {
            throw Refusal.badRequest(wrong.reason());
        }
    }

    private static Map<String, Object> body(Asked asked) {
        String type = String.valueOf(asked.request().getHeader("content-type"));
        if (!type.split(";", 2)[0].strip().equalsIgnoreCase("application/json")) {
            throw new Refusal(415, "the body must be JSON: content-type: application/json");
        }
        if (!asked.body().toString().stripLeading().startsWith("{")) {
            throw Refusal.badRequest("the body must be a JSON object");
        }
        try {
            return Json.parse(asked.body().getBytes());
        } catch (IllegalArgumentException broken) {
            throw Refusal.badRequest(String.valueOf(broken.getMessage()));
        }
    }
}
