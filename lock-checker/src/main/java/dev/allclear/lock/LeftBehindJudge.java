package dev.allclear.lock;

import dev.allclear.model.Finding;
import dev.allclear.model.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is still there after the settle time. A session that is not the migration's counts only where it holds what blocks
 * ordinary writes, or others wait for it; what was there before the run is for the record.
 */
final class LeftBehindJudge {
    private static final int MOST = 50;
    /** Transactions of applications seldom last longer. */
    private static final Duration ORDINARY = Duration.ofSeconds(5);

    /** Who coordinates several servers' DDL prepares it everywhere and commits at once. */
    private static final Duration IN_FLIGHT = Duration.ofSeconds(1);

    private final LockSettings settings;
    private final MigrationSessions migration;
    private final Optional<LockBaseline> baseline;
    private final Instant completion;

    LeftBehindJudge(
            LockSettings settings, MigrationSessions migration, Optional<LockBaseline> baseline, Instant completion) {
        this.settings = settings;
        this.migration = migration;
        this.baseline = baseline;
        this.completion = completion;
    }

    List<Finding> judge(LastLook look) {
        List<Finding> findings = new ArrayList<>();
        look.sample().sessions().values().stream()
                .filter(session -> !session.isServersOwn() && !session.backend().isPrepared())
                .sorted(Comparator.comparing(session -> session.backend().pid()))
                .forEach(session -> findings.addAll(leftBy(session, look)));
        look.prepared().forEach(transaction -> prepared(transaction, look).ifPresent(findings::add));
        look.sample().locks().forEach(lock -> waiting(lock, look.sample()).ifPresent(findings::add));
        look.sample().advisory().forEach(lock -> advisory(lock, look.database()).ifPresent(findings::add));
        return findings.stream()
                .sorted(Comparator.comparing(Finding::severity))
                .limit(MOST)
                .toList();
    }

    private List<Finding> leftBy(SeenSession session, LastLook look) {
        List<SeenLock> held = look.heldBy(session.backend());
        boolean hidden = session.transactionSince().isEmpty();
        boolean own = migration.own(session);
        // reading alone is no harm, but what it makes of what it reads nobody else can see yet
        boolean invisible = own
                && (session.isActive() ? conflicting(held).isEmpty() : held.isEmpty() && session.isIdleInTransaction());
        if ((held.isEmpty() && !invisible) || !(session.beganBefore(completion) || hidden)) {
            return List.of();
        }
        Instant now = look.sample().at();
        Duration open = session.workSince()
                .map(begun -> Duration.between(begun, now))
                .orElse(Duration.between(completion, now));
        long blocked = look.sample().waitersBehind(session.backend());
        List<SeenLock> heavy = held.stream().filter(SeenLock::blocksWrites).toList();
        if (invisible) {
            return List.of(
                    session.isActive()
                            ? LockFindings.stillWorking(session, open, settings.settle())
                            : LockFindings.uncommitted(session, open, blocked));
        }
        if (wasThereBefore(session) && !own) {
            return session.isIdleInTransaction() && holdsAnyOf(held, LockMode.ROW_EXCLUSIVE)
                    ? List.of(LockFindings.idleInTransaction(session, held, open, blocked, Severity.INFO))
                    : List.of();
        }
        List<Finding> findings = new ArrayList<>();
        strongestByTable(own ? conflicting(held) : heavy)
                .forEach(lock -> findings.add(LockFindings.heldAfterCompletion(lock, open, settings.settle())));
        if (session.isIdleInTransaction()) {
            if (own || !heavy.isEmpty() || blocked > 0) {
                findings.add(LockFindings.idleInTransaction(session, held, open, blocked, Severity.ERROR));
            } else if (holdsAnyOf(held, LockMode.ROW_EXCLUSIVE)) {
                findings.add(LockFindings.idleInTransaction(session, held, open, blocked, perhaps(open)));
            }
        } else if (!own && perhaps(open) == Severity.UNPROVEN && !isConcurrentBuild(held)) {
            // perhaps an application's long statement, perhaps the migration's, whose client is gone
            strongestByTable(conflicting(held))
                    .forEach(lock -> findings.add(LockFindings.perhapsTheMigrations(lock, open, settings.settle())));
        }
        return findings;
    }

    /** How bad it is when a session that need not be the migration's holds what an application might hold as well. */
    private Severity perhaps(Duration open) {
        return migration.isKnown() || open.compareTo(ORDINARY) < 0 ? Severity.INFO : Severity.UNPROVEN;
    }

