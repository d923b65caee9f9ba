package dev.allclear.aggregator.policy;

import dev.allclear.config.AllclearConfig;
import dev.allclear.config.Section;
import dev.allclear.model.CheckName;
import dev.allclear.model.DatabaseName;
import dev.allclear.service.RunLimits;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The policy of every database: {@code databases.NAME.policy} where a key is given there, else {@code policy}, else the built-in one; and the {@code waivers} of each. */
public record Policies(Policy everywhere, Map<DatabaseName, Policy> byDatabase) {
    public Policies {
        byDatabase = Map.copyOf(byDatabase);
    }

    /** The same policy for every database. */
    public static Policies of(Policy policy) {
        return new Policies(policy, Map.of());
    }

    /** Reads all policies; mistakes are noted in the configuration and the value they would have overridden stands. */
    public static Policies read(AllclearConfig config) {
        Policy everywhere = read(config.root().section("policy"), Policy.DEFAULT);
        Map<DatabaseName, Policy> byDatabase = new TreeMap<>();
        config.databases()
                .forEach((name, database) ->
                        byDatabase.put(name, read(database.section().section("policy"), everywhere)));
        Waivers.read(config)
                .forEach((name, waivers) -> byDatabase.put(
                        name, byDatabase.getOrDefault(name, everywhere).withWaivers(waivers)));
        return new Policies(everywhere, byDatabase);
    }

    /** A database that the configuration does not name is judged by the global policy. */
    public Policy of(DatabaseName database) {
        return byDatabase.getOrDefault(database, everywhere);
    }

    private static Policy read(Section section, Policy fallback) {
        Set<CheckName> required = checks(section, "required", fallback.required());
        Set<CheckName> advisory = checks(section, "advisory", fallback.advisory());
        Duration maxDeadline = positive(section, "max-deadline", fallback.maxDeadline());
        Duration deadline = positive(section, "deadline", fallback.deadline());
        Duration logWatch = section.duration("log-watch", fallback.logWatch());
        Duration abandonAfter = positive(section, "abandon-after", fallback.abandonAfter());
        section.rejectOtherKeys();
        if (required.isEmpty()) {
            section.mistake("required", "must name at least one check: a verdict cannot rest on nothing");
            required = fallback.required();
        }
        if (maxDeadline.compareTo(RunLimits.BEYOND_LOG_WATCH) <= 0) {
            section.mistake("max-deadline", "must be longer than 30s");
            maxDeadline = fallback.maxDeadline();
        }
        if (deadline.compareTo(maxDeadline) > 0) {
            section.mistake("deadline", "must not be longer than max-deadline");
        }
        if (logWatch.plus(RunLimits.BEYOND_LOG_WATCH).compareTo(maxDeadline) > 0) {
            section.mistake("log-watch", "must leave 30s of max-deadline");
        }
        return new Policy(required, advisory, deadline, logWatch, maxDeadline, abandonAfter);
    }

    private static Duration positive(Section section, String key, Duration fallback) {
        Duration value = section.duration(key, fallback);
        if (value.isZero()) {
            section.mistake(key, "must be longer than nothing");
            return fallback;
        }
        return value;
    }

    private static Set<CheckName> checks(Section section, String key, Set<CheckName> fallback) {
        if (!section.has(key)) {
            return fallback;
        }
        Set<CheckName> names = new TreeSet<>();
        for (String text : section.strings(key)) {
            try {
                if (!text.isBlank()) {
                    names.add(new CheckName(text));
                }
            } catch (IllegalArgumentException badName) {
                section.mistake(key, String.valueOf(badName.getMessage()));
            }
        }
        return names;
    }
}
