package dev.allclear.log;

import dev.allclear.model.DatabaseName;
import dev.allclear.model.Durations;
import dev.allclear.model.Excerpt;
import dev.allclear.model.Finding;
import dev.allclear.model.FindingCode;
import dev.allclear.model.Severity;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;

/** The codes, severities and words of this check. */
final class LogFindings {
    private static final FindingCode ERRORS_INCREASED = new FindingCode("logs.errors-increased");

    private static final FindingCode SOURCE_BEHIND = new FindingCode("logs.source-behind");

    private LogFindings() {}

    /** An error class on an object: {@code logs.<class>}, or {@code logs.errors-increased} for one known from before. */
    static Finding of(Judgement judgement, LogWindow window) {
        String after = Durations.rounded(window.after());
        String before = window.before().isZero()
                ? "there is no measurement of the time before"
                : (judgement.before() == 0 ? "none" : judgement.before()) + " in the "
                        + Durations.rounded(window.before()) + " before the migration";
        String times = judgement.after() == 1 ? "once" : judgement.after() + " times";
        String what = judgement.object().isEmpty() && !judgement.sample().isBlank()
                ? what(judgement) + " (\"" + Excerpt.of(judgement.sample(), 120) + "\")"
                : what(judgement);
        return switch (judgement.meaning()) {
            case NEW ->
                finding(
                        judgement,
                        own(judgement),
                        Severity.ERROR,
                        what + ": " + times + " in " + after + " after completion (" + before + "; limit 0 new)"
                                + span(judgement));
            case INCREASED ->
                finding(
                        judgement,
                        ERRORS_INCREASED,
                        Severity.ERROR,
                        what + ": " + times + " in " + after + " after completion, "
                                + aMinute(judgement.after(), window.after()) + ", against " + before + ", "
                                + aMinute(judgement.before(), window.before()) + ": more than chance explains"
                                + span(judgement));
            case TRANSIENT ->
                finding(
                                judgement,
                                own(judgement),
                                Severity.WARNING,
                                what + ": transient, " + times + " after completion and none in the second half of the "
                                        + Durations.rounded(window.soak()) + " watched (" + before + ")"
                                        + span(judgement))
                        .withEvidence("transient", true);
            case DURING_RUN ->
                finding(
                        judgement,
                        own(judgement),
                        Severity.WARNING,
                        what + ": " + (judgement.during() == 1 ? "once" : judgement.during() + " times")
                                + " while the migration ran and none in " + after + " after it" + span(judgement));
            case AS_BEFORE ->
                finding(
                        judgement,
                        own(judgement),
                        Severity.INFO,
                        what + ": " + times + " in " + after + " after completion, as before (" + before + ", "
                                + aMinute(judgement.before(), window.before()) + ")");
        };
    }

    private static String aMinute(long count, Duration time) {
        double rate = count * 60_000.0 / Math.max(1, time.toMillis());
        return String.format(Locale.ROOT, rate < 10 ? "%.1f a minute" : "%.0f a minute", rate);
    }

    private static Finding finding(Judgement judgement, FindingCode code, Severity severity, String message) {
        Finding finding = Finding.of(code, severity, judgement.object(), message)
                .withEvidence("class", judgement.code())
                .withEvidence("before", judgement.before())
                .withEvidence("during", judgement.during())
                .withEvidence("after", judgement.after())
                .withEvidence("sample", judgement.sample());
        if (judgement.first().isPresent() && judgement.last().isPresent()) {
            finding = finding.withEvidence("first", judgement.first().get().toString())
                    .withEvidence("last", judgement.last().get().toString());
        }
        return finding;
    }

    private static FindingCode own(Judgement judgement) {
        return new FindingCode("logs." + judgement.code());
    }

    /** What happens to the application, as a sentence. */
    static String what(Judgement judgement) {
        return judgement.kind().says(judgement.object());
    }

