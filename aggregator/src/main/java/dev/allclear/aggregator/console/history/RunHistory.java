package dev.allclear.aggregator.console.history;

import dev.allclear.event.AllclearEvent;
import dev.allclear.event.BaselineCaptured;
import dev.allclear.event.CheckCompleted;
import dev.allclear.event.CheckStarted;
import dev.allclear.kafka.ReceivedEvent;
import dev.allclear.model.CheckName;
import dev.allclear.model.DatabaseName;
import dev.allclear.model.RunId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The newest runs. Bounded in number, and in the bytes of whole events that are kept for them: the oldest are thinned first. Runs that
 * only checks mention are kept apart, since they may yet be announced: whoever invents them crowds out no run of anybody.
 */
public final class RunHistory {
    private static final int SHARE_OF_STRANGERS = 4;

    private final Map<RunKey, RunEntry> runs = new HashMap<>();
    private final Map<RunId, List<RunEntry>> byName = new HashMap<>();
    private final Shelf known;
    private final Shelf strangers;
    private final Pulses pulses = new Pulses();

    public RunHistory(int mostRuns, long mostBytes) {
        known = new Shelf(mostRuns, mostBytes);
        strangers = new Shelf(mostRuns, mostBytes / SHARE_OF_STRANGERS);
    }

    /** Takes in what was heard; empty when it changes nothing. */
    public synchronized Optional<RunChange> accept(ReceivedEvent received) {
        AllclearEvent event = received.event();
        pulses.accept(received);
        RunKey key = RunKey.of(event);
        RunEntry entry = runs.computeIfAbsent(key, unknown -> begin(unknown, received.timestamp()));
        shelf(entry).take(entry);
        boolean isNews = entry.accept(received);
        shelf(entry).put(entry).forEach(this::end);
        return isNews
                ? Optional.of(new RunChange(key, event.type(), checkOf(event), received.timestamp()))
                : Optional.empty();
    }

    private Shelf shelf(RunEntry entry) {
        return entry.isKnown() ? known : strangers;
    }

    private RunEntry begin(RunKey key, Instant heard) {
        RunEntry entry = new RunEntry(key, heard);
        byName.computeIfAbsent(key.run(), name -> new ArrayList<>(1)).add(entry);
        return entry;
    }

    private void end(RunEntry entry) {
        runs.remove(entry.key());
        List<RunEntry> namesakes = byName.getOrDefault(entry.key().run(), List.of());
        if (namesakes.size() > 1) {
            namesakes.remove(entry);
        } else {
            byName.remove(entry.key().run());
        }
    }

    /** The newest that the filter takes. */
    public synchronized RunList list(RunFilter filter) {
        List<RunSummary> found = new ArrayList<>();
        NavigableMap<Position, RunEntry> candidates = filter.before()
                .map(before -> known.byTime().headMap(before, false))
                .orElse(known.byTime());
        Instant since = filter.since().orElse(Instant.MIN);
        for (Map.Entry<Position, RunEntry> candidate :
                candidates.descendingMap().entrySet()) {
            if (candidate.getKey().at().isBefore(since)) {
                break;
            }
            if (filter.takes(candidate.getValue())) {
                if (found.size() == filter.limit()) {
                    return new RunList(
                            found, Optional.of(found.get(found.size() - 1).position()));
                }
                found.add(candidate.getValue().summary());
            }
        }
        return new RunList(found, Optional.empty());
    }

    /** The run of this name; where several databases have one, the newest of these. */
    public synchronized Optional<RunSummary> find(RunId run, Optional<DatabaseName> database) {
        return byName.getOrDefault(run, List.of()).stream()
                .filter(RunEntry::isKnown)
                .filter(entry -> database.map(entry.key().database()::equals).orElse(true))
                .max(Comparator.comparing(RunEntry::position))
                .map(RunEntry::summary);
    }

    /** Which databases have a run of this name. */
    public synchronized Set<DatabaseName> databasesOf(RunId run) {
        return byName.getOrDefault(run, List.of()).stream()
                .filter(RunEntry::isKnown)
                .map(entry -> entry.key().database())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** What is known of a run, whether anybody announced it or not; empty when nothing is. */
    public synchronized Optional<RunSummary> find(RunKey key) {
        return Optional.ofNullable(runs.get(key)).map(RunEntry::summary);
    }

    /** The run with its whole events; empty when they were let go. */
    public Optional<RunDetail> detail(RunKey key) {
        RunSummary summary;
        List<Packed> parts;
        synchronized (this) {
            RunEntry entry = runs.get(key);
            if (entry == null || !entry.isWhole()) {
                return Optional.empty();
            }
            summary = entry.summary();
            parts = entry.parts();
        }
        return Optional.of(
                RunDetail.of(summary, parts.stream().map(Packed::unpack).toList()));
    }

    /** A copy to be filled again with what this run's events were, and the way to tell when it is complete. */
    synchronized Optional<Refill> refill(RunKey key) {
        return Optional.ofNullable(runs.get(key))
                .map(entry -> new Refill(new RunEntry(key, entry.position().at()), copy -> {
                    synchronized (this) {
                        return entry.isCaughtUpBy(copy);
                    }
                }));
    }

    /** The databases that runs were heard of. */
    public synchronized Set<DatabaseName> databases() {
        return runs.values().stream()
                .filter(RunEntry::isKnown)
                .map(entry -> entry.key().database())
                .collect(Collectors.toSet());
    }

    /** When each service was last heard, by what it says. */
    public synchronized Pulses pulses() {
        return pulses.copy();
    }

    /** How many runs are known, and how many bytes of whole events are kept for them. */
    public synchronized Size size() {
        return new Size(runs.size(), known.whole() + strangers.whole(), known.bytes() + strangers.bytes());
    }

    /** How much the history holds at the moment. */
    public record Size(int runs, int whole, long bytes) {}

    private static Optional<CheckName> checkOf(AllclearEvent event) {
        if (event instanceof CheckCompleted completed) {
            return Optional.of(completed.report().check());
        } else if (event instanceof CheckStarted started) {
            return Optional.of(started.check());
        } else if (event instanceof BaselineCaptured baseline) {
            return Optional.of(baseline.check());
        }
        return Optional.empty();
    }
}
