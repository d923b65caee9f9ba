package dev.allclear.service;

import dev.allclear.config.AllclearConfig;
import dev.allclear.event.MigrationDescription;
import dev.allclear.model.DatabaseName;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * How long the checks of a run may take, by policy. A run may ask for less than the policy's deadline and log watch, never for
 * more; a deadline that is too short for the log watch is raised.
 *
 * @param deadline from completion to verdict
 * @param logWatch how long logs are watched after completion
 */
public record RunLimits(Duration deadline, Duration logWatch) {
    public static final Duration DEFAULT_DEADLINE = Duration.ofMinutes(5);
    /** What a verdict needs beyond the log watch. */
    static final Duration BEYOND_LOG_WATCH = Duration.ofSeconds(30);
    /** Checks answer this much before the verdict is due, so that a time-out is an answer and not a missing one. */
    private static final Duration AHEAD = Duration.ofSeconds(5);

    /** The limits of every configured database: its own {@code policy}, else the global one. */
    public static Map<DatabaseName, RunLimits> of(AllclearConfig config) {
        Duration deadline = config.root().section("policy").duration("deadline", DEFAULT_DEADLINE);
        Duration logWatch = config.logWatch();
        Map<DatabaseName, RunLimits> limits = new TreeMap<>();
        config.databases().forEach((name, database) -> {
            var own = database.section().section("policy");
            limits.put(name, new RunLimits(own.duration("deadline", deadline), own.duration("log-watch", logWatch)));
        });
        return limits;
    }

    /** From completion to verdict, for one run. */
    public Duration deadlineOf(MigrationDescription description) {
        Duration watch = shorter(description.logWatch().orElse(logWatch), logWatch);
        Duration wanted = shorter(description.deadline().orElse(deadline), deadline);
        Duration least = watch.plus(BEYOND_LOG_WATCH);
        return wanted.compareTo(least) < 0 ? least : wanted;
    }

    /** How long a check of the run may take. */
    public Duration checkLimitOf(MigrationDescription description) {
        return deadlineOf(description).minus(AHEAD);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
