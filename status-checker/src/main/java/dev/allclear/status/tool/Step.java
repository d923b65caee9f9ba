package dev.allclear.status.tool;

import dev.allclear.postgres.ResultRow;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One row of a tracking table.
 *
 * @param key tells rows apart: a row whose key was not there before was written, or rewritten, by this run
 * @param version in the tool's own language; empty for Flyway's repeatable scripts
 * @param name the script or file, where the tool keeps it
 * @param state what the row says
 * @param at when it was recorded, where the tool keeps it
 * @param zoned whether {@code at} is an instant; else it is a clock on the wall of the tool's session, off by its distance from our zone
 * @param aliases other spellings by which people name it
 * @param failure what the tool wrote down of its failure: the statement, the error
 */
public record Step(
        String key,
        Optional<String> version,
        String name,
        String description,
        State state,
        Optional<Instant> at,
        boolean zoned,
        List<String> aliases,
        Optional<String> failure) {

    public Step {
        aliases = List.copyOf(aliases);
    }

    /** What a row says about its migration. */
    public enum State {
        APPLIED,
        /** Applied, and again whenever its file changes: such a row from before says nothing of the file as it is now. */
        REPEATED,
        /** Written down as applied, but the tool did not execute it. */
        RECORDED,
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

    public boolean isApplied() {
        return state == State.APPLIED || state == State.REPEATED;
    }

    /** A row as {@link TrackingTool#rowsSql} answers it. */
    static Step of(ResultRow row) {
        return new Step(
                row.text("key"),
                row.optionalText("version"),
                row.text("name"),
                row.columns().contains("description")
                        ? row.optionalText("description").orElse("")
                        : "",
                State.valueOf(row.text("state")),
                row.columns().contains("at")
                        ? row.optionalInstant("at")
                        : row.columns().contains("local_at") ? row.optionalInstant("local_at") : Optional.empty(),
                row.columns().contains("at"),
                row.columns().contains("aliases") ? row.texts("aliases") : List.of(),
                row.columns().contains("failure")
                        ? row.optionalText("failure").filter(text -> !text.isBlank())
                        : Optional.empty());
    }

    /** JSON-compatible, for a baseline; {@link #fromMap} reads it back, without what was written of a failure. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("key", key);
        version.ifPresent(text -> map.put("version", text));
        map.put("name", name);
        map.put("description", description);
        map.put("state", state.name());
        at.ifPresent(time -> map.put(zoned ? "at" : "localAt", time.toString()));
        if (!aliases.isEmpty()) {
            map.put("aliases", aliases);
        }
        return map;
    }

    public static Step fromMap(Map<?, ?> map) {
        return new Step(
                String.valueOf(map.get("key")),
                Optional.ofNullable(map.get("version")).map(Object::toString),
                String.valueOf(map.get("name")),
                String.valueOf(map.get("description")),
                State.valueOf(String.valueOf(map.get("state"))),
                Optional.ofNullable(map.containsKey("at") ? map.get("at") : map.get("localAt"))
                        .map(text -> Instant.parse(text.toString())),
                map.containsKey("at"),
                map.get("aliases") instanceof List<?> list
                        ? list.stream().map(Object::toString).toList()
                        : List.of(),
                Optional.empty());
    }
}
