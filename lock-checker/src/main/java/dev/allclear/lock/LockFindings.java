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
import java.util.Optional;
import java.util.stream.Collectors;

/** What is there after the run, in words: codes, severities, remedies. Of the run itself: {@link HoldFindings}. */
final class LockFindings {
    private static final FindingCode HELD_AFTER_COMPLETION = new FindingCode("locks.held-after-completion");
    private static final FindingCode DDL_WAITING = new FindingCode("locks.ddl-waiting");
    private static final FindingCode IDLE_IN_TRANSACTION = new FindingCode("locks.idle-in-transaction");
    private static final FindingCode PREPARED_TRANSACTION = new FindingCode("locks.prepared-transaction");
    private static final FindingCode ADVISORY_LOCK_LEFT = new FindingCode("locks.advisory-lock-left");
    private static final FindingCode INSUFFICIENT_PRIVILEGE = new FindingCode("locks.insufficient-privilege");

    static final String UNKNOWN =
            "nothing tells whether it is the migration's: its sessions were not described, and none was seen to take a lock that blocks writes";
    static final String IDENTIFY =
            "-- name the migration's sessions: a role of its own (--session-user) or an application_name (--session-name), or announce its pid";

    private LockFindings() {}

    static Finding heldAfterCompletion(SeenLock lock, Duration held, Duration settle) {
        String relation = lock.relation().orElse("");
        SeenSession session = lock.session();
        return Finding.of(
                        HELD_AFTER_COMPLETION,
                        Severity.ERROR,
                        relation,
                        "%s: %s still held by %s after completion, in a transaction open for %s%s (limit: %s after completion)"
                                .formatted(
                                        relation,
                                        LockWords.mode(lock),
                                        session.words(),
                                        LockWords.length(held),
                                        working(session),
                                        Durations.format(settle)))
                .withRemedy(LockWords.end("pg_terminate_backend", session))
                .withEvidence("mode", LockWords.mode(lock))
                .withEvidence("pid", session.backend().pid())
                .withEvidence("state", session.state().orElse("unknown"));
    }

    /** Of a session that holds nothing that others could see, such as one that still fills a new table. */
    static Finding stillWorking(SeenSession session, Duration open, Duration settle) {
        return Finding.of(
                        HELD_AFTER_COMPLETION,
                        Severity.ERROR,
                        "",
                        "%s still works after completion, in a transaction open for %s (limit: %s after completion); whether it commits is open"
                                .formatted(session.words(), LockWords.length(open), Durations.format(settle)))
                .withRemedy(LockWords.end("pg_terminate_backend", session))
                .withEvidence("pid", session.backend().pid())
                .withEvidence("state", "active");
    }

    static Finding perhapsTheMigrations(SeenLock lock, Duration open, Duration settle) {
        String relation = lock.relation().orElse("");
        SeenSession session = lock.session();
        return Finding.of(
                        HELD_AFTER_COMPLETION,
                        Severity.UNPROVEN,
                        relation,
                        "%s: %s still held by %s after completion, in a transaction open for %s%s (limit: %s after completion); %s"
                                .formatted(
                                        relation,
                                        LockWords.mode(lock),
                                        session.words(),
                                        LockWords.length(open),
                                        working(session),
                                        Durations.format(settle),
                                        UNKNOWN))
                .withRemedy(IDENTIFY)
                .withEvidence("pid", session.backend().pid());
    }

    private static String working(SeenSession session) {
        return session.isActive() ? ", and it still works" : "";
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
                                        LockWords.length(waited),
                                        LockWords.mode(lock),
                                        who,
                                        queueing(behind)))
                .withRemedy(LockWords.end("pg_cancel_backend", lock.session()))
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
                                .formatted(session.words(), LockWords.length(open), waiting(blocked)))
                .withRemedy(LockWords.end("pg_terminate_backend", session))
                .withEvidence("pid", session.backend().pid())
                .withEvidence("waiters", blocked);
    }

    static Finding idleInTransaction(
            SeenSession session, List<SeenLock> locks, Duration open, long blocked, Severity severity) {
        SeenLock strongest = locks.stream()
                .max(Comparator.comparing(lock -> lock.mode().orElse(LockMode.ACCESS_SHARE)))
                .orElseThrow();
        String relation = strongest.relation().orElse("");
        boolean unknown = severity == Severity.UNPROVEN;
        return Finding.of(
                        IDLE_IN_TRANSACTION,
                        severity,
                        relation,
                        "%s: %s is idle in a transaction that is open for %s (limit: none may be after completion) and holds %s; %s for it%s"
                                .formatted(
                                        relation,
                                        session.words(),
                                        LockWords.length(open),
                                        LockWords.mode(strongest),
                                        waiting(blocked),
                                        unknown ? "; " + UNKNOWN : ""))
                .withRemedy(unknown ? IDENTIFY : LockWords.end("pg_terminate_backend", session))
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
                        .map(lock ->
                                LockWords.mode(lock) + " on " + lock.relation().orElse("a new table"))
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
                                .formatted(subject.isEmpty() ? "" : subject + ": ", gid, LockWords.length(age), held))
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
                .withRemedy(LockWords.end("pg_terminate_backend", lock.session()))
                .withEvidence("pid", lock.session().backend().pid());
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

    private static String waiting(long sessions) {
        return sessions == 1 ? "1 session waits" : sessions + " sessions wait";
    }

    private static String queueing(long sessions) {
        return sessions == 1 ? "1 session queues" : sessions + " sessions queue";
    }
}
