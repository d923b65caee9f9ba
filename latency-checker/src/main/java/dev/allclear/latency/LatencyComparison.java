package dev.allclear.latency;

import dev.allclear.model.Finding;
import dev.allclear.model.FindingCode;
import dev.allclear.model.Severity;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Judges what each query did after the migration by what it did before, each by itself. Pure. */
final class LatencyComparison {
    private final LatencySnapshot before;
    private final LatencySnapshot after;
    private final CauseDiagnosis causes;

    LatencyComparison(LatencySnapshot before, LatencySnapshot after) {
        this.before = before;
        this.after = after;
        this.causes = new CauseDiagnosis(before, after);
    }

    /** Whether nothing but the clock would fail this probe, which wants a second measurement first. */
    static boolean wantsRetest(Probe before, Probe after) {
        boolean overran =
                after.failedWith(ProbeFailure.Kind.OVERRAN) && !before.millis().isEmpty();
        boolean failsAnyway = plan(before, after, Optional.empty())
                .or(() -> blocks(before, after, Optional.empty()))
                .filter(finding -> finding.severity() == Severity.ERROR)
                .isPresent();
        boolean onlyByTheClock =
                TimeComparison.slower(before, after).isPresent() && !TimeComparison.doesMoreWork(before, after);
        return !failsAnyway && (overran || onlyByTheClock);
    }

    /** At most one finding a query and code, about its worst parameter set; then what concerns whole tables. */
    List<Finding> findings() {
        Map<String, Blamed> worst = new LinkedHashMap<>();
        for (Probe probe : after.probes()) {
            for (Blamed blamed : judge(probe)) {
                worst.merge(probe.query() + " " + blamed.finding().code(), blamed, Blamed::worse);
            }
        }
        for (WatchedStatement statement : after.traffic().statements()) {
            traffic(statement)
                    .ifPresent(blamed ->
                            worst.put(statement.name() + " " + blamed.finding().code(), blamed));
        }
        List<Finding> findings = explained(worst.values());
        findings.addAll(ofTables());
        findings.sort(Comparator.comparing(Finding::severity));
        return findings;
    }

    /** A finding and what is to blame for it. */
    private record Blamed(Finding finding, Optional<Cause> cause) {
        Blamed worse(Blamed other) {
            return LatencyComparison.isWorse(other.finding, finding) ? other : this;
        }
    }

    /** A cause is told once a query, with the worst of its findings. */
    private static List<Finding> explained(Collection<Blamed> all) {
        List<Finding> findings = new ArrayList<>();
        Set<String> told = new HashSet<>();
        all.stream()
                .sorted(Comparator.comparing(blamed -> blamed.finding().severity()))
                .forEach(blamed -> findings.add(blamed.cause()
                        .filter(cause -> told.add(blamed.finding().subject() + " " + cause.sentence()))
                        .map(cause -> LatencyFindings.because(blamed.finding(), cause))
                        .orElse(blamed.finding())));
        return findings;
    }

    private static boolean isWorse(Finding one, Finding other) {
        int bySeverity = one.severity().compareTo(other.severity());
        return bySeverity < 0 || (bySeverity == 0 && ratio(one) > ratio(other));
    }

    private static double ratio(Finding finding) {
        return finding.evidence().get("ratio") instanceof Number number ? number.doubleValue() : 0;
    }

    /** Production's own executions of a statement; its cause is that of its plan. */
    private Optional<Blamed> traffic(WatchedStatement now) {
        Optional<Cause> cause = before.planned(now.name())
                .flatMap(old -> after.planned(now.name()).flatMap(probe -> causes.of(old, probe)));
        return before.traffic()
                .named(now.name())
                .flatMap(old -> TrafficComparison.slower(old.window(), now.window()))
                .map(slower -> new Blamed(TrafficFindings.slower(now, slower, cause), cause));
    }

    private List<Blamed> judge(Probe now) {
        Optional<Probe> found = before.same(now);
        if (found.isEmpty()) {
            return List.of(new Blamed(withoutBaseline(now), Optional.empty()));
        }
        Optional<Cause> cause = causes.of(found.get(), now);
        return judge(found.get(), now, cause).stream()
                .map(finding -> new Blamed(finding, cause.filter(known -> known.isEvidenceOf(finding))))
                .toList();
    }

    private List<Finding> judge(Probe old, Probe now, Optional<Cause> cause) {
        List<Finding> findings = new ArrayList<>();
        plan(old, now, cause).ifPresent(findings::add);
        blocks(old, now, cause).ifPresent(findings::add);
        TimeComparison.slower(old, now)
                .map(times -> LatencyFindings.slower(now, times, cause))
                .ifPresent(findings::add);
        now.failure().map(failure -> failed(old, now, failure, cause)).ifPresent(findings::add);
        if (now.failure().isEmpty() && old.failure().isPresent()) {
            findings.add(answersOnlyNow(now, old.failure().get()));
        }
        return findings;
    }

    private static Finding withoutBaseline(Probe now) {
        return now.failure()
                .map(failure -> LatencyFindings.queryFailed(
                        Severity.UNPROVEN,
                        now.query(),
                        failure,
                        "does not answer, and it is not known whether it did before"))
                .orElseGet(() -> LatencyFindings.unproven(
                        LatencyFindings.NO_BASELINE,
                        now.query(),
                        now.query() + " was not measured before the migration, so there is nothing to compare with"));
    }

