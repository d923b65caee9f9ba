package dev.allclear.status;

import dev.allclear.model.Finding;
import dev.allclear.model.Severity;
import dev.allclear.status.tool.Presence;
import dev.allclear.status.tool.Step;
import dev.allclear.status.tool.Step.State;
import dev.allclear.status.tool.TrackingTable;
import dev.allclear.status.tool.TrackingTools;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the tracking tables prove: which targets are there, what this run applied, and whether the record itself is sound. Expected
 * against present, never "no sign of failure": most tools record no failures.
 */
final class TrackingJudge {
    private final Evidence evidence;
    private final Asked asked;
    private final List<Finding> findings = new ArrayList<>();
    private final List<Step> applied = new ArrayList<>();
    private final Set<String> present = new LinkedHashSet<>();
    private List<TrackingTable> tables = List.of();
    /** Readable, and not written by this run, which wrote others. */
    private List<TrackingTable> idle = List.of();
    /** Something could not be read, and was reported: what the rest lacks may stand there. */
    private boolean incomplete;

    /**
     * The answer.
     *
     * @param tables the tables that were judged; empty when there was none to judge
     * @param applied rows that this run wrote, bookkeeping and reversals left out; empty without a baseline
     * @param present the targets that are there
     */
    record Tracking(List<TrackingTable> tables, List<Step> applied, Set<String> present, List<Finding> findings) {}

    private TrackingJudge(Evidence evidence) {
        this.evidence = evidence;
        this.asked = evidence.asked();
    }

    static Tracking judge(Evidence evidence) {
        TrackingJudge judge = new TrackingJudge(evidence);
        if (!evidence.asked().isPlainSql()) {
            judge.judge();
        }
        return new Tracking(judge.tables, List.copyOf(judge.applied), judge.present, List.copyOf(judge.findings));
    }

    private void judge() {
        Optional<String> unknown =
                asked.tool().filter(tool -> TrackingTools.named(tool).isEmpty());
        if (unknown.isPresent()) {
            findings.add(TrackingFindings.toolUnknown(unknown.get()));
            return;
        }
        evidence.last().absentTables().forEach(table -> findings.add(TrackingFindings.configuredTableNotFound(table)));
        List<TrackingTable> found = evidence.last().tables().stream()
                .filter(table ->
                        asked.tool().filter(tool -> !tool.equals(table.tool())).isEmpty())
                .toList();
        found.stream()
                .filter(table -> !table.readable())
                .forEach(table -> findings.add(TrackingFindings.tableNotReadable(table)));
        List<TrackingTable> readable =
                found.stream().filter(TrackingTable::readable).toList();
        if (found.isEmpty() && findings.isEmpty()) {
            findings.add(TrackingFindings.noTrackingTable(asked.tool()));
        }
        incomplete = !findings.isEmpty();
        judge(readable);
    }

    private void judge(List<TrackingTable> readable) {
        List<TrackingTable> written = new ArrayList<>();
        for (TrackingTable table : readable) {
            List<Step> fresh = since(table);
            if (!fresh.isEmpty() || lostRows(table)) {
                written.add(table);
                fresh.stream()
                        .filter(step -> step.isApplied() || step.state() == State.RECORDED)
                        .forEach(applied::add);
                fresh.stream()
                        .filter(step -> step.state() == State.RECORDED && !asked.names(table, step))
                        .forEach(step -> findings.add(TrackingFindings.recordedOnly(table, step)));
            }
            changedAfterCompletion(table);
        }
        tables = written.isEmpty() ? readable : List.copyOf(written);
        idle = readable.stream().filter(table -> !tables.contains(table)).toList();
        tables.forEach(this::recordedTroubles);
        if (!tables.isEmpty()) {
            for (int i = 0; i < asked.targets().size(); i++) {
                target(i, written.isEmpty());
            }
            if (written.isEmpty()
                    && !incomplete
                    && evidence.before().isPresent()
                    && evidence.tooLate().isEmpty()
                    && present.containsAll(asked.targets())) {
                findings.add(TrackingFindings.nothingApplied(asked, labels()));
            }
        }
    }

    /** Rows that were not there before; none when it is not known what was there before. */
    private List<Step> since(TrackingTable table) {
        if (evidence.before().isEmpty()) {
            return List.of();
        }
        Optional<TrackingTable> earlier = earlier(table);
        if (earlier.filter(then -> !then.readable()).isPresent()) {
            findings.add(TrackingFindings.tableNotReadableBefore(table.label()));
            incomplete = true;
            return List.of();
        }
        return earlier.map(table::since).orElse(table.steps());
    }

    /** Versions were taken back. */
    private boolean lostRows(TrackingTable table) {
        return earlier(table)
                .filter(then -> !table.keys().containsAll(then.keys()))
                .isPresent();
    }

    private Optional<TrackingTable> earlier(TrackingTable table) {
        return evidence.before().flatMap(before -> before.same(table));
    }

    private void changedAfterCompletion(TrackingTable last) {
        TrackingTable first = evidence.first().tables().stream()
                .filter(last::isSameTable)
                .findFirst()
                .orElse(new TrackingTable(last.tool(), last.schema(), last.table(), true, "", List.of()));
        if (first.readable() && !first.keys().equals(last.keys())) {
            List<Step> late = last.since(first);
            findings.add(StatusFindings.changedAfterCompletion(
                    Severity.ERROR, last.label(), late.stream().map(Step::label).toList(), evidence.settle()));
        }
    }