    private static String span(Judgement judgement) {
        return judgement
                        .first()
                        .map(first -> ", first at " + first.truncatedTo(ChronoUnit.SECONDS))
                        .orElse("")
                + judgement
                        .last()
                        .filter(last -> !judgement.first().equals(Optional.of(last)))
                        .map(last -> ", last at " + last.truncatedTo(ChronoUnit.SECONDS))
                        .orElse("");
    }

    static Finding more(int left) {
        return Finding.of(
                new FindingCode("logs.other-database-error"),
                Severity.INFO,
                "",
                left + " more classes of database errors are not listed; the worst and most frequent are");
    }

    static Finding noSource(DatabaseName database) {
        return Finding.of(
                        new FindingCode("logs.no-source"),
                        Severity.UNPROVEN,
                        database.value(),
                        database
                                + ": no log source is configured, so nobody looked for new database errors; add one under databases."
                                + database + ".logs, or drop logs from policy.required")
                .withRemedy(
                        "databases:\n  " + database + ":\n    logs:\n      - file: /var/log/" + database
                                + "/*.log\n# or, to do without this check:\npolicy:\n  required: [status, latency, locks, rows]");
    }

    static Finding unreachable(String source, String why) {
        return Finding.of(
                new FindingCode("logs.source-unreachable"),
                Severity.UNPROVEN,
                source,
                source + ": cannot be read: " + why);
    }

    static Finding behind(SourceScan scan, LogWindow window) {
        if (scan.ahead().isPresent()) {
            return ahead(scan, scan.ahead().get(), window);
        }
        Instant reach = window.mustReach(scan.lag());
        String newest = scan.silent()
                .filter(file -> scan.hasSilentFile(window))
                .map(file -> file.file() + " was being written when the run began and has not been since "
                        + file.written().truncatedTo(ChronoUnit.SECONDS))
                .or(() -> scan.newest().map(time -> "its newest line is of " + time + ", older than " + reach))
                .orElse("it showed no line since " + window.completed());
        return Finding.of(
                        SOURCE_BEHIND,
                        Severity.UNPROVEN,
                        scan.source(),
                        scan.source() + ": " + newest + " (" + Durations.rounded(window.soak())
                                + " watched after completion); silence does not prove that there are no errors")
                .withRemedy("# if this log is written only when something is wrong:\n- file: " + scan.source()
                        + "\n  silence: ok");
    }

    private static Finding ahead(SourceScan scan, Instant time, LogWindow window) {
        return Finding.of(
                SOURCE_BEHIND,
                Severity.UNPROVEN,
                scan.source(),
                scan.source() + ": it holds a line of " + time.truncatedTo(ChronoUnit.SECONDS) + ", which at "
                        + window.end().truncatedTo(ChronoUnit.SECONDS)
                        + " is yet to come: a clock is ahead, or local times are taken for UTC, and what was written"
                        + " after completion cannot be told by them");
    }

    static Finding truncated(String source, String what) {
        return Finding.of(new FindingCode("logs.window-truncated"), Severity.UNPROVEN, source, source + ": " + what);
    }

    static Finding contaminated(DatabaseName database, String why) {
        return Finding.of(
                new FindingCode("logs.baseline-contaminated"),
                Severity.UNPROVEN,
                database.value(),
                database + ": " + why + ", so errors without a time cannot be told from those of the time before;"
                        + " wait for baseline.captured before the next migration begins");
    }

    static Finding unplaced(DatabaseName database, long errors, Duration late) {
        return Finding.of(
                new FindingCode("logs.no-baseline"),
                Severity.UNPROVEN,
                database.value(),
                database + ": nobody noted where the logs stood before the migration, and its end was heard of only "
                        + Durations.rounded(late) + " after it; of " + errors
                        + (errors == 1 ? " error" : " errors")
                        + " without a time it cannot be told whether that is of before or after;"
                        + " announce the next run with migration.started before it begins");
    }

    static Finding noBaseline(DatabaseName database) {
        return Finding.of(
                new FindingCode("logs.no-baseline"),
                Severity.UNPROVEN,
                database.value(),
                database + ": there is no measurement of the time before the migration, so errors of old count as new;"
                        + " announce the next run with migration.started before it begins");
    }
}
