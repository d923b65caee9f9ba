package dev.allclear.status;

import dev.allclear.model.Finding;
import dev.allclear.model.Severity;
import dev.allclear.status.TrackingJudge.Tracking;
import dev.allclear.status.catalog.Catalog;
import dev.allclear.status.catalog.CatalogDiff;
import dev.allclear.status.catalog.Change;
import dev.allclear.status.output.StoppedAt;
import dev.allclear.status.tool.Step;
import dev.allclear.status.tool.TrackingTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Joins claims, tracking tables, catalog and sessions into the check's one answer. */
final class StatusJudge {
    private static final int MOST_CHANGES = 500;

    private final Evidence evidence;
    private final Aftermath aftermath;
    private final List<Finding> findings = new ArrayList<>();
    private final Tracking tracking;
    private final Optional<List<Change>> changes;

    /** The answer, ready for the report. */
    record Judgement(String summary, List<Finding> findings, Map<String, Object> measurements) {
        Judgement {
            findings = FindingCrowd.bounded(findings);
        }

        Judgement with(Finding finding) {
            List<Finding> more = new ArrayList<>(findings);
            more.add(finding);
            return new Judgement(summary, more, measurements);
        }
    }

    private StatusJudge(Evidence evidence, Aftermath aftermath) {
        this.evidence = evidence;
        this.aftermath = aftermath;
        this.tracking = TrackingJudge.judge(evidence);
        this.changes = evidence.before()
                .map(before -> CatalogDiff.between(ofUsers(before.catalog()), ofUsers(evidence.catalogNow())));
    }

    static Judgement judge(Evidence evidence, Aftermath aftermath) {
        StatusJudge judge = new StatusJudge(evidence, aftermath);
        judge.judge();
        return new Judgement(judge.summary(), judge.findings, judge.measurements());
    }

    private void judge() {
        boolean failed = evidence.completed().claimsFailure();
        findings.addAll(ClaimJudge.judge(evidence.completed()));
        findings.addAll(tracking.findings());
        if (failed && somethingStayed()) {
            findings.add(StatusFindings.stoppedHalfway(
                    evidence.asked().targets().stream()
                            .filter(target -> !tracking.present().contains(target))
                            .toList(),
                    labels(tracking.applied()),
                    changes.orElse(List.of()).stream().map(Change::what).toList()));
        }
        findings.addAll(DebrisJudge.judge(evidence, aftermath));
        changesAfterCompletion();
        noVisibleEffect();
        toolLocks();
        sessions();
        if (evidence.asked().isPlainSql()) {
            plainSql();
        } else if (isUnclaimed() && evidence.asked().targets().isEmpty()) {
            findings.add(StatusFindings.successNotClaimed());
        }
        if (evidence.before().isEmpty()) {
            findings.add(StatusFindings.noBaseline());
        }
        contamination();
    }

    /** What "before" perhaps holds already is not missing from what came after it. */
    private void contamination() {
        List<Finding> contamination = ContaminationJudge.judge(evidence, tracking);
        if (!contamination.isEmpty()) {
            findings.removeIf(StatusFindings::isNothingApplied);
        }
        findings.addAll(contamination);
    }

    private boolean somethingStayed() {
        return !tracking.applied().isEmpty() || !changes.orElse(List.of()).isEmpty();
    }

    /** A backend that outlives its tool changes the catalog, and then perhaps nothing in a tracking table. */
    private void changesAfterCompletion() {
        List<Change> late = CatalogDiff.between(ofUsers(evidence.first().catalog()), ofUsers(evidence.catalogNow()));
        boolean provedWhole = !evidence.completed().claimsFailure()
                && !tracking.present().isEmpty()
                && tracking.present().containsAll(evidence.asked().targets());
        if (!late.isEmpty()) {
            findings.add(StatusFindings.changedAfterCompletion(
                    provedWhole || late.stream().allMatch(Change::isOnlyNewFile) ? Severity.WARNING : Severity.ERROR,
                    "the catalog",
                    late.stream().map(Change::what).toList(),
                    evidence.settle()));
        }
    }

    /** Recorded as applied, and nothing to see of it: the tool was told to write it down only. */
    private void noVisibleEffect() {
        boolean nothingChanged = changes.filter(List::isEmpty).isPresent()
                && evidence.before()
                        .filter(before -> before.notKept().isEmpty()
                                && before.rowsWritten() == evidence.last().rowsWritten())
                        .isPresent();
        if (!tracking.applied().isEmpty() && nothingChanged) {
            findings.add(TrackingFindings.noVisibleEffect(tracking.applied(), tableNames()));
        }
    }

    private void toolLocks() {
        for (HeldLock lock : evidence.last().locks()) {
            boolean heldBefore = evidence.before()
                    .filter(before -> before.locks().contains(lock.identity()))
                    .isPresent();
            findings.add(TrackingFindings.lockHeld(
                    lock, heldBefore, !evidence.last().working().isEmpty()));
        }
    }

