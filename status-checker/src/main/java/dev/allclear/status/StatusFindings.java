package dev.allclear.status;

import dev.allclear.model.Excerpt;
import dev.allclear.model.Finding;
import dev.allclear.model.FindingCode;
import dev.allclear.model.Severity;
import dev.allclear.status.tool.Step;
import dev.allclear.status.tool.TrackingTable;
import dev.allclear.status.tool.TrackingTools;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The status check's codes, severities and words; those about debris are in {@link DebrisFindings}. */
final class StatusFindings {
    private static final int MOST_LINES = 20;

    static final FindingCode MIGRATION_FAILED = new FindingCode("status.migration-failed");
    static final FindingCode PARTIALLY_APPLIED = new FindingCode("status.partially-applied");
    static final FindingCode VERSION_MISSING = new FindingCode("status.version-missing");
    static final FindingCode NOTHING_APPLIED = new FindingCode("status.nothing-applied");
    static final FindingCode DIRTY = new FindingCode("status.dirty");
    static final FindingCode TOOL_REPORTED_ERROR = new FindingCode("status.tool-reported-error");
    static final FindingCode TOOL_WARNING = new FindingCode("status.tool-warning");
    static final FindingCode TRACKING_TABLE_NOT_FOUND = new FindingCode("status.tracking-table-not-found");
    static final FindingCode INSUFFICIENT_PRIVILEGE = new FindingCode("status.insufficient-privilege");
    static final FindingCode INVALID_INDEX = new FindingCode("status.invalid-index");
    static final FindingCode CONSTRAINT_NOT_VALIDATED = new FindingCode("status.constraint-not-validated");
    static final FindingCode TABLE_REWRITTEN = new FindingCode("status.table-rewritten");
    static final FindingCode STILL_RUNNING = new FindingCode("status.still-running");
    static final FindingCode CHANGED_AFTER_COMPLETION = new FindingCode("status.changed-after-completion");
    static final FindingCode NO_BASELINE = new FindingCode("status.no-baseline");
    static final FindingCode BASELINE_CONTAMINATED = new FindingCode("status.baseline-contaminated");

    private StatusFindings() {}

    static boolean isDebris(Finding finding) {
        return finding.severity() != Severity.INFO
                && (finding.code().equals(INVALID_INDEX) || finding.code().equals(CONSTRAINT_NOT_VALIDATED));
    }

    static Finding migrationFailed(String claim, List<String> errors) {
        String first = errors.isEmpty() ? "" : "; it said: " + errors.get(0);
        Finding finding = error(MIGRATION_FAILED, "", "the migration command ended with " + claim + first);
        return errors.isEmpty() ? finding : finding.withEvidence("lines", bounded(errors));
    }

    static Finding commandNotRun() {
        return unproven(
                NOTHING_APPLIED,
                "",
                "the migration command was not run (outcome NOT_STARTED): there is nothing to verify");
    }

    static Finding unanswered(String suffix, String message) {
        return unproven(new FindingCode("status." + suffix), "", message);
    }

    static Finding toolReportedError(String claim, List<String> errors) {
        return error(
                        TOOL_REPORTED_ERROR,
                        "",
                        "the command ended with " + claim + " and yet printed " + count(errors.size(), "error")
                                + ", first: " + errors.get(0)
                                + " (psql goes on after an error unless ON_ERROR_STOP is set)")
                .withEvidence("lines", bounded(errors));
    }

    static Finding toolWarning(List<String> warnings) {
        return Finding.of(
                        TOOL_WARNING,
                        Severity.WARNING,
                        "",
                        "the tool printed " + count(warnings.size(), "warning") + ", first: " + warnings.get(0))
                .withEvidence("lines", bounded(warnings));
    }

    static Finding toolNotRead(String tool) {
        String why = TrackingTools.knows(tool)
                ? "the tracking table of " + tool + " is not read yet"
                : "\"" + Excerpt.of(tool) + "\" is no known migration tool";
        return unproven(
                TRACKING_TABLE_NOT_FOUND,
                Excerpt.of(tool),
                why + " (read: " + TrackingTools.readNames()
                        + "), so which versions are applied is not known; with --tool sql the proof is the exit code, the catalog's changes and no debris");
    }

    static Finding noTrackingTable(Optional<String> tool) {
        return tool.isPresent()
                ? unproven(
                        TRACKING_TABLE_NOT_FOUND,
                        tool.get(),
                        "no tracking table of " + tool.get()
                                + " was found in any schema; if it has a name of its own, name it under databases.NAME.status.tables")
                : unproven(
                        TRACKING_TABLE_NOT_FOUND,
                        "",
                        "no tracking table of " + TrackingTools.readNames()
                                + " was found in any schema and no tool was named; for a plain script say --tool sql, for a table with a name of its own databases.NAME.status.tables");
    }

    static Finding configuredTableNotFound(String table) {
        return unproven(
                TRACKING_TABLE_NOT_FOUND,
                table,
                table
                        + ", named under databases.NAME.status.tables, does not exist or has other columns than its tool's");
    }

    static Finding ambiguousTables(String target, String having, String all) {
        return unproven(
                TRACKING_TABLE_NOT_FOUND,
                target,
                "target version " + target + " is in " + having + " but not in every one of " + all
                        + ", and this run wrote none of them; name the right one under databases.NAME.status.tables");
    }

