package dev.allclear.cli;

import dev.allclear.cli.progress.Progress;
import dev.allclear.event.AllclearEvent;
import dev.allclear.event.BaselineCaptured;
import dev.allclear.event.BaselineStatus;
import dev.allclear.event.CheckCompleted;
import dev.allclear.event.CheckStarted;
import dev.allclear.event.MigrationCompleted;
import dev.allclear.event.MigrationStarted;
import dev.allclear.event.VerdictReached;
import dev.allclear.model.CheckName;
import dev.allclear.model.CheckReport;
import dev.allclear.model.DatabaseName;
import dev.allclear.model.RunId;
import dev.allclear.model.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Follows one run through the events of all services and says how it goes. Thread-safe. */
final class RunFollower {
    /** What was published so long before a run was announced is of an earlier run of that name; brokers' clocks differ by less. */
    private static final Duration LONG = Duration.ofHours(1);

    private final RunId run;
    private final Optional<DatabaseName> database;
    private final Progress progress;
    private final Map<CheckName, BaselineCaptured> baselines = new TreeMap<>();
    private final Map<CheckName, CheckReport> reports = new TreeMap<>();
    private final Set<DatabaseName> databases = new TreeSet<>();
    private Instant announced = Instant.MIN;
    private Instant ended = Instant.MIN;
    private Instant endPublished = Instant.MIN;
    private Instant decided = Instant.MIN;
    private Optional<Verdict> latest = Optional.empty();

    /** @param database whose run it is, since runs of two databases may share a name; empty where nobody said */
    RunFollower(RunId run, Optional<DatabaseName> database, Progress progress) {
        this.run = run;
        this.database = database;
        this.progress = progress;
    }

    /**
     * Takes any event; those of other runs are passed over.
     *
     * @param published when the broker took it
     */
    synchronized void accept(AllclearEvent event, Instant published) {
        if (!event.run().equals(run)
                || database.filter(own -> !own.equals(event.database())).isPresent()) {
            return;
        }
        databases.add(event.database());
        if (event instanceof MigrationStarted) {
            announce(published);
        } else if (event instanceof MigrationCompleted completed) {
            end(completed.completedAt(), published);
        } else if (isLongBefore(published, announced)) {
            return;
        } else if (event instanceof BaselineCaptured baseline) {
            baselines.put(baseline.check(), baseline);
            progress.heard(baseline);
        } else if (event instanceof CheckStarted started) {
            progress.heard(started);
        } else if (event instanceof CheckCompleted completed) {
            CheckReport report = completed.report();
            CheckReport known = reports.get(report.check());
            if (known == null || report.outcome().compareTo(known.outcome()) > 0) {
                reports.put(report.check(), report);
                progress.heard(report);
            }
        } else if (event instanceof VerdictReached reached
                && latest.filter(verdict ->
                                verdict.revision() >= reached.verdict().revision())
                        .isEmpty()) {
            latest = Optional.of(reached.verdict());
            decided = published;
        }
        notifyAll();
    }

    /** What was said of an earlier run of that name is none of this one's. */
    private void announce(Instant published) {
        announced = published.isAfter(announced) ? published : announced;
        if (latest.isPresent() && isLongBefore(decided, announced)) {
            latest = Optional.empty();
            reports.clear();
        }
    }

    /** An end long after another is one of another run, though nobody announced it; sent again, it has the same time. */
    private void end(Instant over, Instant published) {
        boolean isLater = isLongBefore(ended, over);
        if ((isLater && ended.isAfter(Instant.MIN)) || isLongBefore(over, ended)) {
            announce(isLater ? published : endPublished);
        }
        if (over.isAfter(ended)) {
            ended = over;
            endPublished = published;
        }
    }

    private static boolean isLongBefore(Instant one, Instant other) {
        return other.isAfter(Instant.MIN) && one.isBefore(other.minus(LONG));
    }

    /** Of which databases a run of this name was heard. */
    synchronized Set<DatabaseName> databases() {
        return Set.copyOf(databases);
    }

    /** Whether somebody has answered about the run. */
    synchronized boolean isAnswered() {
        return latest.isPresent() || !reports.isEmpty();
    }

    /** Waits until each of the checks has said what "before" is; returns those that did not, or could not. */
    synchronized Set<CheckName> awaitBaselines(Set<CheckName> checks, long millis) throws InterruptedException {
        long end = System.nanoTime() + millis * 1_000_000;
        while (!baselines.keySet().containsAll(checks) && System.nanoTime() < end) {
            wait(Math.max(1, (end - System.nanoTime()) / 1_000_000));
        }
        Set<CheckName> missing = new TreeSet<>(checks);
        missing.removeAll(captured());
        return missing;
    }

    /** The checks whose "before" is captured by now, or that need none. */
    synchronized Set<CheckName> captured() {
        return baselines().stream().map(BaselineCaptured::check).collect(Collectors.toSet());
    }

    /** What those checks said. */
    synchronized List<BaselineCaptured> baselines() {
        return baselines.values().stream()
                .filter(baseline -> baseline.status() != BaselineStatus.FAILED)
                .toList();
    }

    /** Waits for the final verdict; the latest one that is not final, or nothing, when the time is up. */
    synchronized Optional<Verdict> awaitVerdict(long millis) throws InterruptedException {
        long end = System.nanoTime() + millis * 1_000_000;
        while (latest.filter(Verdict::isFinal).isEmpty() && System.nanoTime() < end) {
            wait(Math.max(1, (end - System.nanoTime()) / 1_000_000));
        }
        return latest;
    }

    /** The last verdict heard by now, final or not. */
    synchronized Optional<Verdict> verdict() {
        return latest;
    }

    synchronized List<CheckReport> reports() {
        return List.copyOf(reports.values());
    }
}
