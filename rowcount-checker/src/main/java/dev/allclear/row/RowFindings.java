package dev.allclear.row;

import dev.allclear.model.Excerpt;
import dev.allclear.model.Finding;
import dev.allclear.model.FindingCode;
import dev.allclear.model.Severity;
import dev.allclear.postgres.DatabaseFailure;
import dev.allclear.postgres.SqlText;
import java.time.Duration;
import java.util.List;

/** The codes, severities and words of this check in one place; each code has its page in {@code docs/findings}. */
final class RowFindings {
    static final FindingCode INCOMPLETE_BACKFILL = new FindingCode("rows.incomplete-backfill");
    static final FindingCode NO_ROWS = new FindingCode("rows.no-rows");
    static final FindingCode DUPLICATES = new FindingCode("rows.duplicates");
    static final FindingCode NOT_CONSERVED = new FindingCode("rows.not-conserved");
    static final FindingCode MISMATCH = new FindingCode("rows.mismatch");
    static final FindingCode CONCURRENT_WRITES = new FindingCode("rows.concurrent-writes");
    static final FindingCode NO_BASELINE = new FindingCode("rows.no-baseline");
    static final FindingCode BASELINE_CONTAMINATED = new FindingCode("rows.baseline-contaminated");
    static final FindingCode TABLE_NOT_FOUND = new FindingCode("rows.table-not-found");
    static final FindingCode COLUMN_NOT_FOUND = new FindingCode("rows.column-not-found");
    static final FindingCode INVALID_EXPECTATION = new FindingCode("rows.invalid-expectation");
    static final FindingCode HIDDEN_BY_ROW_SECURITY = new FindingCode("rows.hidden-by-row-security");
    static final FindingCode TIMED_OUT = new FindingCode("rows.timed-out");
    static final FindingCode BUDGET_EXHAUSTED = new FindingCode("rows.budget-exhausted");
    static final FindingCode ESTIMATE_ONLY = new FindingCode("rows.estimate-only");
    static final FindingCode NOTHING_MODIFIED = new FindingCode("rows.nothing-modified");
    static final FindingCode NOT_APPLICABLE = new FindingCode("rows.not-applicable");

    private RowFindings() {}

    static Finding noBaseline() {
        return of(
                NO_BASELINE,
                Severity.UNPROVEN,
                "",
                "the run says that it changes data, but nothing was measured before it: whether any row changed is unknown");
    }

    static Finding startNotKnown() {
        return of(
                NO_BASELINE,
                Severity.UNPROVEN,
                "",
                "the run's end declares nothing about rows, and its start is not known here (it was not announced, or more than 24 hours ago): what was declared at its start, if anything, was not examined");
    }

    static Finding contaminated(String subject, String why) {
        return of(
                BASELINE_CONTAMINATED,
                Severity.UNPROVEN,
                subject,
                (subject.isEmpty() ? "rows" : subject) + ": " + why
                        + ": the count from before may already contain the migration");
    }

    static Finding tableNotFound(String written, String says) {
        return of(
                TABLE_NOT_FOUND,
                Severity.ERROR,
                Excerpt.of(written),
                "no table " + Excerpt.of(written) + " in any schema of this database (" + says + ")");
    }

    static Finding columnNotFound(Relation relation, String written, String says) {
        return of(
                COLUMN_NOT_FOUND,
                Severity.ERROR,
                relation.toString(),
                relation + " has no column " + Excerpt.of(written) + " (" + says + ")");
    }

    static Finding invalid(Expectations.Unreadable one) {
        return of(
                INVALID_EXPECTATION,
                Severity.UNPROVEN,
                one.table().isEmpty() ? one.place() : one.table(),
                one.place() + " cannot be examined: " + one.sentence());
    }

    static Finding ambiguous(String written, Expectation expectation, List<Relation> meant) {
        List<String> names = meant.stream().map(Relation::sql).limit(5).toList();
        return of(
                INVALID_EXPECTATION,
                Severity.UNPROVEN,
                Excerpt.of(written),
                Excerpt.of(written) + " may be any of " + meant.size() + " tables (" + String.join(", ", names)
                        + "): write the schema (" + expectation.says() + ")");
    }

    static Finding countedTwice(Conserved sum) {
        return of(
                INVALID_EXPECTATION,
                Severity.UNPROVEN,
                Excerpt.of(sum.to().get(0)),
                sum.says() + " names a table twice, or a table and a part of it: its rows would be counted twice");
    }

    static Finding view(Expectation expectation, Relation relation) {
        return of(
                INVALID_EXPECTATION,
                Severity.UNPROVEN,
                relation.toString(),
                relation + " is a view; rows are counted in tables only (" + expectation.says() + ")");
    }

    static Finding hidden(Bound bound) {
        return hidden(bound.relation(), bound.expectation());
    }

