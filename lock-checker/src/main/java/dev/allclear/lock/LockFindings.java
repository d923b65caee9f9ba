package dev.allclear.lock;

import dev.allclear.model.Durations;
import dev.allclear.model.Excerpt;
import dev.allclear.model.Finding;
import dev.allclear.model.FindingCode;
import dev.allclear.model.Severity;
import dev.allclear.postgres.DatabaseFailure;
import dev.allclear.postgres.SqlText;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The codes of this check, their severities and their words. */
final class LockFindings {
    private static final FindingCode HELD_AFTER_COMPLETION = new FindingCode("locks.held-after-completion");
    private static final FindingCode HELD_TOO_LONG = new FindingCode("locks.held-too-long");
    private static final FindingCode SESSIONS_BLOCKED = new FindingCode("locks.sessions-blocked");
    private static final FindingCode DDL_WAITING = new FindingCode("locks.ddl-waiting");
    private static final FindingCode IDLE_IN_TRANSACTION = new FindingCode("locks.idle-in-transaction");
    private static final FindingCode PREPARED_TRANSACTION = new FindingCode("locks.prepared-transaction");
    private static final FindingCode ADVISORY_LOCK_LEFT = new FindingCode("locks.advisory-lock-left");
    private static final FindingCode NOT_OBSERVED = new FindingCode("locks.not-observed");
    private static final FindingCode INSUFFICIENT_PRIVILEGE = new FindingCode("locks.insufficient-privilege");

    private LockFindings() {}

    static Finding heldAfterCompletion(SeenLock lock, Duration held, Duration settle) {
        String relation = lock.relation().orElse("");
        SeenSession session = lock.session();
        return Finding.of(
                        HELD_AFTER_COMPLETION,
                        Severity.ERROR,
                        relation,
                        "%s: %s still held by %s after completion, in a transaction open for %s (limit: %s after completion)"
                                .formatted(
                                        relation, mode(lock), session.words(), length(held), Durations.format(settle)))
                .withRemedy(end("pg_terminate_backend", session))
                .withEvidence("mode", mode(lock))
                .withEvidence("pid", session.backend().pid())
                .withEvidence("state", session.state().orElse("unknown"));
    }

    static Finding heldTooLong(LockHold hold, Duration limit, Severity severity) {
        String more = hold.open() ? "; still held" : "";
        return Finding.of(
                        HELD_TOO_LONG,
                        severity,
                        hold.relation(),
                        "%s: %s held %s ± %s (limit %s) by %s%s"
                                .formatted(
                                        hold.relation(),
                                        hold.mode().words(),
                                        length(hold.length()),
                                        length(hold.error()),
                                        Durations.format(limit),
                                        hold.session().words(),
                                        more))
                .withEvidence("mode", hold.mode().words())
                .withEvidence("seconds", hold.length().toMillis() / 1000.0)
                .withEvidence("waiters", hold.waiters())
                .withEvidence("pid", hold.session().backend().pid());
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
            String by) {
        String subject = relation.isEmpty() ? "rows" : relation;
        return Finding.of(
                        SESSIONS_BLOCKED,
                        severity,
                        relation,
                        "%s: %s waited %s in all (limit %s) behind %s; the longest waited %s"
                                .formatted(
                                        subject,
                                        sessions == 1 ? "1 session" : sessions + " sessions",
                                        length(total),
                                        Durations.format(limit),
                                        by,
                                        length(longest)))
                .withEvidence("sessions", sessions)
                .withEvidence("victimSeconds", total.toMillis() / 1000.0)
                .withEvidence("longestSeconds", longest.toMillis() / 1000.0);
    }

    static Finding ddlWaiting(
            SeenLock lock, Duration waited, List<SeenSession> blockers, long behind, Severity severity) {
        String relation = lock.relation().orElse("");
        String who = blockers.isEmpty()
                ? "others"
                : blockers.stream().limit(3).map(SeenSession::words).collect(Collectors.joining(", "));
        return Finding.of(
                        DDL_WAITING,
                        severity,
                        relation,
                        "%s: %s has waited %s for %s after completion (limit: none may wait) behind %s; %s behind it"
                                .formatted(
                                        relation,
                                        lock.session().words(),
                                        length(waited),
                                        mode(lock),
                                        who,
                                        queueing(behind)))
                .withRemedy(end("pg_cancel_backend", lock.session()))
                .withEvidence("pid", lock.session().backend().pid())
                .withEvidence(
                        "blockedBy",
                        blockers.stream()
                                .map(session -> session.backend().pid())
                                .toList());
    }

    /** Of a transaction that holds nothing that others could see: it may have made tables, functions or comments. */
    static Finding uncommitted(SeenSession session, Duration open, long blocked) {
        return Finding.of(
                        IDLE_IN_TRANSACTION,
                        Severity.ERROR,
                        "",
                        "%s is idle in a transaction that is open for %s (limit: none may be after completion): what it did is not committed; %s for it"
                                .formatted(session.words(), length(open), waiting(blocked)))
                .withRemedy(end("pg_terminate_backend", session))
                .withEvidence("pid", session.backend().pid())
                .withEvidence("waiters", blocked);
    }

