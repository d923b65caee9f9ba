package dev.allclear.aggregator.ledger;

import dev.allclear.model.RunId;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * When the runs of one database went on, by the publishers' clocks, to find those that overlapped. Bounded: of very many runs the ones
 * that began longest ago are forgotten.
 */
public record RunWindows(Map<RunId, Window> windows) {
    public static final RunWindows NONE = new RunWindows(Map.of());
    private static final int MOST = 100;

    public RunWindows {
        // stays a sorted map: a sorted map is copied without being sorted anew
        windows = Collections.unmodifiableSortedMap(new TreeMap<>(windows));
    }

    /** From the beginning, or the end where no beginning was reported, to the end; a run without an end is still going on. */
    public record Window(Instant from, Optional<Instant> to) {
        boolean overlaps(Window other) {
            return !endsBefore(other) && !other.endsBefore(this);
        }

        private boolean endsBefore(Window other) {
            return to.filter(end -> end.isBefore(other.from)).isPresent();
        }
    }

    /** Notes what is known of a run's window by now; a run of which nothing is known is no window. */
    public RunWindows with(RunLedger ledger) {
        Optional<Instant> from = ledger.facts().startedAt().or(ledger.facts()::completedAt);
        if (from.isEmpty()) {
            return this;
        }
        Map<RunId, Window> more = new TreeMap<>(windows);
        more.put(ledger.run(), new Window(from.get(), ledger.facts().completedAt()));
        while (more.size() > MOST) {
            more.entrySet().stream()
                    .min(Comparator.comparing(
                            (Map.Entry<RunId, Window> entry) -> entry.getValue().from()))
                    .ifPresent(oldest -> more.remove(oldest.getKey()));
        }
        return new RunWindows(more);
    }

    public RunWindows without(RunId run) {
        Map<RunId, Window> fewer = new TreeMap<>(windows);
        fewer.remove(run);
        return new RunWindows(fewer);
    }

    /** The other runs that went on while this one did, as far as is known. */
    public List<RunId> overlapping(RunId run) {
        Window own = windows.get(run);
        if (own == null) {
            return List.of();
        }
        return windows.entrySet().stream()
                .filter(other -> !other.getKey().equals(run) && other.getValue().overlaps(own))
                .map(Map.Entry::getKey)
                .toList();
    }
}