    private String tableNames() {
        return String.join(
                ", ", tracking.tables().stream().map(TrackingTable::label).toList());
    }

    private void sessions() {
        Map<Long, Look.WorkingSession> working = new LinkedHashMap<>();
        evidence.first().working().forEach(session -> working.put(session.pid(), session));
        evidence.last().working().forEach(session -> working.put(session.pid(), session));
        working.values()
                .forEach(session -> findings.add(StatusFindings.stillRunning(
                        session,
                        evidence.last().working().stream().anyMatch(later -> later.pid() == session.pid()),
                        evidence.settle())));
        evidence.last().blindness().ifPresent(grant -> findings.add(StatusFindings.sessionsNotVisible(grant)));
    }

    /** A script without a tracking table: an exit code is its only word, so it must have been given. */
    private void plainSql() {
        evidence.asked().targets().forEach(target -> findings.add(TrackingFindings.scriptKeepsNoVersions(target)));
        if (isUnclaimed()) {
            findings.add(StatusFindings.noExitCode());
        }
        if (!evidence.completed().claimsFailure()
                && changes.filter(List::isEmpty).isPresent()
                && evidence.before()
                        .filter(before -> before.notKept().isEmpty())
                        .isPresent()) {
            findings.add(StatusFindings.catalogUnchanged());
        }
    }

    private boolean isUnclaimed() {
        return evidence.completed().exitCode().isEmpty()
                && evidence.completed().outcome().isEmpty();
    }

    /** The catalog without the tools' own tables. */
    private Catalog ofUsers(Catalog catalog) {
        Set<String> own = new java.util.HashSet<>(evidence.last().ownTables());
        evidence.before().ifPresent(before -> before.tables().forEach(table -> own.add(table.label())));
        return catalog.without(object -> own.contains(object.name()) || own.contains(object.table()));
    }

    private Map<String, Object> measurements() {
        Map<String, Object> measurements = new LinkedHashMap<>();
        measurements.put("tool", toolName());
        measurements.put("table", tableNames());
        measurements.put(
                "applied", tracking.applied().stream().map(StatusJudge::toMap).toList());
        changes.ifPresent(list -> {
            measurements.put(
                    "changes",
                    list.stream().limit(MOST_CHANGES).map(Change::toMap).toList());
            measurements.put("changesTotal", list.size());
        });
        evidence.before()
                .map(Before::notKept)
                .filter(kinds -> !kinds.isEmpty())
                .ifPresent(kinds -> measurements.put(
                        "notCompared", DebrisFindings.words(kinds) + ": the catalog is too large for a baseline"));
        return measurements;
    }

    private static Map<String, Object> toMap(Step step) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("version", step.label());
        map.put("description", step.description());
        return map;
    }

    private String toolName() {
        return evidence.asked()
                .tool()
                .orElseGet(() -> String.join(
                        ", ",
                        tracking.tables().stream()
                                .map(TrackingTable::tool)
                                .distinct()
                                .toList()));
    }

    private String summary() {
        String debris = findings.stream().anyMatch(DebrisFindings::isDebris) ? "debris was left" : "no debris";
        String told = changes.map(list -> StatusFindings.count(list.size(), "catalog change") + "; " + debris)
                .orElse("what changed is not known without a baseline");
        String ended = evidence.completed().claimsFailure()
                ? "the command failed"
                        + StoppedAt.of(evidence.completed().output().orElse(""))
                                .map(version -> " at " + version)
                                .orElse("")
                        + "; "
                : findings.stream().anyMatch(StatusFindings::isReportedError) ? "the command printed errors; " : "";
        boolean open = findings.stream().anyMatch(finding -> finding.severity() == Severity.UNPROVEN);
        return ended + progress() + "; " + told + (open ? "; not everything could be answered" : "") + ".";
    }

    private String progress() {
        List<String> targets = evidence.asked().targets();
        if (tracking.tables().isEmpty()) {
            return evidence.asked().isPlainSql()
                    ? "a plain script, without a tracking table"
                    : "no tracking table was read";
        }
        String applied =
                labels(tracking.applied()).isEmpty() ? "" : " (" + String.join(", ", labels(tracking.applied())) + ")";
        if (targets.isEmpty()) {
            return toolName() + " applied "
                    + (evidence.before().isEmpty()
                            ? "an unknown number of versions"
                            : StatusFindings.count(tracking.applied().size(), "version") + applied);
        }
        String ofTargets = tracking.present().size() + " of " + StatusFindings.count(targets.size(), "target version");
        return tracking.applied().isEmpty()
                ? toolName() + " has " + ofTargets + inBrackets(List.copyOf(tracking.present()))
                        + (evidence.before().isEmpty() ? "" : ", none of them applied by this run")
                : toolName() + " applied " + ofTargets + applied;
    }

    private static String inBrackets(List<String> names) {
        return names.isEmpty() ? "" : " (" + String.join(", ", names) + ")";
    }

    private static List<String> labels(List<Step> steps) {
        return steps.stream().map(Step::label).toList();
    }
}