    static Finding idleInTransaction(
            SeenSession session, List<SeenLock> locks, Duration open, long blocked, Severity severity) {
        SeenLock strongest = locks.stream()
                .max(Comparator.comparing(lock -> lock.mode().orElse(LockMode.ACCESS_SHARE)))
                .orElseThrow();
        String relation = strongest.relation().orElse("");
        return Finding.of(
                        IDLE_IN_TRANSACTION,
                        severity,
                        relation,
                        "%s: %s is idle in a transaction that is open for %s (limit: none may be after completion) and holds %s; %s for it"
                                .formatted(relation, session.words(), length(open), mode(strongest), waiting(blocked)))
                .withRemedy(end("pg_terminate_backend", session))
                .withEvidence("pid", session.backend().pid())
                .withEvidence("locks", locks.size())
                .withEvidence("waiters", blocked);
    }

    static Finding preparedTransaction(
            PreparedTransaction transaction, List<SeenLock> locks, Duration age, Severity severity) {
        String held = locks.isEmpty()
                ? "no lock on a table"
                : locks.stream()
                        .limit(3)
                        .map(lock -> mode(lock) + " on " + lock.relation().orElse("a new table"))
                        .collect(Collectors.joining(", "));
        String subject = locks.stream()
                .flatMap(lock -> lock.relation().stream())
                .findFirst()
                .orElse("");
        String gid = Excerpt.of(transaction.gid(), 60);
        return Finding.of(
                        PREPARED_TRANSACTION,
                        severity,
                        subject,
                        "%sprepared transaction \"%s\" is neither committed nor rolled back after %s (limit: none may be left) and holds %s"
                                .formatted(subject.isEmpty() ? "" : subject + ": ", gid, length(age), held))
                .withRemedy("rollback prepared "
                        + SqlText.literal(transaction.gid()).strip() + ";")
                .withEvidence("owner", transaction.owner());
    }

    static Finding advisoryLockLeft(AdvisoryLock lock, Optional<String> tool, Severity severity) {
        String whose = tool.map(name -> name + "'s ").orElse("");
        return Finding.of(
                        ADVISORY_LOCK_LEFT,
                        severity,
                        "advisory lock " + lock.words(),
                        "%sadvisory lock %s is still held by %s after completion (limit: none may be): the next migration will wait for it"
                                .formatted(whose, lock.words(), lock.session().words()))
                .withRemedy(end("pg_terminate_backend", lock.session()))
                .withEvidence("pid", lock.session().backend().pid());
    }

    static Finding notObserved(String why) {
        return Finding.of(
                NOT_OBSERVED,
                Severity.UNPROVEN,
                "",
                "locks during the run were not observed: " + why + "; only what was left behind is answered");
    }

    static Finding tooManyLocks(int limit) {
        return Finding.of(
                NOT_OBSERVED,
                Severity.UNPROVEN,
                "",
                "more locks are held than one look takes in (limit %d): what was left behind may be among the others"
                        .formatted(limit));
    }

    static Finding gap(Gap gap, Duration fail, Severity severity) {
        return Finding.of(
                NOT_OBSERVED,
                severity,
                "",
                "locks were not observed for %s of the run, from %s to %s; a lock held up to that long may have been missed (limit %s)"
                        .formatted(length(gap.length()), gap.from(), gap.to(), Durations.format(fail)));
    }

    static Finding insufficientPrivilege(String role) {
        return Finding.of(
                        INSUFFICIENT_PRIVILEGE,
                        Severity.UNPROVEN,
                        "",
                        "role " + Excerpt.of(role, 63)
                                + " may not see what other sessions do, so sessions idle in transaction stay hidden from it (limit: it needs pg_monitor)")
                .withRemedy("GRANT pg_monitor TO " + SqlText.identifier(role) + ";");
    }

    static Finding unanswered(DatabaseFailure failure) {
        return Finding.of(
                new FindingCode("locks." + failure.kind().codeSuffix()),
                Severity.UNPROVEN,
                "",
                "what the migration left locked could not be asked: " + failure.getMessage());
    }

    static String mode(SeenLock lock) {
        return lock.mode().map(LockMode::words).orElse("a row");
    }

    /** In tenths of a second, so that a length just above a limit does not read like the limit. */
    static String length(Duration duration) {
        long millis = duration.toMillis();
        return millis < 1000 ? millis + " ms" : String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
    }

    private static String waiting(long sessions) {
        return sessions == 1 ? "1 session waits" : sessions + " sessions wait";
    }

    private static String queueing(long sessions) {
        return sessions == 1 ? "1 session queues" : sessions + " sessions queue";
    }

    /** Names the start as well: process ids are reused, and the remedy may be pasted much later. */
    private static String end(String function, SeenSession session) {
        Backend backend = session.backend();
        String started =
                backend.startedAt().equals(Backend.HIDDEN) ? "" : " and backend_start = '" + backend.startedAt() + "'";
        return "select " + function + "(pid) from pg_stat_activity where pid = " + backend.pid() + started + ";";
    }
}
