package dev.allclear.status;

import dev.allclear.model.Excerpt;
import dev.allclear.model.Finding;
import dev.allclear.model.Severity;
import dev.allclear.status.output.Masking;
import dev.allclear.status.tool.Step;
import dev.allclear.status.tool.TrackingTable;
import dev.allclear.status.tool.TrackingTools;
import java.util.List;
import java.util.Optional;

/** What the status check says of tracking tables: what they lack, what they record, and that they could not be read. */
final class TrackingFindings {
    private TrackingFindings() {}

    static Finding toolUnknown(String tool) {
        return StatusFindings.unproven(
                StatusFindings.TRACKING_TABLE_NOT_FOUND,
                Excerpt.of(tool),
                "\"" + Excerpt.of(tool) + "\" is no migration tool whose tables are known (known: "
                        + TrackingTools.readNames()
                        + "), so which versions are applied is not known; with --tool sql the proof is the exit code, the catalog's changes and no debris");
    }

    static Finding noTrackingTable(Optional<String> tool) {
        return tool.isPresent()
                ? StatusFindings.unproven(
                        StatusFindings.TRACKING_TABLE_NOT_FOUND,
                        tool.get(),
                        "no tracking table of " + tool.get()
                                + " was found in any schema; if it has a name of its own, name it under databases.NAME.status.tables")
                : StatusFindings.unproven(
                        StatusFindings.TRACKING_TABLE_NOT_FOUND,
                        "",
                        "no tracking table of " + TrackingTools.readNames()
                                + " was found in any schema and no tool was named; for a plain script say --tool sql, for a table with a name of its own databases.NAME.status.tables");
    }

    static Finding configuredTableNotFound(String table) {
        return StatusFindings.unproven(
                StatusFindings.TRACKING_TABLE_NOT_FOUND,
                table,
                table
                        + ", named under databases.NAME.status.tables, does not exist or has other columns than its tool's");
    }

    static Finding ambiguousTables(String target, String having, String all) {
        return StatusFindings.unproven(
                StatusFindings.TRACKING_TABLE_NOT_FOUND,
                target,
                "target version " + target + " is in " + having + " but not in every one of " + all
                        + ", and this run wrote none of them; name the right one under databases.NAME.status.tables");
    }

    static Finding tableNotReadable(TrackingTable table) {
        return StatusFindings.unproven(
                        StatusFindings.INSUFFICIENT_PRIVILEGE,
                        table.label(),
                        "the tracking table " + table.label() + " of " + table.tool() + " may not be read")
                .withRemedy(table.remedy());
    }

    static Finding tableNotReadableBefore(String table) {
        return StatusFindings.unproven(
                StatusFindings.INSUFFICIENT_PRIVILEGE,
                table,
                "the tracking table " + table
                        + " could not be read before the migration: what this run applied is not known");
    }

    static Finding versionMissing(String target, List<TrackingTable> tables) {
        TrackingTable table = tables.get(0);
        String last = table.steps().isEmpty()
                ? "it is empty"
                : "the last entry is "
                        + table.steps().get(table.steps().size() - 1).label();
        return StatusFindings.error(
                StatusFindings.VERSION_MISSING,
                target,
                "target version " + target + " is not applied according to "
                        + String.join(
                                ", ", tables.stream().map(TrackingTable::label).toList()) + " (" + last
                        + "; a target of "
                        + table.tool() + " is written as " + table.rules().form() + ")");
    }

    static Finding scriptKeepsNoVersions(String target) {
        return StatusFindings.unproven(
                StatusFindings.VERSION_MISSING,
                target,
                "whether target version " + target
                        + " is applied is not known: a plain script keeps no record of versions; name no target, or the tool that records it");
    }

    static Finding idAlone(String target, TrackingTable table, Step step) {
        return StatusFindings.unproven(
                StatusFindings.VERSION_MISSING,
                target,
                "target version " + target + " is an id alone, which another file or author may give again: "
                        + step.name() + " stands in " + table.label()
                        + " from before this run, and whether it is the one that was meant is not known; write all of its name ("
                        + table.rules().form() + ")");
    }

    static Finding branchNotKnown(String target, String tables) {
        return StatusFindings.unproven(
                StatusFindings.VERSION_MISSING,
                target,
                "whether target version " + target + " is applied cannot be told from " + tables
                        + ": it holds several heads and none of them is " + target
                        + ", which may lie behind one of them; name the heads alone as targets");
    }

    static Finding severalOfThatName(String target, TrackingTable table, List<String> names) {
        return StatusFindings.unproven(
                StatusFindings.VERSION_MISSING,
                target,
                "target version " + target + " names " + names.size() + " entries of " + table.label() + " ("
                        + String.join(", ", names.stream().limit(3).toList()) + (names.size() > 3 ? ", …" : "")
                        + "), and this run wrote none of them: whether the one that was meant is applied is not known; write all of its name ("
                        + table.rules().form() + ")");
    }

    static Finding siblingLacks(String target, String having, String lacking) {
        return StatusFindings.unproven(
                StatusFindings.VERSION_MISSING,
                target,
                "target version " + target + " is in " + having + " but not in " + lacking
                        + ", which this run wrote as well and which may hold the same migrations for another tenant");
    }

