package dev.allclear.status.tool;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One row of a tracking table.
 *
 * @param key tells rows apart: a row whose key was not there before was written, or rewritten, by this run
 * @param version in the tool's own language; empty for Flyway's repeatable scripts
 * @param name the script or file, where the tool keeps it
 * @param at when it was recorded, where the tool keeps it
 */
public record Step(
        String key, Optional<String> version, String name, String description, State state, Optional<Instant> at) {

    /** What a row says about its migration. */
    public enum State {
        APPLIED,
        FAILED,
        /** Begun and not known to have ended. */
        DIRTY,
        /** Undone, or its record deleted. */
        REVERTED,
        /** The tool's own entry, no migration: a baseline mark or a schema's creation. */
        BOOKKEEPING
    }

    /** The version, or the script's name where there is none. */
    public String label() {
        return version.orElse(name);
    }

    /** JSON-compatible, for a baseline; {@link #fromMap} reads it back. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("key", key);
        version.ifPresent(text -> map.put("version", text));
        map.put("name", name);
        map.put("description", description);
        map.put("state", state.name());
        at.ifPresent(time -> map.put("at", time.toString()));
        return map;
    }

    public static Step fromMap(Map<?, ?> map) {
        return new Step(
                String.valueOf(map.get("key")),
                Optional.ofNullable(map.get("version")).map(Object::toString),
                String.valueOf(map.get("name")),
                String.valueOf(map.get("description")),
                State.valueOf(String.valueOf(map.get("state"))),
                Optional.ofNullable(map.get("at")).map(text -> Instant.parse(text.toString())));
    }
}
