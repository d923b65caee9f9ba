package dev.allclear.service;

import dev.allclear.config.AllclearConfig;
import dev.allclear.config.Section;
import dev.allclear.event.MigrationDescription;
import dev.allclear.model.DatabaseName;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How long a run may take, by policy: the one rule by which checks and aggregator count. A run may ask for a deadline and a log
 * watch of its own, up to the longest deadline; one that is too short for the log watch is raised.
 *
 * @param deadline from completion to verdict, unless a run says otherwise
 * @param logWatch how long logs are watched after completion, unless a run says otherwise
 * @param maxDeadline the longest deadline a run may ask for
 */
public record RunLimits(Duration deadline, Duration logWatch, Duration maxDeadline) {
    public static final RunLimits DEFAULT =
            new RunLimits(Duration.ofMinutes(5), Duration.ofMinutes(2), Duration.ofHours(1));
    /** What a verdict needs beyond the log watch: to read, judge and publish. */
    public static final Duration BEYOND_LOG_WATCH = Duration.ofSeconds(30);
    /** Checks answer this much before the verdict is due, so that a time-out is an answer and not a missing one. */
    private static final Duration AHEAD = Duration.ofSeconds(5);

    /** The limits of every configured database: its own {@code policy}, else the global one. */
    public static Map<DatabaseName, RunLimits> of(AllclearConfig config) {
        RunLimits everywhere = everywhere(config);
        Map<DatabaseName, RunLimits> limits = new TreeMap<>();
        config.databases()
                .forEach((name, database) ->
                        limits.put(name, read(database.section().section("policy"), everywhere)));
        return limits;
    }

    /** The global limits, for a database that is not configured. */
    static RunLimits everywhere(AllclearConfig config) {
        return read(config.root().section("policy"), DEFAULT);
    }

    private static RunLimits read(Section policy, RunLimits fallback) {
        return new RunLimits(
                policy.duration("deadline", fallback.deadline),
                policy.duration("log-watch", fallback.logWatch),
                policy.duration("max-deadline", fallback.maxDeadline));
    }

    /** How long this run's logs are watched: what it asks for, but never so long that the longest deadline could not hold it. */
    public Duration logWatchOf(Optional<Duration> asked) {
        Duration longest = maxDeadline.minus(BEYOND_LOG_WATCH);
        return shorter(asked.orElse(logWatch), longest.isNegative() ? Duration.ZERO : longest);
    }

    /** What was asked for, by the run or else by the policy, capped. */
    public Duration askedDeadlineOf(Optional<Duration> asked) {
        return shorter(asked.orElse(deadline), maxDeadline);
    }

    /** The deadline that holds: as asked, but long enough for the log watch to end and be judged. */
    public Duration deadlineOf(Optional<Duration> askedDeadline, Optional<Duration> askedLogWatch) {
        Duration asked = askedDeadlineOf(askedDeadline);
        Duration least = logWatchOf(askedLogWatch).plus(BEYOND_LOG_WATCH);
        return asked.compareTo(least) < 0 ? least : asked;
    }

    /** From completion to verdict, for what a publisher said. */
    public Duration deadlineOf(MigrationDescription description) {
        return deadlineOf(description.deadline(), description.logWatch());
    }

    /** How long a check of the run may take. */
    public Duration checkLimitOf(MigrationDescription description) {
        return deadlineOf(description).minus(AHEAD);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
