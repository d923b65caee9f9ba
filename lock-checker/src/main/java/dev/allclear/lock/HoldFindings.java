package dev.allclear.lock;

import dev.allclear.model.Durations;
import dev.allclear.model.Finding;
import dev.allclear.model.FindingCode;
import dev.allclear.model.Severity;
import java.time.Duration;
import java.util.List;

/** What the time of the run showed, or did not show, in words: codes, severities, remedies. */
final class HoldFindings {
    private static final FindingCode HELD_TOO_LONG = new FindingCode("locks.held-too-long");
    private static final FindingCode SESSIONS_BLOCKED = new FindingCode("locks.sessions-blocked");
    private static final FindingCode NOT_OBSERVED = new FindingCode("locks.not-observed");

    /** What was not observed: the time of the run, and not some object of the database. */
    private static final String THE_RUN = "the run";

    private HoldFindings() {}

    static Finding heldTooLong(LockHold hold, Duration limit, Severity severity) {
        String suffered = hold.waiters() == 0 ? "" : "; " + waited(hold.waiters()) + " for it";
        String more = suffered
                + (hold.open() ? "; still held" : "")
                + (severity == Severity.UNPROVEN
                        ? "; it may have been longer, " + LockWords.length(hold.atMost()) + " at most"
                        : "");
        Finding finding = Finding.of(
                        HELD_TOO_LONG,
                        severity,
                        hold.relation(),
                        "%s: %s held %s ± %s (limit %s) by %s%s"
                                .formatted(
                                        hold.relation(),
                                        hold.mode().words(),
                                        LockWords.length(hold.length()),
                                        LockWords.length(hold.error()),
                                        Durations.format(limit),
                                        hold.session().words(),
                                        more))
                .withEvidence("mode", hold.mode().words())
                .withEvidence("seconds", hold.length().toMillis() / 1000.0)
                .withEvidence("waiters", hold.waiters())
                .withEvidence("pid", hold.session().backend().pid());
        boolean endable = hold.open() && !hold.session().backend().isPrepared();
        return endable ? finding.withRemedy(LockWords.end("pg_terminate_backend", hold.session())) : finding;
    }

    static Finding moreHeldTooLong(int count, Severity severity, Duration limit) {
        return Finding.of(
                HELD_TOO_LONG,
                severity,
                "",
                count + " more locks were held longer than " + Durations.format(limit)
                        + "; the measurements list the longest");
    }

    static Finding sessionsBlocked(
            String relation,
            long sessions,
            Duration total,
            Duration longest,
            Duration limit,
            Severity severity,
            String by,
            List<String> victims) {
        String subject = relation.isEmpty() ? "rows" : relation;
        boolean unknown = severity == Severity.UNPROVEN;
        Finding finding = Finding.of(
                        SESSIONS_BLOCKED,
                        severity,
                        relation,
                        "%s: %s %s in all (limit %s) behind %s; the longest waited %s%s"
                                .formatted(
                                        subject,
                                        waited(sessions),
                                        LockWords.length(total),
                                        Durations.format(limit),
                                        by,
                                        LockWords.length(longest),
                                        unknown ? "; " + LockFindings.UNKNOWN : ""))
                .withEvidence("sessions", sessions)
                .withEvidence("victimSeconds", total.toMillis() / 1000.0)
                .withEvidence("longestSeconds", longest.toMillis() / 1000.0)
                .withEvidence("victims", victims);
        return unknown ? finding.withRemedy(LockFindings.IDENTIFY) : finding;
    }

    static Finding notObserved(String why) {
        return Finding.of(
                NOT_OBSERVED,
                Severity.UNPROVEN,
                THE_RUN,
                "locks during the run were not observed from its beginning: " + why
                        + "; only what was left behind is answered for certain");
    }

    static Finding tooManyLocks(int limit, String what) {
        return Finding.of(
                NOT_OBSERVED,
                Severity.UNPROVEN,
                "",
                "more locks are held than one look takes in (limit %d): what %s may be among the others"
                        .formatted(limit, what));
    }

    static Finding gap(Gap gap, Duration fail, Severity severity) {
        return Finding.of(
                NOT_OBSERVED,
                severity,
                THE_RUN,
                "locks were not observed for %s of the run, from %s to %s; a lock held up to that long may have been missed (limit %s)"
                        .formatted(LockWords.length(gap.length()), gap.from(), gap.to(), Durations.format(fail)));
    }

    /** Sessions were seen, their locks were not: reading these is held to a share of the server's time. */
    static Finding unread(Gap gap, Duration fail) {
        return Finding.of(
                NOT_OBSERVED,
                Severity.UNPROVEN,
                THE_RUN,
                "the lock table was not read for %s while sessions were at work, from %s to %s, since that takes too long or failed; a lock held up to that long may have been missed (limit %s)"
                        .formatted(LockWords.length(gap.length()), gap.from(), gap.to(), Durations.format(fail)));
    }

    private static String waited(long sessions) {
        return sessions == 1 ? "1 session waited" : sessions + " sessions waited";
    }
}
