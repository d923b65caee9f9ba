package dev.allclear.log;

import dev.allclear.model.DatabaseName;
import dev.allclear.model.Durations;
import dev.allclear.model.Finding;
import dev.allclear.model.FindingCode;
import dev.allclear.model.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The codes, severities and words of this check. */
final class LogFindings {
    private LogFindings() {}

    /** An error class on an object: {@code logs.<class>}, or {@code logs.errors-increased} for one known from before. */
    static Finding of(Judgement judgement, LogWindow window) {
        String after =
                Durations.format(Duration.ofSeconds(Math.max(1, window.after().toSeconds())));
        String before = window.before().isZero()
                ? "there is no measurement of the time before"
                : judgement.before() + " in the " + Durations.format(window.before()) + " before the migration";
        String times = judgement.after() == 1 ? "once" : judgement.after() + " times";
        String what = what(judgement);
        return switch (judgement.meaning()) {
            case NEW ->
                finding(
                        judgement,
                        judgement.code(),
                        Severity.ERROR,
                        what + ": " + times + " in " + after + " after completion (" + before + "; limit 0 new)"
                                + span(judgement));
            case INCREASED ->
                finding(
                        judgement,
                        "errors-increased",
                        Severity.ERROR,
                        what + ": " + times + " in " + after + " after completion against " + before
                                + ", more than chance explains" + span(judgement));
            case TRANSIENT ->
                finding(
                                judgement,
                                judgement.code(),
                                Severity.WARNING,
                                what + ": transient, " + times + " after completion and none in the second half of the "
                                        + Durations.format(window.soak()) + " watched (" + before + ")"
                                        + span(judgement))
                        .withEvidence("transient", true);
            case DURING_RUN ->
                finding(
                        judgement,
                        judgement.code(),
                        Severity.WARNING,
                        what + ": " + (judgement.during() == 1 ? "once" : judgement.during() + " times")
                                + " while the migration ran and none in " + after + " after it" + span(judgement));
            case AS_BEFORE ->
                finding(
                        judgement,
                        judgement.code(),
                        Severity.INFO,
                        what + ": " + times + " in " + after + " after completion, as before (" + before + ")");
        };
    }

    private static Finding finding(Judgement judgement, String code, Severity severity, String message) {
        Finding finding = Finding.of(new FindingCode("logs." + code), severity, judgement.object(), message)
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

    private static String what(Judgement judgement) {
        String kind = judgement.code().replace('-', ' ');
        return judgement.object().isEmpty() ? kind : judgement.object() + ": " + kind;
    }

    private static String span(Judgement judgement) {
        return judgement.first().map(first -> ", first at " + first).orElse("")
                + judgement
                        .last()
                        .filter(last -> !judgement.first().equals(Optional.of(last)))
                        .map(last -> ", last at " + last)
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
        Instant reach = window.mustReach(scan.lag());
        String newest = scan.newest()
                .map(time -> "its newest line is of " + time + ", older than " + reach)
                .orElse("it showed no line since " + window.completed());
        return Finding.of(
                        new FindingCode("logs.source-behind"),
                        Severity.UNPROVEN,
                        scan.source(),
                        scan.source() + ": " + newest + " (" + Durations.format(window.soak())
                                + " watched after completion); silence does not prove that there are no errors")
                .withRemedy("# if this log is written only when something is wrong:\n- file: " + scan.source()
                        + "\n  silence: ok");
    }

    static Finding truncated(String source, String what) {
        return Finding.of(new FindingCode("logs.window-truncated"), Severity.UNPROVEN, source, source + ": " + what);
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
