package dev.allclear.kafka;

import dev.allclear.event.EventType;

/** The topics of the contract. */
public enum Topic {
    MIGRATIONS("migrations"),
    BASELINES("baselines"),
    RESULTS("results"),
    VERDICTS("verdicts"),
    ALERTS("alerts"),
    DEAD_LETTERS("dead-letters");

    private final String suffix;

    Topic(String suffix) {
        this.suffix = suffix;
    }

    /** The topic's name in a cluster, such as {@code allclear.migrations}. */
    public String nameWith(String prefix) {
        return prefix + suffix;
    }

    /** Where events of a type travel. */
    public static Topic of(EventType type) {
        return switch (type) {
            case MIGRATION_STARTED, MIGRATION_COMPLETED -> MIGRATIONS;
            case BASELINE_CAPTURED -> BASELINES;
            case CHECK_STARTED, CHECK_COMPLETED -> RESULTS;
            case VERDICT_REACHED -> VERDICTS;
            case ALERT_FIRING, ALERT_RESOLVED -> ALERTS;
        };
    }
}
