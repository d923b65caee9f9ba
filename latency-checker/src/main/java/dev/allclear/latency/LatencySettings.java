package dev.allclear.latency;

import dev.allclear.config.Section;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What {@code databases.NAME.latency} says.
 *
 * @param top how many of the most used statements to choose by themselves
 * @param topAsked whether the configuration says so itself; what it asks for and does not get is UNPROVEN
 * @param watch how long production is watched after the migration
 * @param rolling how often to measure without being told of a run; zero for never
 */
record LatencySettings(List<LatencyQuery> queries, int top, boolean topAsked, Duration watch, Duration rolling) {
    static final int DEFAULT_TOP = 5;
    static final Duration DEFAULT_WATCH = Duration.ofSeconds(5);
    static final LatencySettings NOTHING_SAID =
            new LatencySettings(List.of(), DEFAULT_TOP, false, DEFAULT_WATCH, Duration.ZERO);
    private static final int MOST_TOP = 100;
    private static final Duration LONGEST_WATCH = Duration.ofMinutes(30);
    private static final Duration LEAST_ROLLING = Duration.ofMinutes(1);

    LatencySettings {
        queries = List.copyOf(queries);
    }

    static LatencySettings read(Section section) {
        List<LatencyQuery> queries = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Section item : section.sections("queries")) {
            QuerySettings.read(item, names).ifPresent(queries::add);
        }
        boolean topAsked = section.has("top");
        int top = section.integer("top", DEFAULT_TOP, 0, MOST_TOP);
        Duration watch = section.duration("watch", DEFAULT_WATCH);
        if (watch.isNegative() || watch.compareTo(LONGEST_WATCH) > 0) {
            section.mistake("watch", "must be from 0s to 30m");
        }
        Duration rolling = section.duration("rolling", Duration.ZERO);
        if (!rolling.isZero() && rolling.compareTo(LEAST_ROLLING) < 0) {
            section.mistake("rolling", "must be at least 1m, or 0s for never");
        }
        section.rejectOtherKeys();
        return new LatencySettings(queries, top, topAsked && top > 0, watch, rolling);
    }

    /** The queries as they are sent once the migration is over. */
    List<LatencyQuery> queriesAfterwards() {
        return queries.stream().map(LatencyQuery::afterwards).toList();
    }

    Optional<LatencyQuery> query(String name) {
        return queries.stream().filter(query -> query.name().equals(name)).findFirst();
    }
}