    private void recordedTroubles(TrackingTable table) {
        Set<String> known = earlier(table).map(TrackingTable::keys).orElse(Set.of());
        boolean attributable = evidence.before().isPresent();
        for (Step step : table.steps()) {
            if (step.state() == State.DIRTY) {
                findings.add(TrackingFindings.dirty(table, step, known.contains(step.key())));
            } else if (step.state() == State.FAILED && isTheLastWord(table, step)) {
                findings.add(
                        attributable && !known.contains(step.key())
                                ? TrackingFindings.recordedAsFailed(table, step)
                                : TrackingFindings.stillRecordedAsFailed(table, step, attributable));
            }
        }
    }

    private static boolean isTheLastWord(TrackingTable table, Step failed) {
        List<Step> later = table.steps()
                .subList(table.steps().indexOf(failed) + 1, table.steps().size());
        return later.stream().noneMatch(step -> step.label().equals(failed.label()));
    }

    /** With several tables of which this run wrote none, one that lacks the target leaves open which one was meant. */
    private void target(int index, boolean ambiguous) {
        String target = asked.targets().get(index);
        List<TrackingTable> having = having(index, Presence.PRESENT);
        List<TrackingTable> lacking =
                tables.stream().filter(table -> !having.contains(table)).toList();
        Optional<TrackingTable> sibling = having.stream()
                .flatMap(ahead -> lacking.stream().filter(table -> table.isSiblingOf(ahead)))
                .findFirst();
        if (having.isEmpty() && !having(index, Presence.UNKNOWN).isEmpty()) {
            findings.add(TrackingFindings.branchNotKnown(target, labels()));
        } else if (having.isEmpty()) {
            if (!incomplete || !ambiguous) {
                findings.add(TrackingFindings.versionMissing(target, tables));
            }
        } else if (ambiguous && !lacking.isEmpty()) {
            findings.add(TrackingFindings.ambiguousTables(target, having.get(0).label(), labels()));
        } else if (sibling.isPresent()) {
            findings.add(TrackingFindings.siblingLacks(
                    target, having.get(0).label(), sibling.get().label()));
        } else {
            present.add(target);
            leftBehind(index, having);
            having.forEach(table -> ambiguousNames(table, target));
            having.forEach(table -> lastNamed(table, target).ifPresent(step -> notOfThisRun(table, step)));
        }
    }

    /** Where this run took several tenants to the target, one that stood where they did and was not written has perhaps failed. */
    private void leftBehind(int index, List<TrackingTable> having) {
        if (having.size() < 2) {
            return;
        }
        List<TrackingTable> behind = idle.stream()
                .filter(table -> having.stream().anyMatch(ahead -> stoodTogether(table, ahead))
                        && table.rules().presence(table.steps(), asked.targets(), index) != Presence.PRESENT)
                .toList();
        if (!behind.isEmpty()) {
            findings.add(TrackingFindings.tenantLeftBehind(
                    asked.targets().get(index), having.get(0).label(), behind));
        }
    }

    private boolean stoodTogether(TrackingTable table, TrackingTable ahead) {
        return earlier(ahead)
                .filter(then -> !table.steps().isEmpty() && table.isSiblingOf(then) && table.stoodWhere(then))
                .isPresent();
    }

    private List<TrackingTable> having(int index, Presence presence) {
        return tables.stream()
                .filter(table -> table.rules().presence(table.steps(), asked.targets(), index) == presence)
                .toList();
    }

    /** An id that files may share, and this run wrote none that has it: the one that was meant may be missing. */
    private void ambiguousNames(TrackingTable table, String target) {
        List<Step> named = table.steps().stream()
                .filter(step -> step.state() != State.BOOKKEEPING
                        && table.rules().naming().test(step, target))
                .toList();
        Set<String> known = earlier(table).map(TrackingTable::keys).orElse(Set.of());
        Map<String, State> lastWords = new LinkedHashMap<>();
        named.forEach(step -> lastWords.put(step.name(), step.state()));
        lastWords.values().removeIf(state -> state == State.REVERTED || state == State.FAILED || state == State.DIRTY);
        boolean written = evidence.before().isPresent() && named.stream().anyMatch(step -> !known.contains(step.key()));
        if (lastWords.size() > 1 && !written) {
            findings.add(TrackingFindings.severalOfThatName(target, table, List.copyOf(lastWords.keySet())));
        } else if (!written && evidence.before().isPresent()) {
            named.stream()
                    .filter(step ->
                            lastWords.containsKey(step.name()) && table.rules().isOnlyPartOfName(step, target))
                    .findFirst()
                    .ifPresent(step -> findings.add(TrackingFindings.idAlone(target, table, step)));
        }
    }

    /** A target that is there, and yet was not executed, or not by this run where that matters. */
    private void notOfThisRun(TrackingTable table, Step step) {
        if (step.state() == State.RECORDED) {
            findings.add(TrackingFindings.targetRecordedOnly(table, step));
        }
        boolean old =
                earlier(table).filter(then -> then.keys().contains(step.key())).isPresent();
        if (step.state() == State.REPEATED && old) {
            findings.add(TrackingFindings.notRepeated(table, step));
        }
    }

    private static Optional<Step> lastNamed(TrackingTable table, String target) {
        return table.steps().stream()
                .filter(step -> table.rules().naming().test(step, target))
                .reduce((earlier, later) -> later);
    }

    private String labels() {
        return String.join(", ", tables.stream().map(TrackingTable::label).toList());
    }
}