    static Finding hidden(Relation relation, Expectation expectation) {
        return of(
                        HIDDEN_BY_ROW_SECURITY,
                        Severity.UNPROVEN,
                        relation.toString(),
                        relation + ": row level security hides rows from role " + relation.reader()
                                + ", so a count of the others would prove nothing (" + expectation.says() + ")")
                .withRemedy("ALTER ROLE " + SqlText.identifier(relation.reader()) + " BYPASSRLS;");
    }

    /** No count, for a reason that lies with the database or our rights on it. */
    static Finding unanswered(Bound bound, DatabaseFailure failure) {
        Relation relation = bound.relation();
        String what = relation + ": " + bound.expectation().says() + " could not be examined: ";
        return switch (failure.kind()) {
            case INSUFFICIENT_PRIVILEGE ->
                relation.readable()
                        ? hidden(bound)
                        : about(bound, codeOf(failure), Severity.UNPROVEN, what + failure.getMessage())
                                .withRemedy(grant(relation));
            case TIMED_OUT ->
                failure.isLockTimeout()
                        ? about(
                                bound,
                                TIMED_OUT,
                                Severity.UNPROVEN,
                                what + "waited too long for a lock; " + failure.getMessage())
                        : tooSlow(bound, what + failure.getMessage());
            case BUDGET_EXHAUSTED ->
                about(bound, BUDGET_EXHAUSTED, Severity.UNPROVEN, what + failure.getMessage() + estimate(relation));
            case UNREACHABLE, STATEMENT_REFUSED ->
                about(bound, codeOf(failure), Severity.UNPROVEN, what + failure.getMessage());
        };
    }

    /** Nothing at all could be examined. */
    static Finding unanswered(DatabaseFailure failure) {
        return of(codeOf(failure), Severity.UNPROVEN, "", "rows could not be examined: " + failure.getMessage());
    }

    static Finding modificationUnknown(DatabaseFailure failure) {
        return of(
                codeOf(failure),
                Severity.UNPROVEN,
                "",
                "whether the run modified anything could not be asked: " + failure.getMessage());
    }

    private static Finding tooSlow(Bound bound, String what) {
        Relation relation = bound.relation();
        return relation.estimate().isPresent()
                ? about(bound, ESTIMATE_ONLY, Severity.UNPROVEN, what + estimate(relation))
                        .withEvidence("estimatedRows", relation.estimate().get())
                : about(bound, BUDGET_EXHAUSTED, Severity.UNPROVEN, what + estimate(relation));
    }

    private static String estimate(Relation relation) {
        return relation.estimate()
                .map(rows -> "; the planner's estimate is " + Numbers.text(rows) + " rows, which proves nothing")
                .orElse("; there is no estimate either, the table was never analyzed");
    }

    static Finding nothingModified(List<String> tables, Duration waited) {
        String subject = tables.size() == 1 ? tables.get(0) : "";
        return of(
                        NOTHING_MODIFIED,
                        Severity.ERROR,
                        subject,
                        "the run says that it changes data, but 0 rows were inserted, updated or deleted in "
                                + (tables.size() <= 5 ? String.join(", ", tables) : tables.size() + " tables")
                                + " since before the migration (statistics watched for " + waited.toSeconds()
                                + " s after it)")
                .withEvidence("tables", tables);
    }

    /** Something moved, but by whom, and whether it is what was meant, the counters cannot tell. */
    static Finding onlyCounters(String what) {
        return of(ESTIMATE_ONLY, Severity.UNPROVEN, "", what);
    }

    static Finding tooManyTables() {
        return of(
                BUDGET_EXHAUSTED,
                Severity.UNPROVEN,
                "",
                "the run says that it changes data and names no tables; more than " + Footprints.MOST_TABLES
                        + " tables are too many to watch: name the tables, or declare expectations");
    }

    static Finding tooManyNewColumns(int examined, int more) {
        return of(
                BUDGET_EXHAUSTED,
                Severity.UNPROVEN,
                "",
                "the run added more columns than are looked into (limit %d): whether the %d more are filled is unknown; declare expectations"
                        .formatted(examined, more));
    }

    static Finding notAsked(String why) {
        return of(NOT_APPLICABLE, Severity.INFO, "", why);
    }

    static Finding about(Bound bound, FindingCode code, Severity severity, String message) {
        return of(code, severity, bound.relation().toString(), message);
    }

    static Finding of(FindingCode code, Severity severity, String subject, String message) {
        return Finding.of(code, severity, subject, message);
    }

    static FindingCode codeOf(DatabaseFailure failure) {
        return new FindingCode("rows." + failure.kind().codeSuffix());
    }

    static String grant(Relation relation) {
        String role = SqlText.identifier(relation.reader());
        return "GRANT USAGE ON SCHEMA " + SqlText.identifier(relation.schema()) + " TO " + role + "; GRANT SELECT ON "
                + relation.sql() + " TO " + role + ";";
    }
}
