package dev.allclear.status;

import dev.allclear.model.Excerpt;
import dev.allclear.model.Finding;
import dev.allclear.model.Severity;
import dev.allclear.status.tool.Step;
import dev.allclear.status.tool.TrackingTable;
import dev.allclear.status.tool.TrackingTools;
import java.util.List;
import java.util.Optional;

/** What the status check says of tracking tables: what they lack, what they record, and that they could not be read. */
final class TrackingFindings {
    private TrackingFindings() {}

    static Finding toolNotRead(String tool) {
        String why = TrackingTools.knows(tool)
                ? "the tracking table of " + tool + " is not read yet"
                : "\"" + Excerpt.of(tool) + "\" is no known migration tool";
        return StatusFindings.unproven(
                StatusFindings.TRACKING_TABLE_NOT_FOUND,
                Excerpt.of(tool),
                why + " (read: " + TrackingTools.readNames()
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
                                ", ", tables.stream().map(TrackingTable::label).toList()) + " (" + last + ")");
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
        return StatusFindings.error(
                StatusFindings.DIRTY,
                table.label(),
                table.label() + " is dirty at version " + step.label() + (before ? ", and was before this run" : "")
                        + ": that version was begun and did not end well; see what of it stands, then mend it and set the version with `migrate force`");
    }

    static Finding recordedAsFailed(TrackingTable table, Step step) {
        return StatusFindings.error(
                StatusFindings.PARTIALLY_APPLIED,
                step.label(),
                table.label() + " records version " + step.label() + " (" + step.name()
                        + ") as failed by this run: the statements before its failure may have stayed");
    }

    static Finding stillRecordedAsFailed(TrackingTable table, Step step, boolean before) {
        return StatusFindings.error(
                StatusFindings.MIGRATION_FAILED,
                step.label(),
                table.label() + " records version " + step.label() + " (" + step.name() + ") as failed"
                        + (before ? ", since before this run" : "") + ", and no later entry mends it");
    }

    static Finding baselineContaminated(String table, Step step, Before before) {
        return StatusFindings.unproven(
                StatusFindings.BASELINE_CONTAMINATED,
                table,
                "the baseline of " + before.clock() + " already has version " + step.label() + ", recorded in " + table
                        + " at " + step.at().orElseThrow() + ", after the migration had started at "
                        + before.startedAt()
                        + ": \"before\" was measured too late");
    }
}
