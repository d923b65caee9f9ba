package dev.allclear.service;

import dev.allclear.model.CheckName;
import dev.allclear.model.DatabaseName;
import dev.allclear.model.Durations;
import dev.allclear.model.Excerpt;
import dev.allclear.model.Finding;
import dev.allclear.model.FindingCode;
import dev.allclear.model.RunId;
import dev.allclear.model.Severity;
import dev.allclear.postgres.DatabaseFailure;
import java.time.Duration;
import java.util.Collection;

/** What the host says in a check's place when the check gave no answer of its own. Always UNPROVEN: absence of evidence is no pass. */
final class HostFindings {
    static final FindingCode CRASHED = new FindingCode("pipeline.check-crashed");
    static final FindingCode NOT_STARTED = new FindingCode("pipeline.not-started");

    private final CheckName check;

    HostFindings(CheckName check) {
        this.check = check;
    }

    /** @param role the role under which checks visit the database, for the remedy */
    Finding failed(DatabaseName database, String role, Throwable failure) {
        if (!(failure instanceof DatabaseFailure known)) {
            return unproven(CRASHED, check.value(), "check " + check + " crashed: " + inOneLine(failure));
        }
        String message = "check " + check + " could not be answered: " + inOneLine(known);
        return switch (known.kind()) {
            case UNREACHABLE, TIMED_OUT, BUDGET_EXHAUSTED ->
                unproven(own(known.kind().codeSuffix()), database.value(), message);
            case INSUFFICIENT_PRIVILEGE ->
                unproven(own(known.kind().codeSuffix()), database.value(), message)
                        .withRemedy("GRANT pg_monitor, pg_read_all_data TO " + role + ";");
            case STATEMENT_REFUSED -> unproven(CRASHED, check.value(), message);
        };
    }

    Finding timedOut(RunId run, Duration limit) {
        return unproven(
                own("timed-out"),
                run.value(),
                "check " + check + " gave no answer within " + Durations.format(limit) + " and was cancelled");
    }

    Finding unknownDatabase(DatabaseName database, Collection<DatabaseName> configured) {
        return unproven(own("database-unreachable"), database.value(), unknown(database, configured));
    }

    static String unknown(DatabaseName database, Collection<DatabaseName> configured) {
        return "database " + database + " is not configured here; configured: "
                + (configured.isEmpty() ? "none" : String.join(", ", names(configured)));
    }

    Finding notStarted(RunId run) {
        return unproven(
                NOT_STARTED,
                run.value(),
                "run " + run + " was announced but its migration was never started: there is nothing to verify");
    }

    /** The failure in one line; a stack trace belongs in the log. */
    static String inOneLine(Throwable failure) {
        String message = failure.getMessage();
        if (failure instanceof DatabaseFailure && message != null) {
            return Excerpt.of(message, 300);
        }
        return failure.getClass().getSimpleName() + (message == null ? "" : ": " + Excerpt.of(message, 200));
    }

    private FindingCode own(String suffix) {
        return new FindingCode(check + "." + suffix);
    }

    private static Finding unproven(FindingCode code, String subject, String message) {
        return Finding.of(code, Severity.UNPROVEN, subject, message);
    }

    private static Collection<String> names(Collection<DatabaseName> databases) {
        return databases.stream().map(DatabaseName::value).toList();
    }
}
