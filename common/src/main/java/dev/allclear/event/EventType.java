package dev.allclear.event;

import java.util.Arrays;
import java.util.Optional;

/** The event types of the contract. The names are public: fields are only ever added within {@code v1}. */
public enum EventType {
    MIGRATION_STARTED("dev.allclear.migration.started.v1"),
    MIGRATION_COMPLETED("dev.allclear.migration.completed.v1"),
    BASELINE_CAPTURED("dev.allclear.baseline.captured.v1"),
    CHECK_STARTED("dev.allclear.check.started.v1"),
    CHECK_COMPLETED("dev.allclear.check.completed.v1"),
    VERDICT_REACHED("dev.allclear.verdict.reached.v1"),
    ALERT_FIRING("dev.allclear.alert.firing.v1"),
    ALERT_RESOLVED("dev.allclear.alert.resolved.v1");

    private final String wireName;

    EventType(String wireName) {
        this.wireName = wireName;
    }

    /** The CloudEvents {@code type} attribute. */
    public String wireName() {
        return wireName;
    }

    public static Optional<EventType> ofWireName(String name) {
        return Arrays.stream(values())
                .filter(type -> type.wireName.equals(name))
                .findFirst();
    }
}
