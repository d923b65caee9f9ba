package dev.allclear.lock;

import dev.allclear.model.Finding;
import dev.allclear.model.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the time of the run says: locks held too long, sessions that waited for the migration, times nobody looked. */
final class HoldJudge {
    static final Duration BLOCKED_WARN = Duration.ofSeconds(5);
    static final Duration BLOCKED_FAIL = Duration.ofSeconds(60);
    private static final int MOST = 20;
    private static final int MOST_VICTIMS = 5;

    private final LockSettings settings;
    private final MigrationSessions migration;

    private record Transaction(Backend backend, Optional<Instant> since) {}

    HoldJudge(LockSettings settings, MigrationSessions migration) {
        this.settings = settings;
        this.migration = migration;
    }

    List<Finding> judge(LockTimeline timeline, Instant completion) {
        List<Finding> findings = new ArrayList<>(heldTooLong(timeline.holds(), completion));
        List<Finding> blocked = sessionsBlocked(timeline.waits(), completion);
        findings.addAll(blocked);
        if (!migration.isKnown() && blocked.stream().noneMatch(finding -> finding.severity() == Severity.ERROR)) {
            perhapsBlocked(timeline, completion).ifPresent(findings::add);
        }
        List<Finding> gaps = gaps(timeline.gaps(), completion);
        findings.addAll(gaps);
        if (gaps.stream().noneMatch(gap -> gap.severity() == Severity.UNPROVEN)) {
            unread(timeline.unread(), completion).ifPresent(findings::add);
        }
        return findings;
    }

    private List<Finding> heldTooLong(List<LockHold> holds, Instant completion) {
        List<LockHold> tooLong = holds.stream()
                .filter(hold -> isMigrations(hold) && hold.from().isBefore(completion))
                .filter(hold ->
                        severity(hold) != Severity.WARNING || hold.length().compareTo(settings.warn()) > 0)
                .toList();
        // one statement often takes several modes on a table; the strongest of them says it all
        List<LockHold> said = tooLong.stream()
                .filter(hold -> tooLong.stream().noneMatch(other -> covers(other, hold)))
                .sorted(Comparator.comparing(this::severity)
                        .thenComparing(Comparator.comparing(LockHold::length).reversed()))
                .toList();
        List<Finding> findings = new ArrayList<>();
        said.stream()
                .limit(MOST)
                .forEach(hold -> findings.add(HoldFindings.heldTooLong(hold, limit(hold), severity(hold))));
        if (said.size() > MOST) {
            LockHold longest = said.get(MOST);
            findings.add(HoldFindings.moreHeldTooLong(said.size() - MOST, severity(longest), settings.warn()));
        }
        return findings;
    }

    private boolean isMigrations(LockHold hold) {
        return !hold.session().isServersOwn()
                && (!hold.before() || migration.isDescribed(hold.session()))
                && (migration.own(hold.session()) || hold.session().backend().isPrepared());
    }

    private boolean covers(LockHold stronger, LockHold hold) {
        return stronger.mode().compareTo(hold.mode()) > 0
                && stronger.session().backend().equals(hold.session().backend())
                && stronger.relation().equals(hold.relation())
                && stronger.from().isBefore(hold.to())
                && hold.from().isBefore(stronger.to())
                && severity(stronger).compareTo(severity(hold)) <= 0;
    }

    /** Where looks were so far apart that a whole hold which fails the check fits in between, it is not proven that none did. */
    private Severity severity(LockHold hold) {
        if (hold.length().compareTo(settings.fail()) > 0) {
            return Severity.ERROR;
        }
        return hold.atMost().compareTo(settings.fail()) > 0 ? Severity.UNPROVEN : Severity.WARNING;
    }

    private Duration limit(LockHold hold) {
        return severity(hold) == Severity.WARNING ? settings.warn() : settings.fail();
    }