    private boolean wasThereBefore(SeenSession session) {
        boolean transactionWas =
                baseline.map(LockBaseline::since).filter(session::beganBefore).isPresent();
        boolean hiddenSessionWas = session.transactionSince().isEmpty()
                && baseline.filter(before -> before.had(session.backend())).isPresent();
        return transactionWas || hiddenSessionWas;
    }

    private static boolean holdsAnyOf(List<SeenLock> held, LockMode least) {
        return held.stream()
                .anyMatch(lock ->
                        lock.mode().filter(mode -> mode.compareTo(least) >= 0).isPresent());
    }

    /** A concurrent index build, or what looks like one: it writes into its index and into no table. */
    private static boolean isConcurrentBuild(List<SeenLock> held) {
        return holdsAnyOf(held, LockMode.SHARE_UPDATE_EXCLUSIVE)
                && held.stream().filter(lock -> !lock.onIndex()).noneMatch(lock -> lock.mode()
                        .filter(LockMode.ROW_EXCLUSIVE::equals)
                        .isPresent());
    }

    /** Modes that conflict with something an application does: everything from ROW EXCLUSIVE, which conflicts with SHARE. */
    private static List<SeenLock> conflicting(List<SeenLock> held) {
        return held.stream()
                .filter(lock -> holdsAnyOf(List.of(lock), LockMode.ROW_EXCLUSIVE))
                .toList();
    }

    private static List<SeenLock> strongestByTable(List<SeenLock> locks) {
        Map<String, SeenLock> strongest = new LinkedHashMap<>();
        locks.stream()
                .sorted(Comparator.comparing((SeenLock lock) -> lock.mode().orElseThrow())
                        .reversed())
                .forEach(lock -> strongest.putIfAbsent(lock.relation().orElseThrow(), lock));
        return List.copyOf(strongest.values());
    }

    private Optional<Finding> prepared(PreparedTransaction transaction, LastLook look) {
        List<SeenLock> locks = look.sample().locks().stream()
                .filter(lock -> lock.session().backend().isPrepared()
                        && lock.session().application().equals(transaction.gid())
                        && lock.relation().isPresent()
                        && lock.mode().isPresent())
                .sorted(Comparator.comparing((SeenLock lock) -> lock.mode().orElseThrow())
                        .reversed())
                .toList();
        Duration age = Duration.between(transaction.at(), look.sample().at());
        boolean ofApplication = locks.stream().noneMatch(SeenLock::blocksWrites) || age.compareTo(IN_FLIGHT) < 0;
        if (transaction.at().isAfter(completion) && ofApplication) {
            return Optional
                    .empty(); // what applications prepare locks no table, and what coordinators do is over at once
        }
        return Optional.of(LockFindings.preparedTransaction(transaction, locks, age, severity(transaction, locks)));
    }

    private Severity severity(PreparedTransaction transaction, List<SeenLock> locks) {
        if (baseline.isPresent()) {
            // an identifier is free again once its transaction has ended
            boolean before = baseline.get().prepared().contains(transaction.gid())
                    && transaction.at().isBefore(baseline.get().since());
            return before ? Severity.INFO : Severity.ERROR;
        }
        return locks.stream().anyMatch(SeenLock::blocksWrites) ? Severity.ERROR : Severity.WARNING;
    }

    private Optional<Finding> waiting(SeenLock lock, LockSample sample) {
        boolean since = lock.waitingSince().filter(completion::isBefore).isEmpty();
        if (lock.granted() || !lock.blocksWrites() || lock.session().isServersOwn()) {
            return Optional.empty();
        }
        if (!since && !migration.own(lock.session())) {
            return Optional.empty();
        }
        boolean before = baseline.map(LockBaseline::since)
                .flatMap(moment -> lock.waitingSince().filter(moment::isAfter))
                .isPresent();
        Duration waited = Duration.between(lock.waitingSince().orElse(completion), sample.at());
        Backend backend = lock.session().backend();
        return Optional.of(LockFindings.ddlWaiting(
                lock,
                waited,
                List.copyOf(sample.allBlockersOf(backend.pid())),
                sample.waitersBehind(backend),
                before && !migration.own(lock.session()) ? Severity.INFO : Severity.ERROR));
    }

    private Optional<Finding> advisory(AdvisoryLock lock, String database) {
        if (lock.tool(database).isEmpty() && !migration.own(lock.session())) {
            return Optional.empty();
        }
        boolean before = baseline.filter(known -> known.advisory().contains(lock.identity()))
                .isPresent();
        return Optional.of(
                LockFindings.advisoryLockLeft(lock, lock.tool(database), before ? Severity.INFO : Severity.ERROR));
    }
}
