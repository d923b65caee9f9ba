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
import dev.allclear.model.RunId;
import dev.allclear.model.Severity;
import dev.allclear.postgres.DatabaseFailure;
import dev.allclear.postgres.Databases;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Are the critical queries as fast as before? Probes them before the migration and after it, and compares each with itself.
 * What "before" was travels in the baseline; a rolling one, where asked for, stands in for one that is missing or came too late.
 */
public final class LatencyChecker implements Checker {
    private final Vertx vertx;
    private final Databases databases;
    private final Map<DatabaseName, LatencySettings> settings;
    private final RollingBaselines rolling;

    LatencyChecker(
            Vertx vertx, Databases databases, Map<DatabaseName, LatencySettings> settings, RollingBaselines rolling) {
        this.vertx = vertx;
        this.databases = databases;
        this.settings = Map.copyOf(settings);
        this.rolling = rolling;
    }

    @Override
    public CheckName name() {
        return CheckName.LATENCY;
    }

    @Override
    public Future<Baseline> before(MigrationStarted started, CheckContext context) {
        LatencySettings own = settingsOf(context);
        if (own.queries().isEmpty() && own.top() == 0) {
            return Future.succeededFuture(Baseline.none());
        }
        rolling.begin(context.database(), context.run(), started.startedAt());
        ProbeRound round = new ProbeRound(databases.get(context.database()), context);
        return new Before(own, round).baseline();
    }

    @Override
    public void resume(MigrationStarted started, Optional<Baseline> baseline, CheckContext context) {
        rolling.begin(context.database(), context.run(), started.startedAt());
    }

    @Override
    public void forget(DatabaseName database, RunId run) {
        rolling.forget(database, run);
    }

    @Override
    public void close() {
        rolling.close();
    }

    @Override
    public Future<CheckReport> after(MigrationCompleted completed, Optional<Baseline> captured, CheckContext context) {
        LatencySettings own = settingsOf(context);
        Optional<Baseline> rolled = rolling.end(context.database(), context.run())
                .filter(kept -> kept.databaseClock()
                        .filter(clock -> clock.isBefore(completed.completedAt()))
                        .isPresent());
        boolean good = captured.filter(found -> !found.isNone()).isPresent()
                && contaminated(completed, captured).isEmpty();
        boolean usesRolled = !good && rolled.isPresent();
        Optional<Baseline> baseline = usesRolled ? rolled : captured;
        LatencySnapshot before = baseline.filter(found -> !found.isNone())
                .map(found -> Json.fromMap(found.content(), LatencySnapshot.class))
                .orElse(LatencySnapshot.NOTHING);
        if (own.queries().isEmpty() && before.traffic().chosen().isEmpty()) {
            return Future.succeededFuture(nothingToCompare(own, before, context));
        }
        ProbeRound round = new ProbeRound(databases.get(context.database()), context);
        Optional<Finding> contaminated = usesRolled ? Optional.empty() : contaminated(completed, baseline);
        return new After(vertx, own, round, context, before)
                .snapshot()
                .map(after -> report(own, before, after, contaminated, context, round.cost()))
                .recover(cause -> cause instanceof DatabaseFailure failure
                        ? Future.succeededFuture(unanswered(failure, context, round.cost()))
                        : Future.failedFuture(cause));
    }

    private static CheckReport nothingToCompare(LatencySettings own, LatencySnapshot before, CheckContext context) {
        List<Finding> why = new ArrayList<>(TrafficFindings.ofGaps(own, before, before, context.database()));
        if (why.stream().noneMatch(finding -> finding.severity() == Severity.UNPROVEN)) {
            why.add(LatencyFindings.notConfigured(context.database().value()));
        }
        return context.report(
                "No critical query is configured, so none was compared.", why, Map.of("queries", List.of()), Cost.NONE);
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
        findings.addAll(TrafficFindings.ofGaps(own, before, after, context.database()));
        return context.report(
                LatencySummary.of(
                        own.queries().size(), before.traffic().chosen().size(), findings),
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
        return settings.getOrDefault(context.database(), LatencySettings.NOTHING_SAID);
    }
}
