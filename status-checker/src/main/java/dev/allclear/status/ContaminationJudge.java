package dev.allclear.status;

import dev.allclear.model.Finding;
import dev.allclear.status.TrackingJudge.Tracking;
import dev.allclear.status.tool.Presence;
import dev.allclear.status.tool.Step;
import dev.allclear.status.tool.Step.State;
import dev.allclear.status.tool.TrackingTable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Whether "before" was measured before the migration. A publisher that waited for it says so. Of any other, the measurement itself is
 * searched for signs of this run, and where there could be none it is not trusted: a plain script keeps no record; a version in a
 * table that keeps no time cannot be told from one that an earlier run applied.
 */
final class ContaminationJudge {
    /** Zones differ from each other by whole quarters of an hour, and from ours by less than this many. */
    private static final int MOST_QUARTERS = 14 * 4 * 2;

    private static final Duration QUARTER = Duration.ofMinutes(15);

    private final Evidence evidence;
    private final Before before;
    private final List<TrackingTable> judged;

    private ContaminationJudge(Evidence evidence, Before before, Tracking tracking) {
        this.evidence = evidence;
        this.before = before;
        this.judged = tracking.tables();
    }

    static List<Finding> judge(Evidence evidence, Tracking tracking) {
        if (evidence.before().isEmpty() || evidence.isBeforeProved()) {
            return List.of();
        }
        if (evidence.tooLate().isPresent()) {
            return List.of(StatusFindings.baselineTooLate(evidence.tooLate().get()));
        }
        return new ContaminationJudge(evidence, evidence.before().get(), tracking).judge();
    }

    private List<Finding> judge() {
        List<Finding> findings = new ArrayList<>();
        if (before.atWork()) {
            findings.add(StatusFindings.baselineTooLate(
                    "a session of the migration was at work while \"before\" was measured at " + before.clock()));
        }
        for (TrackingTable table : before.tables()) {
            recordedSinceTheStart(table).ifPresent(findings::add);
        }
        if (findings.isEmpty()) {
            judged.forEach(table -> perhapsOfThisRun(table).ifPresent(findings::add));
        }
        if (findings.isEmpty() && evidence.asked().isPlainSql()) {
            findings.add(StatusFindings.baselinePerhapsTooLate(
                    "", "a plain script keeps no record: it may have begun already when \"before\" was measured"));
        }
        return findings;
    }

    private Optional<Finding> recordedSinceTheStart(TrackingTable table) {
        return table.steps().stream()
                .filter(step -> (step.isApplied() || step.state() == State.RECORDED) && isOfThisRun(table, step))
                .findFirst()
                .map(step -> StatusFindings.baselineTooLate("the baseline of " + before.clock()
                        + " already has version " + step.label() + ", recorded in " + table.label() + " at "
                        + step.at().orElseThrow() + ", after the migration had started at " + before.startedAt()));
    }

    private boolean isOfThisRun(TrackingTable table, Step step) {
        if (step.at().isEmpty()) {
            return false;
        }
        boolean named = evidence.asked().targets().isEmpty() || evidence.asked().names(table, step);
        IntStream distances = step.zoned() ? IntStream.of(0) : named ? zones() : zonesOfThisRun(table);
        return distances.anyMatch(quarters -> isWithin(step.at().get(), quarters, before.startedAt(), before.clock()));
    }

    /** A time without a zone may be that of any zone: it counts in each. */
    private static IntStream zones() {
        return IntStream.rangeClosed(-MOST_QUARTERS, MOST_QUARTERS);
    }

    /** What this run wrote after "before" tells in which zone its tool writes. */
    private IntStream zonesOfThisRun(TrackingTable table) {
        List<Step> written = judged.stream()
                .filter(table::isSameTable)
                .flatMap(now -> now.since(table).stream())
                .filter(step -> step.at().isPresent())
                .toList();
        return zones().filter(quarters -> written.stream()
                .anyMatch(step -> isWithin(
                        step.at().orElseThrow(),
                        quarters,
                        before.clock(),
                        evidence.last().clock())));
    }

    private static boolean isWithin(Instant at, int quarters, Instant from, Instant to) {
        Instant there = at.plus(QUARTER.multipliedBy(quarters));
        return !there.isBefore(from) && !there.isAfter(to);
    }

    private Optional<Finding> perhapsOfThisRun(TrackingTable table) {
        List<Step> then = before.same(table).map(TrackingTable::steps).orElse(List.of());
        boolean timeless =
                then.stream().anyMatch(step -> step.isApplied() && step.at().isEmpty());
        List<String> targets = evidence.asked().targets();
        if (!timeless) {
            return Optional.empty();
        }
        for (int i = 0; i < targets.size(); i++) {
            if (table.rules().presence(then, targets, i) == Presence.PRESENT) {
                return Optional.of(
                        StatusFindings.baselinePerhapsTooLate(
                                table.label(),
                                "target version " + targets.get(i) + " stood in " + table.label()
                                        + " already when \"before\" was measured, and " + table.tool()
                                        + " keeps no time: an earlier run may have applied it, or this one before the measurement"));
            }
        }
        return targets.isEmpty()
                ? Optional.of(StatusFindings.baselinePerhapsTooLate(
                        table.label(),
                        "no target version was named, and " + table.tool() + " keeps no time: what stood in "
                                + table.label()
                                + " when \"before\" was measured may be of an earlier run or of this one"))
                : Optional.empty();
    }
}
