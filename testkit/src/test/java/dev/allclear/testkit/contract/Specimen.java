package dev.allclear.testkit.contract;

import dev.allclear.codec.EventJson;
import dev.allclear.codec.Json;
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
import dev.allclear.model.CheckName;
import dev.allclear.model.DatabaseName;
import dev.allclear.model.FindingCode;
import dev.allclear.model.RunId;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** An event in which every component of its records is there, made by looking at the records. */
final class Specimen {
    private static final Instant TIME = Instant.parse("2026-01-31T12:00:00Z");

    private static final Map<Class<?>, Object> VALUES = Map.ofEntries(
            Map.entry(String.class, "text"),
            Map.entry(Integer.class, 7),
            Map.entry(int.class, 7),
            Map.entry(Long.class, 7L),
            Map.entry(long.class, 7L),
            Map.entry(Boolean.class, true),
            Map.entry(boolean.class, true),
            Map.entry(Object.class, "anything"),
            Map.entry(Instant.class, TIME),
            Map.entry(Duration.class, Duration.ofSeconds(90)),
            Map.entry(RunId.class, new RunId("run-1")),
            Map.entry(DatabaseName.class, new DatabaseName("shop")),
            Map.entry(CheckName.class, new CheckName("acme.naming")),
            Map.entry(FindingCode.class, new FindingCode("acme.bad-name")));

    private Specimen() {}

    /** As it would be written, parsed again. */
    static Map<String, Object> payloadOf(EventType type) {
        return Json.parse(new String(EventJson.write((AllclearEvent) made(recordOf(type))), StandardCharsets.UTF_8));
    }

    private static Class<?> recordOf(EventType type) {
        return switch (type) {
            case MIGRATION_STARTED -> MigrationStarted.class;
            case MIGRATION_COMPLETED -> MigrationCompleted.class;
            case BASELINE_CAPTURED -> BaselineCaptured.class;
            case CHECK_STARTED -> CheckStarted.class;
            case CHECK_COMPLETED -> CheckCompleted.class;
            case VERDICT_REACHED -> VerdictReached.class;
            case ALERT_FIRING -> AlertFiring.class;
            case ALERT_RESOLVED -> AlertResolved.class;
        };
    }

    private static Object made(Type type) {
        if (type instanceof ParameterizedType generic) {
            Type[] of = generic.getActualTypeArguments();
            if (generic.getRawType() == Optional.class) {
                return Optional.of(made(of[0]));
            }
            if (generic.getRawType() == List.class) {
                return List.of(made(of[0]));
            }
            if (generic.getRawType() == Set.class) {
                return Set.of(made(of[0]));
            }
            return Map.of("key", made(of[1]));
        }
        Class<?> plain = (Class<?>) type;
        if (VALUES.containsKey(plain)) {
            return VALUES.get(plain);
        }
        return plain.isEnum() ? plain.getEnumConstants()[plain.getEnumConstants().length - 1] : recordMade(plain);
    }

    private static Object recordMade(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        try {
            return type.getDeclaredConstructor(Arrays.stream(components)
                            .map(RecordComponent::getType)
                            .toArray(Class<?>[]::new))
                    .newInstance(Arrays.stream(components)
                            .map(component -> made(component.getGenericType()))
                            .toArray());
        } catch (ReflectiveOperationException failed) {
            throw new AssertionError("no specimen of " + type, failed);
        }
    }
}
