package dev.allclear.codec;

import dev.allclear.event.AlertFiring;
import dev.allclear.event.AlertResolved;
import dev.allclear.event.AllclearEvent;
import dev.allclear.event.BaselineCaptured;
import dev.allclear.event.CheckCompleted;
import dev.allclear.event.CheckStarted;
import dev.allclear.event.EventType;
import dev.allclear.event.MigrationCompleted;
import dev.allclear.event.MigrationStarted;
import dev.allclear.event.VerdictReached;
import java.time.Instant;
import java.util.Map;

/**
 * Events as the JSON of the contract ({@code docs/events.md}), flat and in the contract's order. Reading ignores unknown fields
 * and gives every optional field its default; everything else that is not as the contract says is an {@link UndecodableEvent}.
 */
public final class EventJson {
    private EventJson() {}

    public static byte[] write(AllclearEvent event) {
        return Json.bytes(toMap(event));
    }

    /** The event's payload as plain maps, for documents that contain events. */
    public static Map<String, Object> toMap(AllclearEvent event) {
        if (event instanceof MigrationStarted started) {
            return MigrationJson.write(started);
        }
        if (event instanceof MigrationCompleted completed) {
            return MigrationJson.write(completed);
        }
        if (event instanceof BaselineCaptured captured) {
            return CheckJson.write(captured);
        }
        if (event instanceof CheckStarted started) {
            return CheckJson.write(started);
        }
        if (event instanceof CheckCompleted completed) {
            return CheckJson.write(completed);
        }
        if (event instanceof VerdictReached reached) {
            return VerdictJson.write(reached);
        }
        if (event instanceof AlertFiring firing) {
            return VerdictJson.write(firing.alert(), firing.at());
        }
        AlertResolved resolved = (AlertResolved) event;
        return VerdictJson.write(resolved.alert(), resolved.at());
    }

    public static AllclearEvent read(EventType type, byte[] json) throws UndecodableEvent {
        return read(type, json, Instant.EPOCH);
    }

    /**
     * As {@link #read(EventType, byte[])}, for an event whose time is known otherwise.
     *
     * @param otherwise the time of a check's answer that does not say when it was given
     */
    public static AllclearEvent read(EventType type, byte[] json, Instant otherwise) throws UndecodableEvent {
        try {
            return read(type, Json.parse(json), otherwise);
        } catch (IllegalArgumentException broken) {
            throw new UndecodableEvent(String.valueOf(broken.getMessage()));
        }
    }

    /** As {@link #read(EventType, byte[], Instant)}, from a payload that was parsed before. */
    public static AllclearEvent read(EventType type, Map<String, Object> payload, Instant otherwise)
            throws UndecodableEvent {
        Fields in = new Fields(payload, "");
        try {
            return switch (type) {
                case MIGRATION_STARTED -> MigrationJson.started(in);
                case MIGRATION_COMPLETED -> MigrationJson.completed(in);
                case BASELINE_CAPTURED -> CheckJson.baseline(in);
                case CHECK_STARTED -> CheckJson.started(in);
                case CHECK_COMPLETED -> CheckJson.completed(in, otherwise);
                case VERDICT_REACHED -> VerdictJson.verdict(in);
                case ALERT_FIRING -> VerdictJson.firing(in);
                case ALERT_RESOLVED -> VerdictJson.resolved(in);
            };
        } catch (IllegalArgumentException broken) {
            throw new UndecodableEvent(String.valueOf(broken.getMessage()));
        }
    }

    /** The same for the same run, type and discriminator, whoever sends it and however often: a UUID of version 5 (RFC 9562). */
    public static String idOf(AllclearEvent event) {
        return NameUuid.of(event.type().wireName() + "\n" + event.run() + "\n" + event.discriminator())
                .toString();
    }
}
