package dev.allclear.status;

import dev.allclear.model.Finding;
import dev.allclear.status.TrackingJudge.Tracking;
import dev.allclear.status.catalog.Change;
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
 * searched for signs of this run; where a version that this run was to apply stands in it already and the table keeps no time, it
 * cannot be told from one that an earlier run applied, and is not taken for one.
 */
final class ContaminationJudge {
    /** Zones differ from each other by whole quarters of an hour, and from ours by less than this many. */
    private static final int MOST_QUARTERS = 14 * 4 * 2;

    private static final Duration CLOCKS_APART = Duration.ofSeconds(1);
    private static final Duration QUARTER = Duration.ofMinutes(15);

    private final Evidence evidence;
    private final Before before;
    private final List<TrackingTable> judged;
    private final Optional<List<Change>> changes;
    private final boolean wroteNothing;

    private ContaminationJudge(Evidence evidence, Before before, Tracking tracking, Optional<List<Change>> changes) {
        this.evidence = evidence;
        this.before = before;
        this.judged = tracking.tables();
        this.changes = changes;
        this.wroteNothing = tracking.applied().isEmpty();
    }

    static List<Finding> judge(Evidence evidence, Tracking tracking, Optional<List<Change>> changes) {
        if (evidence.before().isEmpty() || evidence.isBeforeProved()) {
            return List.of();
        }
        if (evidence.tooLate().isPresent()) {
            return List.of(StatusFindings.baselineTooLate(evidence.tooLate().get()));
        }
        return new ContaminationJudge(evidence, evidence.before().get(), tracking, changes).judge();
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
        if (evidence.asked().isPlainSql()
                && !evidence.completed().claimsFailure()
                && changes.filter(List::isEmpty).isPresent()) {
            findings.add(
                    StatusFindings.baselinePerhapsTooLate(
                            "",
                            "the script changed nothing in the catalog since \"before\": it may have done its work already when \"before\" was measured"));
        }
        if (evidence.asked().isPlainSql() && findings.isEmpty()) {
            loggedInSinceTheStart().ifPresent(findings::add);
        }
        return findings;
    }

    /** A script without a record, caught in its middle: part of it would stand in "before", and part of it come after. */
    private Optional<Finding> loggedInSinceTheStart() {
        return before.newestSession()
                .filter(at -> !at.isBefore(before.startedAt().minus(CLOCKS_APART)))
                .map(at -> StatusFindings.baselinePerhapsTooLate(
                        "",
                        "when \"before\" was measured at " + before.clock()
                                + ", a session was there that had logged in since the start (at " + at
                                + "): the script may have been at work"));
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
        return targets.isEmpty() && wroteNothing
                ? Optional.of(
                        StatusFindings.baselinePerhapsTooLate(
                                table.label(),
                                "nothing was written to " + table.label() + " since \"before\", and " + table.tool()
                                        + " keeps no time: this run may have applied nothing, or everything before the measurement"))
                : Optional.empty();
    }
}
