package dev.allclear.latency;

import dev.allclear.model.DatabaseName;
import dev.allclear.model.Finding;
import dev.allclear.model.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is said of production's own statements: which became slower, and which could not be compared. */
final class TrafficFindings {
    private TrafficFindings() {}

    static Finding slower(WatchedStatement statement, TrafficComparison traffic, Optional<Cause> cause) {
        String limit = traffic.severity() == Severity.ERROR
                ? "limit " + LatencyFindings.number(TrafficComparison.ERROR_RATIO) + " with more blocks a call"
                : "warned from " + LatencyFindings.number(TrafficComparison.WARNING_RATIO);
        Finding finding = Finding.of(
                        LatencyFindings.SLOWER_IN_PRODUCTION,
                        traffic.severity(),
                        statement.name(),
                        statement.name() + ": production's own "
                                + traffic.after().calls() + " calls took "
                                + LatencyFindings.number(traffic.after().mean()) + " ms on average, "
                                + LatencyFindings.number(traffic.before().mean()) + " ms before: "
                                + LatencyFindings.number(traffic.ratio()) + " times, surely more than "
                                + LatencyFindings.number(traffic.atLeast()) + " (" + limit + "), and touched "
                                + LatencyFindings.number(traffic.after().blocksPerCall()) + " blocks each, "
                                + LatencyFindings.number(traffic.before().blocksPerCall()) + " before")
                .withEvidence("query", statement.name())
                .withEvidence("before", LatencyFindings.rounded(traffic.before().mean()))
                .withEvidence("after", LatencyFindings.rounded(traffic.after().mean()))
                .withEvidence("calls", traffic.after().calls())
                .withEvidence("ratio", Math.round(traffic.ratio() * 100) / 100.0);
        if (cause.isPresent()) {
            for (var entry : cause.get().evidence().entrySet()) {
                finding = finding.withEvidence(entry.getKey(), entry.getValue());
            }
        }
        return finding;
    }

    /**
     * What was asked for and not compared. What was only offered (no {@code top} in the configuration) may be missing silently, unless
     * nothing else was compared.
     */
    static List<Finding> ofGaps(
            LatencySettings settings, LatencySnapshot before, LatencySnapshot after, DatabaseName database) {
        List<Finding> findings = new ArrayList<>();
        Optional<TrafficGap> gap =
                before.traffic().gap().or(() -> after.traffic().gap());
        List<WatchedStatement> chosen = before.traffic().chosen();
        if (settings.topAsked() && gap.isPresent()) {
            findings.add(unreadable(gap.get(), settings.top(), database));
        } else if (settings.topAsked() && chosen.isEmpty()) {
            findings.add(
                    before.equals(LatencySnapshot.NOTHING)
                            ? LatencyFindings.unproven(
                                    LatencyFindings.NO_BASELINE,
                                    database.value(),
                                    "latency.top: " + settings.top()
                                            + " chooses statements before a migration, and there is no"
                                            + " measurement from before it")
                            : LatencyFindings.unproven(
                                    LatencyFindings.NO_STATISTICS,
                                    database.value(),
                                    "latency.top: " + settings.top()
                                            + ", but pg_stat_statements holds no SELECT of another role"
                                            + " in this database"));
        }
        if (findings.isEmpty()) {
            noneWorks(settings, chosen, before, after)
                    .or(() -> unjudged(settings, chosen, before, after)
                            .flatMap(open ->
                                    gap.isEmpty() ? Optional.of(open) : ofGap(open, gap.get(), settings, database)))
                    .ifPresent(findings::add);
        }
        return findings;
    }

    /** Why the statistics cannot be read says more than that they brought no calls; for the record it is not worth saying. */
    private static Optional<Finding> ofGap(
            Finding open, TrafficGap gap, LatencySettings settings, DatabaseName database) {
        return Optional.of(unreadable(gap, settings.top(), database))
                .filter(reason -> open.severity() == Severity.UNPROVEN);
    }

    private static Finding unreadable(TrafficGap gap, int top, DatabaseName database) {
        Finding finding = LatencyFindings.unproven(
                gap.code(),
                database.value(),
                "latency.top: " + top + ", but no statement could be chosen or followed: " + gap.reason());
        return gap.remedy().isEmpty() ? finding : finding.withRemedy(gap.remedy());
    }

    /** One that the new release may no longer send is worth a warning; when all that was chosen is such, nothing was compared. */
    private static Optional<Finding> noneWorks(
            LatencySettings settings, List<WatchedStatement> chosen, LatencySnapshot before, LatencySnapshot after) {
        List<String> broken = chosen.stream()
                .map(WatchedStatement::name)
                .filter(name -> after.planned(name)
                        .filter(probe -> probe.failedWith(ProbeFailure.Kind.FAILED))
                        .isPresent())
                .toList();
        boolean compared = chosen.stream()
                .anyMatch(statement -> canTell(statement, after)
                        || (before.planned(statement.name()).isPresent() && !broken.contains(statement.name())));
        if (broken.isEmpty() || compared || !settings.queries().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(LatencyFindings.unproven(
                LatencyFindings.NO_STATISTICS,
                broken.get(0),
                "none of the " + chosen.size()
                        + " statements of production that were chosen could be compared, since the"
                        + " database rejects what it planned before: " + String.join("; ", broken)));
    }

    private static boolean canTell(WatchedStatement statement, LatencySnapshot after) {
        TrafficWindow now = after.traffic()
                .named(statement.name())
                .map(WatchedStatement::window)
                .orElse(TrafficWindow.NONE);
        return TrafficComparison.canTell(statement.window(), now);
    }

    /** Statements with neither a plan on both sides nor calls enough; that is for the record unless nothing was compared at all. */
    private static Optional<Finding> unjudged(
            LatencySettings settings, List<WatchedStatement> chosen, LatencySnapshot before, LatencySnapshot after) {
        List<WatchedStatement> open = chosen.stream()
                .filter(statement -> before.planned(statement.name()).isEmpty())
                .filter(statement -> !canTell(statement, after))
                .toList();
        if (open.isEmpty()) {
            return Optional.empty();
        }
        boolean nothingCompared = settings.queries().isEmpty() && open.size() == chosen.size();
        boolean restarted = after.traffic().statements().stream()
                .anyMatch(statement -> statement.restarted()
                        && open.stream().anyMatch(one -> one.name().equals(statement.name())));
        List<String> names = open.stream().map(WatchedStatement::name).toList();
        return Optional.of(Finding.of(
                        restarted ? LatencyFindings.STATISTICS_RESET : LatencyFindings.NO_STATISTICS,
                        restarted || nothingCompared ? Severity.UNPROVEN : Severity.INFO,
                        names.get(0),
                        open.size() + " of " + chosen.size() + " statements of production cannot be planned as"
                                + " pg_stat_statements shows them and were called fewer than "
                                + TrafficComparison.LEAST_CALLS + " times before or while they were watched"
                                + (restarted ? ", since their counters were reset or evicted" : "")
                                + ", so they were not compared: " + String.join("; ", names))
                .withEvidence("query", names.get(0)));
    }
}
