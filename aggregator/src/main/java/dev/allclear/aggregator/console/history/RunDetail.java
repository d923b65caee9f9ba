package dev.allclear.aggregator.console.history;

import dev.allclear.aggregator.report.RunReport;
import dev.allclear.event.AllclearEvent;
import dev.allclear.event.CheckCompleted;
import dev.allclear.event.MigrationCompleted;
import dev.allclear.event.MigrationStarted;
import dev.allclear.event.VerdictReached;
import dev.allclear.model.CheckReport;
import dev.allclear.model.Verdict;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** A run with every whole event that is known of it. */
public record RunDetail(
        RunSummary summary,
        Optional<MigrationStarted> started,
        Optional<MigrationCompleted> completed,
        List<CheckReport> reports,
        Optional<Verdict> verdict) {
    public RunDetail {
        reports = List.copyOf(reports);
    }

    static RunDetail of(RunSummary summary, Collection<AllclearEvent> events) {
        return new RunDetail(
                summary,
                the(MigrationStarted.class, events),
                the(MigrationCompleted.class, events),
                events.stream()
                        .filter(CheckCompleted.class::isInstance)
                        .map(event -> ((CheckCompleted) event).report())
                        .toList(),
                the(VerdictReached.class, events).map(VerdictReached::verdict));
    }

    /** The run as people are to read it, once there is a verdict. */
    public Optional<RunReport> report() {
        return verdict.map(decided -> new RunReport(decided, reports, started, completed));
    }

    private static <T> Optional<T> the(Class<T> type, Collection<AllclearEvent> events) {
        return events.stream().filter(type::isInstance).map(type::cast).findFirst();
    }
}