    static Finding tenantLeftBehind(String target, String having, List<TrackingTable> behind) {
        return StatusFindings.unproven(
                StatusFindings.VERSION_MISSING,
                target,
                "target version " + target + " is in " + having + " and others that this run wrote, but not in "
                        + behind.get(0).label()
                        + (behind.size() > 1 ? " and " + (behind.size() - 1) + " more" : "")
                        + ", which held the same migrations and which this run did not write: a tenant may have been left out; if that was meant, name the tables under databases.NAME.status.tables");
    }

    static Finding notRepeated(TrackingTable table, Step step) {
        return StatusFindings.unproven(
                StatusFindings.VERSION_MISSING,
                step.label(),
                step.label() + " stands in " + table.label() + " from before this run, which did not execute it: "
                        + "either its file did not change, or it failed and left no row; name it as a target only when it is to be executed");
    }

    static Finding nothingApplied(Asked asked, String tables) {
        String message = "this run wrote nothing to " + tables
                + (asked.targets().isEmpty()
                        ? "; no target version was named"
                        : "; every target version was already there: " + String.join(", ", asked.targets()));
        return asked.dataChanging()
                ? StatusFindings.error(
                        StatusFindings.NOTHING_APPLIED, tables, message + "; it was declared to change data")
                : Finding.of(StatusFindings.NOTHING_APPLIED, Severity.INFO, tables, message);
    }

    static Finding dirty(TrackingTable table, Step step, boolean before) {
        return withFailure(
                StatusFindings.error(
                        StatusFindings.DIRTY,
                        table.label(),
                        table.label() + " is dirty at version " + step.label()
                                + (before ? ", and was before this run" : "")
                                + ": that version was begun and did not end well; "
                                + table.rules().mending()),
                step);
    }

    static Finding recordedOnly(TrackingTable table, Step step) {
        return Finding.of(
                StatusFindings.RECORDED_NOT_EXECUTED,
                Severity.WARNING,
                step.label(),
                table.label() + " records " + step.label() + " as applied by this run, but " + table.tool()
                        + " did not execute it");
    }

    static Finding targetRecordedOnly(TrackingTable table, Step step) {
        return StatusFindings.error(
                StatusFindings.RECORDED_NOT_EXECUTED,
                step.label(),
                "target version " + step.label() + " is only recorded in " + table.label() + ": " + table.tool()
                        + " marked it as applied without executing it");
    }

    static Finding noVisibleEffect(List<Step> applied, String tables) {
        return Finding.of(
                StatusFindings.NO_VISIBLE_EFFECT,
                Severity.WARNING,
                tables,
                "this run recorded " + applied.size() + " version" + (applied.size() == 1 ? "" : "s") + " ("
                        + String.join(
                                ", ",
                                applied.stream().map(Step::label).limit(20).toList())
                        + "), yet neither the catalog nor any row changed: recorded without being executed (stamp, fake, changelog-sync, log-only), or a migration that had nothing to do");
    }

    static Finding lockHeld(HeldLock lock, boolean heldBefore, boolean stillWorking) {
        String holder = lock.holder().map(who -> " by " + who).orElse("")
                + lock.since().map(since -> " since " + since).orElse("");
        Finding finding = Finding.of(
                StatusFindings.TOOL_LOCK_HELD,
                heldBefore ? Severity.WARNING : Severity.ERROR,
                lock.where(),
                "the lock of " + lock.tool() + " (" + lock.where() + ") is still held" + holder
                        + (heldBefore ? ", and was before this run" : "")
                        + ": the next deploy will wait for it or refuse to run; "
                        + (stillWorking
                                ? "a backend of this migration is still at work"
                                : "no backend of this migration is at work any more, as far as it can be recognized"));
        return finding.withRemedy(lock.release());
    }

    private static String wrote(Step step) {
        return step.failure()
                .map(text -> "; it wrote down: "
                        + Masking.recorded(text).stream().findFirst().orElse(""))
                .orElse("");
    }

    /** What the tool itself wrote down of the failure, for a person to read. */
    private static Finding withFailure(Finding finding, Step step) {
        return step.failure()
                .map(text -> finding.withEvidence(
                        "recorded", Masking.recorded(text).stream().limit(20).toList()))
                .orElse(finding);
    }

    static Finding recordedAsFailed(TrackingTable table, Step step) {
        return withFailure(
                StatusFindings.error(
                        StatusFindings.PARTIALLY_APPLIED,
                        step.label(),
                        table.label() + " records version " + step.label() + " (" + step.name()
                                + ") as failed by this run: the statements before its failure may have stayed"
                                + wrote(step)),
                step);
    }

    static Finding stillRecordedAsFailed(TrackingTable table, Step step, boolean before) {
        return withFailure(
                StatusFindings.error(
                        StatusFindings.MIGRATION_FAILED,
                        step.label(),
                        table.label() + " records version " + step.label() + " (" + step.name() + ") as failed"
                                + (before ? ", since before this run" : "") + ", and no later entry mends it"
                                + wrote(step)),
                step);
    }
}
