package dev.allclear.aggregator.console.history;

import dev.allclear.model.CheckName;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A run as a list shows it.
 *
 * @param position where it stands in the list
 * @param lastHeard when anything was last heard of it, by the broker's clock
 * @param startedAt by the publisher's clock, as are all times but the positions
 * @param migration tool and target versions as the publisher named them; empty where it named none
 */
public record RunSummary(
        RunKey key,
        Position position,
        Instant lastHeard,
        Optional<Instant> startedAt,
        Optional<Instant> completedAt,
        String migration,
        Optional<Decided> decided,
        Map<CheckName, CheckProgress> checks) {
    public RunSummary {
        checks = Collections.unmodifiableMap(new TreeMap<>(checks));
    }

    public RunState state() {
        if (decided.filter(Decided::isFinal).isPresent()) {
            return RunState.DECIDED;
        }
        return completedAt.isPresent() || decided.isPresent() ? RunState.CHECKING : RunState.MIGRATING;
    }

    /** How long the migration itself took, where both ends are known and in order. */
    public Optional<Duration> took() {
        return startedAt.flatMap(start ->
                completedAt.map(end -> Duration.between(start, end)).filter(duration -> !duration.isNegative()));
    }
}