    /** Behind one transaction of the run's time: the migration's, if nothing tells it from others, may be just that one. */
    private Optional<Finding> perhapsBlocked(LockTimeline timeline, Instant completion) {
        Map<Transaction, List<LockWait>> behind = new LinkedHashMap<>();
        Map<Transaction, String> names = new HashMap<>();
        timeline.waits().stream()
                .filter(wait -> wait.from().isBefore(completion))
                .filter(wait -> !wait.waiter().isServersOwn())
                .forEach(wait -> wait.blockers().stream()
                        .filter(blocker -> !blocker.isServersOwn() && !timeline.isBefore(blocker))
                        .forEach(blocker -> {
                            Transaction one = new Transaction(blocker.backend(), blocker.transactionSince());
                            names.put(one, blocker.words());
                            behind.computeIfAbsent(one, first -> new ArrayList<>())
                                    .add(wait);
                        }));
        return behind.entrySet().stream()
                .filter(entry -> total(entry.getValue()).compareTo(BLOCKED_FAIL) >= 0)
                .max(Comparator.comparing(entry -> total(entry.getValue())))
                .map(worst ->
                        blocked(worst.getValue(), Severity.UNPROVEN, names.getOrDefault(worst.getKey(), "others")));
    }

    private List<Finding> sessionsBlocked(List<LockWait> waits, Instant completion) {
        List<LockWait> victims = waits.stream()
                .filter(wait -> wait.from().isBefore(completion))
                .filter(wait -> wait.blockers().stream()
                        .anyMatch(blocker -> migration.own(blocker) && migration.isOther(wait.waiter(), blocker)))
                .toList();
        Duration total = total(victims);
        if (total.compareTo(BLOCKED_WARN) < 0) {
            return List.of();
        }
        String by = victims.stream()
                .flatMap(wait -> wait.blockers().stream())
                .filter(migration::own)
                .map(SeenSession::words)
                .distinct()
                .limit(3)
                .collect(Collectors.joining(", "));
        return List.of(blocked(victims, total.compareTo(BLOCKED_FAIL) >= 0 ? Severity.ERROR : Severity.WARNING, by));
    }

    private static Finding blocked(List<LockWait> victims, Severity severity, String by) {
        Map<String, List<LockWait>> byRelation = victims.stream()
                .collect(Collectors.groupingBy(wait -> wait.relation().orElse("")));
        String worst = byRelation.keySet().stream()
                .max(Comparator.comparing(relation -> total(byRelation.getOrDefault(relation, List.of()))))
                .orElseThrow();
        Duration longest = victims.stream()
                .map(LockWait::length)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        return HoldFindings.sessionsBlocked(
                worst,
                victims.stream().map(wait -> wait.waiter().backend()).distinct().count(),
                total(victims),
                longest,
                severity == Severity.WARNING ? BLOCKED_WARN : BLOCKED_FAIL,
                severity,
                by,
                victims.stream()
                        .map(wait -> wait.waiter().words())
                        .distinct()
                        .limit(MOST_VICTIMS)
                        .toList());
    }

    private static Duration total(List<LockWait> waits) {
        return waits.stream().map(LockWait::length).reduce(Duration.ZERO, Duration::plus);
    }

    /** Where the lock table is so dear to read that a whole hold which fails the check may have come and gone in between. */
    private Optional<Finding> unread(List<Gap> unread, Instant completion) {
        return unread.stream()
                .filter(gap -> gap.from().isBefore(completion))
                .max(Comparator.comparing(Gap::length))
                .filter(gap -> gap.length().compareTo(settings.fail()) > 0)
                .map(gap -> HoldFindings.unread(gap, settings.fail()));
    }

    /** A gap shorter than the limit cannot hide a whole hold that would have failed the check. */
    private List<Finding> gaps(List<Gap> gaps, Instant completion) {
        return gaps.stream()
                .filter(gap -> gap.from().isBefore(completion))
                .filter(gap -> gap.length().compareTo(settings.warn()) > 0)
                .sorted(Comparator.comparing(Gap::length).reversed())
                .limit(MOST)
                .map(gap -> HoldFindings.gap(
                        gap,
                        settings.fail(),
                        gap.length().compareTo(settings.fail()) > 0 ? Severity.UNPROVEN : Severity.WARNING))
                .toList();
    }
}
