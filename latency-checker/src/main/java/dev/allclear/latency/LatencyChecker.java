package dev.allclear.latency;

import dev.allclear.check.Baseline;
import dev.allclear.check.CheckContext;
import dev.allclear.check.Checker;
import dev.allclear.codec.Json;
import dev.allclear.event.MigrationCompleted;
import dev.allclear.event.MigrationStarted;
import dev.allclear.model.CheckName;
import dev.allclear.model.CheckReport;
import dev.allclear.model.Cost;
import dev.allclear.model.DatabaseName;
import dev.allclear.model.Finding;
import dev.allclear.model.Severity;
import dev.allclear.postgres.Database;
import dev.allclear.postgres.DatabaseFailure;
import dev.allclear.postgres.Databases;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Are the critical queries as fast as before? Probes them before the migration and after it, and compares each with itself.
 * Keeps nothing between calls: what "before" was travels in the baseline.
 */
public final class LatencyChecker implements Checker {
    private final Databases databases;
    private final Map<DatabaseName, LatencySettings> settings;

    LatencyChecker(Databases databases, Map<DatabaseName, LatencySettings> settings) {
        this.databases = databases;
        this.settings = Map.copyOf(settings);
    }

    @Override
    public CheckName name() {
        return CheckName.LATENCY;
    }

    @Override
    public Future<Baseline> before(MigrationStarted started, CheckContext context) {
        LatencySettings own = settingsOf(context);
        if (own.queries().isEmpty()) {
            return Future.succeededFuture(Baseline.none());
        }
        Database database = databases.get(context.database());
        ProbeRound round = new ProbeRound(database, context);
        return round.place().compose(place -> {
            long asked = System.nanoTime();
            return round.run(own.queries(), place.role(), List.of())
                    .map(snapshot -> new Baseline(
                            Json.toMap(snapshot), Optional.of(place.clock().plusNanos(System.nanoTime() - asked))));
        });
    }

    @Override
    public Future<CheckReport> after(MigrationCompleted completed, Optional<Baseline> baseline, CheckContext context) {
        LatencySettings own = settingsOf(context);
        if (own.queries().isEmpty()) {
            Finding why = LatencyFindings.notConfigured(context.database().value(), own.top());
            return Future.succeededFuture(context.report(
                    "No critical query is configured, so none was compared.",
                    List.of(why),
                    Map.of("queries", List.of()),
                    Cost.NONE));
        }
        Database database = databases.get(context.database());
        ProbeRound round = new ProbeRound(database, context);
        LatencySnapshot before = baseline.filter(found -> !found.isNone())
                .map(found -> Json.fromMap(found.content(), LatencySnapshot.class))
                .orElse(new LatencySnapshot("", List.of(), List.of()));
        Optional<Finding> contaminated = contaminated(completed, baseline);
        return round.place()
                .compose(place -> round.run(
                        own.queries(),
                        place.role(),
                        before.tables().stream().map(TableState::name).toList()))
                .compose(after -> retested(own, round, before, after))
                .map(after -> report(own, before, after, contaminated, context, round.cost()))
                .recover(cause -> cause instanceof DatabaseFailure failure
                        ? Future.succeededFuture(unanswered(failure, context, round.cost()))
                        : Future.failedFuture(cause));
    }

    /** Queries against which only the clock speaks are measured once more; the better of the two counts. */
    private Future<LatencySnapshot> retested(
            LatencySettings own, ProbeRound round, LatencySnapshot before, LatencySnapshot after) {
        Future<List<Probe>> all = Future.succeededFuture(new ArrayList<>());
        for (Probe probe : after.probes()) {
            boolean suspicious = before.same(probe)
                    .filter(old -> LatencyComparison.wantsRetest(old, probe))
                    .isPresent();
            all = all.compose(probes -> (suspicious
                            ? round.again(queryOf(own, probe), probe.parameters())
                                    .map(again ->
                                            Retest.settle(before.same(probe).orElseThrow(), probe, again))
                            : Future.succeededFuture(probe))
                    .map(settled -> {
                        probes.add(settled);
                        return probes;
                    }));
        }
        return all.map(probes -> new LatencySnapshot(after.role(), probes, after.tables()));
    }

    private static LatencyQuery queryOf(LatencySettings own, Probe probe) {
        return own.queries().stream()
                .filter(query -> query.name().equals(probe.query()))
                .findFirst()
                .orElseThrow();
    }

    private static CheckReport report(
            LatencySettings own,
            LatencySnapshot before,
            LatencySnapshot after,
            Optional<Finding> contaminated,
            CheckContext context,
            Cost cost) {
        List<Finding> findings = new ArrayList<>(
                contaminated.map(List::of).orElseGet(() -> new LatencyComparison(before, after).findings()));
        if (own.top() > 0) {
            findings.add(LatencyFindings.topNotMeasured(context.database().value(), own.top()));
        }
        return context.report(
                LatencySummary.of(own, findings),
                findings,
                LatencyMeasurements.of(Optional.of(before).filter(known -> contaminated.isEmpty()), after),
                cost);
    }

    private static CheckReport unanswered(DatabaseFailure failure, CheckContext context, Cost cost) {
        Finding finding = LatencyFindings.unanswered(failure, context.database().value());
        return context.report(
                "The critical queries could not be measured.", List.of(finding), Map.of("queries", List.of()), cost);
    }

    private static Optional<Finding> contaminated(MigrationCompleted completed, Optional<Baseline> baseline) {
        return baseline.flatMap(before -> before.whyTooLate(completed, CheckName.LATENCY))
                .map(why -> Finding.of(
                        LatencyFindings.BASELINE_CONTAMINATED,
                        Severity.UNPROVEN,
                        completed.database().value(),
                        why + ": what should be from before may hold the change itself"));
    }

    private LatencySettings settingsOf(CheckContext context) {
        return settings.getOrDefault(context.database(), new LatencySettings(List.of(), 0));
    }
}