    private static Finding answersOnlyNow(Probe now, ProbeFailure then) {
        if (then.kind() == ProbeFailure.Kind.FAILED) {
            return LatencyFindings.queryFailed(Severity.INFO, now.query(), then, "works now; it failed before");
        }
        return LatencyFindings.unproven(
                LatencyFindings.NO_BASELINE,
                now.query(),
                now.query() + " answers now but could not be measured before: " + then.reason());
    }

    private static Optional<Finding> plan(Probe old, Probe now, Optional<Cause> cause) {
        Optional<Finding> custom = plan("its plan", old.custom(), now.custom(), now, cause);
        Optional<Finding> generic = plan("its generic plan", old.generic(), now.generic(), now, cause);
        if (custom.isPresent() && generic.isPresent()) {
            return isWorse(generic.get(), custom.get()) ? generic : custom;
        }
        return custom.or(() -> generic);
    }

    private static Optional<Finding> plan(
            String which, Optional<PlanShape> old, Optional<PlanShape> now, Probe probe, Optional<Cause> cause) {
        return old.flatMap(then -> now.map(current -> PlanDiff.of(then, current)))
                .flatMap(diff -> diff.severity()
                        .map(severity -> LatencyFindings.planRegressed(severity, probe, which, diff, cause)));
    }

    private static Optional<Finding> blocks(Probe old, Probe now, Optional<Cause> cause) {
        return BlockDiff.of(old, now).flatMap(diff -> diff.severity()
                .map(severity -> LatencyFindings.moreBuffers(severity, now, diff, cause)));
    }

    private Finding failed(Probe old, Probe now, ProbeFailure failure, Optional<Cause> cause) {
        String query = now.query();
        boolean answeredBefore = old.failure().isEmpty();
        return switch (failure.kind()) {
            case FAILED ->
                answeredBefore
                        ? LatencyFindings.queryFailed(
                                ofBrokenQuery(query), query, failure, "worked before and fails now")
                        : LatencyFindings.queryFailed(Severity.UNPROVEN, query, failure, "failed before and fails now");
            case OVERRAN ->
                old.medianMillis().isPresent()
                        ? LatencyFindings.overran(now, old.medianMillis().getAsDouble(), failure, cause)
                        : unproven(LatencyFindings.TIMED_OUT, query, failure);
            case REFUSED, TOO_HEAVY -> unproven(LatencyFindings.QUERY_REFUSED, query, failure);
            case LOCKED, SILENT -> unproven(LatencyFindings.TIMED_OUT, query, failure);
            case UNREACHABLE -> unproven(LatencyFindings.UNREACHABLE, query, failure);
            case BUDGET -> unproven(LatencyFindings.BUDGET_EXHAUSTED, query, failure);
            case PRIVILEGE ->
                unproven(LatencyFindings.INSUFFICIENT_PRIVILEGE, query, failure)
                        .withRemedy("GRANT SELECT ON " + tablesOf(old) + " TO " + after.role() + ";");
        };
    }

    /** A statement that was chosen by itself may be one that the new release no longer sends. */
    private Severity ofBrokenQuery(String query) {
        return before.traffic().chose(query) ? Severity.WARNING : Severity.ERROR;
    }

    private static Finding unproven(FindingCode code, String query, ProbeFailure failure) {
        return LatencyFindings.unproven(code, query, query + ": " + failure.reason());
    }

    private String tablesOf(Probe probe) {
        List<String> tables = probe.generic().or(probe::custom).map(PlanShape::tables).orElse(List.of()).stream()
                .map(name -> before.table(name).map(TableState::sqlName).orElse(name))
                .toList();
        return tables.isEmpty() ? "ALL TABLES IN SCHEMA public" : String.join(", ", tables);
    }

    private List<Finding> ofTables() {
        List<Finding> findings = new ArrayList<>();
        for (TableState now : after.tables()) {
            List<String> readers = queriesReading(now.name(), PlanShape::tables);
            List<String> missing = causes.missingStatistics(now);
            if (!missing.isEmpty() && !readers.isEmpty()) {
                findings.add(LatencyFindings.missingStatistics(now, missing, readers));
            }
            List<String> indexOnly = queriesReading(now.name(), PlanShape::indexOnly);
            if (causes.lostVisibility(now) && !indexOnly.isEmpty()) {
                TableState old = before.table(now.name()).orElseThrow();
                findings.add(LatencyFindings.visibilityMapLost(old, now, indexOnly.get(0)));
            }
        }
        return findings;
    }

    private List<String> queriesReading(
            String table, java.util.function.Function<PlanShape, List<String>> relationsOf) {
        List<String> queries = new ArrayList<>();
        for (LatencySnapshot snapshot : List.of(before, after)) {
            for (Probe probe : snapshot.probes()) {
                boolean reads = probe.custom()
                        .or(probe::generic)
                        .filter(plan -> relationsOf.apply(plan).contains(table))
                        .isPresent();
                if (reads && !queries.contains(probe.query())) {
                    queries.add(probe.query());
                }
            }
        }
        return queries;
    }
}