    static Finding noExitCode() {
        return unproven(
                TRACKING_TABLE_NOT_FOUND,
                "sql",
                "a plain script has no tracking table, and neither an exit code nor an outcome was published: nothing says that it ended well");
    }

    static Finding tableNotReadable(TrackingTable table) {
        return unproven(
                        INSUFFICIENT_PRIVILEGE,
                        table.label(),
                        "the tracking table " + table.label() + " of " + table.tool() + " may not be read")
                .withRemedy(table.remedy());
    }

    static Finding tableNotReadableBefore(String table) {
        return unproven(
                INSUFFICIENT_PRIVILEGE,
                table,
                "the tracking table " + table
                        + " could not be read before the migration: what this run applied is not known");
    }

    static Finding sessionsNotVisible(String grant) {
        return unproven(
                        INSUFFICIENT_PRIVILEGE,
                        "pg_stat_activity",
                        "other roles' sessions may not be seen in pg_stat_activity: whether a backend of the migration is still at work is not known")
                .withRemedy(grant);
    }

    static Finding versionMissing(String target, List<TrackingTable> tables) {
        TrackingTable table = tables.get(0);
        String last = table.steps().isEmpty()
                ? "it is empty"
                : "the last entry is "
                        + table.steps().get(table.steps().size() - 1).label();
        return error(
                VERSION_MISSING,
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
                ? error(NOTHING_APPLIED, tables, message + "; it was declared to change data")
                : Finding.of(NOTHING_APPLIED, Severity.INFO, tables, message);
    }

    static Finding catalogUnchanged() {
        return Finding.of(
                NOTHING_APPLIED,
                Severity.INFO,
                "",
                "the script changed nothing in the catalog; whether it changed rows is the rows check's question");
    }

    static Finding dirty(TrackingTable table, Step step, boolean before) {
        return error(
                DIRTY,
                table.label(),
                table.label() + " is dirty at version " + step.label() + (before ? ", and was before this run" : "")
                        + ": that version was begun and did not end well; see what of it stands, then mend it and set the version with `migrate force`");
    }

    static Finding recordedAsFailed(TrackingTable table, Step step) {
        return error(
                PARTIALLY_APPLIED,
                step.label(),
                table.label() + " records version " + step.label() + " (" + step.name()
                        + ") as failed by this run: the statements before its failure may have stayed");
    }

    static Finding stillRecordedAsFailed(TrackingTable table, Step step, boolean before) {
        return error(
                MIGRATION_FAILED,
                step.label(),
                table.label() + " records version " + step.label() + " (" + step.name() + ") as failed"
                        + (before ? ", since before this run" : "") + ", and no later entry mends it");
    }

    static Finding stoppedHalfway(List<String> missing, List<String> applied, List<String> changes) {
        String stopped = missing.isEmpty() ? "" : "; not applied: " + String.join(", ", bounded(missing));
        return error(
                        PARTIALLY_APPLIED,
                        missing.isEmpty() ? "" : missing.get(0),
                        "the command failed, but part of it stayed: " + count(applied.size(), "version") + " applied"
                                + (applied.isEmpty() ? "" : " (" + String.join(", ", bounded(applied)) + ")") + ", "
                                + count(changes.size(), "catalog change") + stopped)
                .withEvidence("changes", bounded(changes));
    }

    static Finding stillRunning(Look.WorkingSession session, boolean atTheEnd, Duration settle) {
        return error(
                STILL_RUNNING,
                "pid " + session.pid(),
                String.format(
                        Locale.ROOT,
                        "the migration's backend pid %d (%s) was still at work after the command had ended, its statement running for %.1f s%s",
                        session.pid(),
                        Excerpt.of(session.application()),
                        session.seconds(),
                        atTheEnd ? ", and still is after the settle time of " + settle.toMillis() + " ms" : ""));
    }

    static Finding changedAfterCompletion(String where, List<String> late, Duration settle) {
        return error(
                CHANGED_AFTER_COMPLETION,
                where,
                where + " changed within " + settle.toMillis() + " ms after the command had ended"
                        + (late.isEmpty() ? "" : ": " + String.join(", ", bounded(late)))
                        + "; something of the migration went on working");
    }

    static Finding noBaseline() {
        return unproven(
                NO_BASELINE,
                "",
                "there is no measurement from before the migration: which versions this run applied, what it changed in the catalog and which debris it left cannot be told; target versions, dirty and failure marks were judged");
    }

    static Finding baselineContaminated(String table, Step step, Before before) {
        return unproven(
                BASELINE_CONTAMINATED,
                table,
                "the baseline of " + before.clock() + " already has version " + step.label() + ", recorded in " + table
                        + " at " + step.at().orElseThrow() + ", after the migration had started at "
                        + before.startedAt()
                        + ": \"before\" was measured too late");
    }

    static Finding error(FindingCode code, String subject, String message) {
        return Finding.of(code, Severity.ERROR, subject, message);
    }

    static Finding unproven(FindingCode code, String subject, String message) {
        return Finding.of(code, Severity.UNPROVEN, subject, message);
    }

    private static List<String> bounded(List<String> lines) {
        return lines.size() <= MOST_LINES
                ? lines
                : java.util.stream.Stream.concat(
                                lines.stream().limit(MOST_LINES),
                                java.util.stream.Stream.of("… and " + (lines.size() - MOST_LINES) + " more"))
                        .toList();
    }

    private static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
