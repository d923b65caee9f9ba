package dev.allclear.status;

import dev.allclear.model.Excerpt;
import dev.allclear.model.Finding;
import dev.allclear.model.FindingCode;
import dev.allclear.model.Severity;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The status check's codes, severities and words; those about tracking tables are in
 * {@link TrackingFindings}, those about debris in {@link DebrisFindings}. */
final class StatusFindings {
    private static final int MOST_LINES = 20;

    static final FindingCode MIGRATION_FAILED = new FindingCode("status.migration-failed");
    static final FindingCode PARTIALLY_APPLIED = new FindingCode("status.partially-applied");
    static final FindingCode VERSION_MISSING = new FindingCode("status.version-missing");
    static final FindingCode NOTHING_APPLIED = new FindingCode("status.nothing-applied");
    static final FindingCode DIRTY = new FindingCode("status.dirty");
    static final FindingCode RECORDED_NOT_EXECUTED = new FindingCode("status.recorded-not-executed");
    static final FindingCode NO_VISIBLE_EFFECT = new FindingCode("status.no-visible-effect");
    static final FindingCode TOOL_LOCK_HELD = new FindingCode("status.tool-lock-held");
    static final FindingCode TOOL_REPORTED_ERROR = new FindingCode("status.tool-reported-error");
    static final FindingCode TOOL_WARNING = new FindingCode("status.tool-warning");
    static final FindingCode TRACKING_TABLE_NOT_FOUND = new FindingCode("status.tracking-table-not-found");
    static final FindingCode INSUFFICIENT_PRIVILEGE = new FindingCode("status.insufficient-privilege");
    static final FindingCode INVALID_INDEX = new FindingCode("status.invalid-index");
    static final FindingCode CONSTRAINT_NOT_VALIDATED = new FindingCode("status.constraint-not-validated");
    static final FindingCode OBJECT_DROPPED = new FindingCode("status.object-dropped");
    static final FindingCode TABLE_REWRITTEN = new FindingCode("status.table-rewritten");
    static final FindingCode STILL_RUNNING = new FindingCode("status.still-running");
    static final FindingCode CHANGED_AFTER_COMPLETION = new FindingCode("status.changed-after-completion");
    static final FindingCode NO_BASELINE = new FindingCode("status.no-baseline");
    static final FindingCode BASELINE_CONTAMINATED = new FindingCode("status.baseline-contaminated");

    private StatusFindings() {}

    static boolean isReportedError(Finding finding) {
        return finding.code().equals(TOOL_REPORTED_ERROR) && finding.severity() == Severity.ERROR;
    }

    static boolean isNothingApplied(Finding finding) {
        return finding.code().equals(NOTHING_APPLIED);
    }

    /** @param stoppedAt the version at which it stopped, by the tool's output */
    static Finding migrationFailed(String claim, Optional<String> stoppedAt, List<String> errors) {
        String where = stoppedAt
                .map(version -> "; by its output it stopped at " + version)
                .orElse("");
        String first = errors.isEmpty() ? "" : "; it said: " + errors.get(0);
        Finding finding = error(
                MIGRATION_FAILED, stoppedAt.orElse(""), "the migration command ended with " + claim + where + first);
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

    static Finding toolNotice(List<String> notices) {
        return Finding.of(
                        TOOL_WARNING,
                        Severity.INFO,
                        "",
                        "the tool printed " + count(notices.size(), "routine notice") + ", first: " + notices.get(0))
                .withEvidence("lines", bounded(notices));
    }

    static Finding noExitCode() {
        return unproven(
                TRACKING_TABLE_NOT_FOUND,
                "sql",
                "a plain script has no tracking table, and neither an exit code nor an outcome was published: nothing says that it ended well");
    }

    static Finding successNotClaimed() {
        return unproven(
                MIGRATION_FAILED,
                "",
                "neither an exit code nor an outcome was published, and no target version was named: nothing says that the migration ended well");
    }

    static Finding sessionsNotVisible(String grant) {
        return unproven(
                        INSUFFICIENT_PRIVILEGE,
                        "pg_stat_activity",
                        "other roles' sessions may not be seen in pg_stat_activity: whether a backend of the migration is still at work is not known")
                .withRemedy(grant);
    }

    static Finding baselineTooLate(String why) {
        return unproven(BASELINE_CONTAMINATED, "", why + ": too late to tell what this run did and what it left");
    }

    /** @param what the sign, and what it leaves open */
    static Finding baselinePerhapsTooLate(String subject, String what) {
        return unproven(
                BASELINE_CONTAMINATED,
                subject,
                what
                        + "; the publisher did not say that it waited for \"before\": let `allclear run` run the command, or say so in awaitedBaselines");
    }

    static Finding catalogUnchanged() {
        return Finding.of(
                NOTHING_APPLIED,
                Severity.INFO,
                "",
                "the script changed nothing in the catalog; whether it changed rows is the rows check's question");
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

    /** @param severity WARNING where another than the migration may well have done it */
    static Finding changedAfterCompletion(Severity severity, String where, List<String> late, Duration settle) {
        return Finding.of(
                CHANGED_AFTER_COMPLETION,
                severity,
                where,
                where + " changed within " + settle.toMillis() + " ms after the command had ended"
                        + (late.isEmpty() ? "" : ": " + String.join(", ", bounded(late)))
                        + (severity == Severity.ERROR
                                ? "; something of the migration went on working"
                                : "; the migration went on working, or the new release changes the schema by itself"));
    }

    static Finding noBaseline() {
        return unproven(
                NO_BASELINE,
                "",
                "there is no measurement from before the migration: which versions this run applied, what it changed in the catalog and which debris it left cannot be told; target versions, dirty and failure marks were judged");
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

    static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
