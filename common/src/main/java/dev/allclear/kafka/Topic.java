package dev.allclear.kafka;

import dev.allclear.event.EventType;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/** The topics of the contract: what each keeps, for how long, and by what it is keyed. */
public enum Topic {
    MIGRATIONS("delete", Topic.MEBIBYTE),
    /** Keyed by run and check as well as database: compaction keeps the last baseline of each. */
    BASELINES("compact,delete", 8 * Topic.MEBIBYTE),
    RESULTS("delete", Topic.MEBIBYTE),
    /** Not compacted: its key is the database, and every run's verdict is kept. */
    VERDICTS("delete", 8 * Topic.MEBIBYTE),
    ALERTS("delete", 8 * Topic.MEBIBYTE),
    /** Holds untouched records of other topics plus headers that say why. */
    DEAD_LETTERS("delete", 8 * Topic.MEBIBYTE);

    private static final int MEBIBYTE = 1 << 20;
    private static final Duration RETENTION = Duration.ofDays(30);

    private final String cleanup;
    private final int largestRecord;

    Topic(String cleanup, int largestRecord) {
        this.cleanup = cleanup;
        this.largestRecord = largestRecord;
    }

    /** The topic that events of a type travel on. */
    public static Topic of(EventType type) {
        return switch (type) {
            case MIGRATION_STARTED, MIGRATION_COMPLETED -> MIGRATIONS;
            case BASELINE_CAPTURED -> BASELINES;
            case CHECK_STARTED, CHECK_COMPLETED -> RESULTS;
            case VERDICT_REACHED -> VERDICTS;
            case ALERT_FIRING, ALERT_RESOLVED -> ALERTS;
        };
    }

    /** The name without its prefix, such as {@code dead-letters}; also its label in metrics. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The name on the broker. */
    public String nameWith(String prefix) {
        return prefix + label();
    }

    /** Whether the key is the database name, so that all runs of one database meet in one partition. */
    public boolean isKeyedByDatabase() {
        return switch (this) {
            case MIGRATIONS, RESULTS, VERDICTS, ALERTS -> true;
            case BASELINES, DEAD_LETTERS -> false;
        };
    }

    /** Whether its partition count must equal that of every other such topic: they are read together, partition by partition. */
    public boolean isCoPartitioned() {
        return this == MIGRATIONS || this == RESULTS;
    }

    /**
     * The topic settings it is created with. Records carry the broker's time, since ages and deadlines are told by it and the clocks
     * of publishers differ.
     */
    public Map<String, String> settings() {
        return Map.of(
                "cleanup.policy",
                cleanup,
                "message.timestamp.type",
                "LogAppendTime",
                "retention.ms",
                Long.toString(RETENTION.toMillis()),
                "max.message.bytes",
                Integer.toString(largestRecord + 4096));
    }
}
