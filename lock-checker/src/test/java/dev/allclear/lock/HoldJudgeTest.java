package dev.allclear.lock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allclear.event.SessionHints;
import dev.allclear.model.Finding;
import dev.allclear.model.RunId;
import dev.allclear.model.Severity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class HoldJudgeTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant COMPLETION = START.plusSeconds(3_600);

    @Test
    void passesUpToTheLimit_warnsAbove_failsAboveTheSecond() {
        assertThat(findings(held(1_900, LockMode.ACCESS_EXCLUSIVE))).isEmpty();
        assertThat(findings(held(2_300, LockMode.SHARE)))
                .extracting(Finding::severity)
                .containsExactly(Severity.WARNING);
        assertThat(findings(held(10_300, LockMode.ACCESS_EXCLUSIVE)))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.severity()).isEqualTo(Severity.ERROR);
                    assertThat(finding.message())
                            .contains(
                                    "public.orders: ACCESS EXCLUSIVE held 10.",
                                    "(limit 10s)",
                                    "pid 7 (application \"flyway\")");
                });
    }

    @Test
    void doesNotCountAConcurrentIndexBuild() {
        assertThat(findings(held(40_000, LockMode.SHARE_UPDATE_EXCLUSIVE))).isEmpty();
    }

    @Test
    void addsUpWhatVictimsWaited() {
        assertThat(findings(victims(4, 1_000))).isEmpty();
        assertThat(findings(victims(6, 1_000))).extracting(Finding::severity).containsExactly(Severity.WARNING);
        assertThat(findings(victims(40, 1_600))).extracting(Finding::severity).containsExactly(Severity.ERROR);
    }

    /** Who describes the migration by the role that it shares with the application does not describe the application away. */
    @Test
    void addsUpWhatVictimsWaited_alsoUnderTheMigrationsRole() {
        SessionHints role = new SessionHints(Optional.of("u"), List.of(), List.of());
        SessionHints both = new SessionHints(Optional.of("u"), List.of("shop"), List.of());

        assertThat(findings(victims(40, 1_600), role))
                .extracting(Finding::severity)
                .containsExactly(Severity.ERROR);
        assertThat(findings(victims(40, 1_600), both)).isEmpty();
    }

    @Test
    void isUnproven_whenAGapCouldHideWhatFails() {
        assertThat(findings(gap(1_500))).isEmpty();
        assertThat(findings(gap(3_000))).extracting(Finding::severity).containsExactly(Severity.WARNING);
        assertThat(findings(gap(11_000))).extracting(Finding::severity).containsExactly(Severity.UNPROVEN);
    }

    @Test
    void isUnproven_whenTheGapThatCouldHideWhatFailsComesAfterManyShortOnes() {
        assertThat(findings(gaps(25, 11_000)))
                .extracting(Finding::severity)
                .contains(Severity.UNPROVEN)
                .hasSize(20);
        assertThat(findings(gaps(1_100, 11_000))).extracting(Finding::severity).contains(Severity.UNPROVEN);
    }

    @Test
    void isUnproven_whenTheServersClockWasSetBackSoFarThatItHidesWhatFails() {
        assertThat(findings(setBack(1_500))).isEmpty();
        assertThat(findings(setBack(11_000))).extracting(Finding::severity).containsExactly(Severity.UNPROVEN);
    }

    /** Whoever begins a transaction may take a lock; that nobody does is seen without the lock table. */
    @Test
    void isUnproven_whenTheLockTableWasTooDearToBeReadWhileSessionsWorked() {
        assertThat(findings(readTwice(9_000, true))).isEmpty();
        assertThat(findings(readTwice(12_000, false))).isEmpty();
        assertThat(findings(readTwice(12_000, true)))
                .extracting(Finding::severity)
                .containsExactly(Severity.UNPROVEN);
    }

    /** One look between two gaps sees a lock that may have been held for nearly all of both. */
    @Test
    void isUnproven_whenWhatWasSeenOfALockMayBeLessThanWhatFails() {
        assertThat(findings(seenBetween(6_000, 6_000)))
                .filteredOn(finding -> finding.severity() == Severity.UNPROVEN)
                .singleElement()
                .satisfies(finding -> assertThat(finding.message())
                        .contains(
                                "public.orders: ACCESS EXCLUSIVE held 6.",
                                "(limit 10s)",
                                "it may have been longer, 12.0 s at most"));
        assertThat(findings(seenBetween(3_000, 3_000))).noneMatch(finding -> finding.severity() == Severity.UNPROVEN);
    }

    @Test
    void isUnproven_whenManyWaitedForWhatMayBeTheMigrations() {
        assertThat(findings(waiting(40, 1_600, 100), SessionHints.NONE))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.severity()).isEqualTo(Severity.UNPROVEN);
                    assertThat(finding.code().value()).isEqualTo("locks.sessions-blocked");
                    assertThat(finding.message()).contains("40 sessions waited", "pid 7", "nothing tells");
                });
        assertThat(findings(waiting(6, 1_600, 100), SessionHints.NONE)).isEmpty();
        assertThat(findings(waiting(40, 1_600, -100), SessionHints.NONE)).isEmpty();
        SessionHints described = new SessionHints(Optional.of("migrator"), List.of(), List.of());
        assertThat(findings(waiting(40, 1_600, 100), described)).isEmpty();
    }

    private static LockTimeline readTwice(long millis, boolean news) {
        LockTimeline timeline = LockTimeline.starting();
        timeline.add(nothing(0));
        for (long at = 100; at < millis; at += 100) {
            Pulse working = new Pulse(
                    new Backend(7, START.minusSeconds(60)),
                    Optional.of(START.plusMillis(50)),
                    Optional.of(START.plusMillis(50)),
                    Optional.empty(),
                    false,
                    true);
            timeline.add(new Glance(START.plusMillis(at), news ? Map.of(7, working) : Map.of()));
        }
        timeline.add(nothing(millis + 100));
        return timeline;
    }

    /** Many gaps that only warn, then a long one. */
    private static LockTimeline gaps(int many, long last) {
        LockTimeline timeline = LockTimeline.starting();
        timeline.add(nothing(0));
        for (int i = 1; i <= many; i++) {
            timeline.interrupt();
            timeline.add(nothing(i * 3_000L));
        }
        timeline.interrupt();
        timeline.add(nothing(many * 3_000L + last));
        return timeline;
    }

    private static LockTimeline setBack(long millis) {
        LockTimeline timeline = LockTimeline.starting();
        for (long at = 0; at <= 20_000; at += 100) {
            timeline.add(nothing(at));
        }
        for (long at = 20_000 - millis; at <= 21_000; at += 100) {
            timeline.add(nothing(at));
        }
        return timeline;
    }

    private static LockTimeline seenBetween(long gapBefore, long gapAfter) {
        LockTimeline timeline = LockTimeline.starting();
        timeline.add(nothing(0));
        SeenSession session = session(7, "flyway");
        timeline.interrupt();
        timeline.add(new LockSample(
                START.plusMillis(gapBefore),
                Map.of(7, session),
                List.of(lock(session, LockMode.ACCESS_EXCLUSIVE, true)),
                List.of(),
                Map.of()));
        timeline.interrupt();
        timeline.add(nothing(gapBefore + gapAfter));
        return timeline;
    }

    /** Sessions that wait for a row behind one whose transaction began so long after the run. */
    private static LockTimeline waiting(int victims, long millis, long begun) {
        LockTimeline timeline = LockTimeline.starting();
        timeline.add(nothing(0));
        SeenSession blocker = new SeenSession(
                new Backend(7, START.minusSeconds(60)),
                "PostgreSQL JDBC Driver",
                "u",
                "client backend",
                Optional.of("active"),
                Optional.of(START.plusMillis(begun)),
                Optional.empty(),
                Optional.empty());
        for (long at = 200; at <= 200 + millis; at += 100) {
            Map<Integer, SeenSession> sessions = new HashMap<>(Map.of(7, blocker));
            Map<Integer, Set<Integer>> blockers = new HashMap<>();
            List<SeenLock> locks = new ArrayList<>();
            for (int pid = 100; pid < 100 + victims; pid++) {
                sessions.put(pid, session(pid, "shop"));
                blockers.put(pid, Set.of(7));
                locks.add(new SeenLock(
                        session(pid, "shop"), Optional.empty(), Optional.empty(), false, Optional.empty()));
            }
            timeline.add(new LockSample(START.plusMillis(at), sessions, locks, List.of(), blockers));
        }
        timeline.add(nothing(300 + millis));
        return timeline;
    }

    private static List<Finding> findings(LockTimeline timeline) {
        return findings(timeline, SessionHints.NONE);
    }

    private static List<Finding> findings(LockTimeline timeline, SessionHints hints) {
        MigrationSessions migration = MigrationSessions.of(new RunId("run-1"), List.of(hints), timeline.strong());
        return new HoldJudge(LockSettings.DEFAULT, migration).judge(timeline, COMPLETION);
    }

    private static LockTimeline held(long millis, LockMode mode) {
        return sampled(millis, mode, 0);
    }

    private static LockTimeline victims(int count, long millis) {
        return sampled(millis, LockMode.ACCESS_EXCLUSIVE, count);
    }

    private static LockTimeline gap(long millis) {
        LockTimeline timeline = LockTimeline.starting();
        timeline.add(nothing(0));
        timeline.interrupt();
        timeline.add(nothing(millis));
        return timeline;
    }

    private static LockTimeline sampled(long millis, LockMode mode, int victims) {
        LockTimeline timeline = LockTimeline.starting();
        timeline.add(nothing(0));
        for (long at = 100; at <= 100 + millis; at += 100) {
            Map<Integer, SeenSession> sessions = new HashMap<>(Map.of(7, session(7, "flyway")));
            Map<Integer, Set<Integer>> blockers = new HashMap<>();
            List<SeenLock> locks = new ArrayList<>();
            locks.add(lock(session(7, "flyway"), mode, true));
            for (int pid = 100; pid < 100 + victims; pid++) {
                sessions.put(pid, session(pid, "shop"));
                blockers.put(pid, Set.of(7));
                locks.add(lock(session(pid, "shop"), LockMode.ACCESS_SHARE, false));
            }
            timeline.add(new LockSample(START.plusMillis(at), sessions, locks, List.of(), blockers));
        }
        timeline.add(nothing(200 + millis));
        return timeline;
    }

    private static SeenLock lock(SeenSession session, LockMode mode, boolean granted) {
        return new SeenLock(session, Optional.of("public.orders"), Optional.of(mode), granted, Optional.empty());
    }

    private static LockSample nothing(long at) {
        return new LockSample(START.plusMillis(at), Map.of(), List.of(), List.of(), Map.of());
    }

    private static SeenSession session(int pid, String application) {
        return new SeenSession(
                new Backend(pid, START.minusSeconds(60)),
                application,
                "u",
                "client backend",
                Optional.of("active"),
                Optional.of(START.plusMillis(50)),
                Optional.empty(),
                Optional.empty());
    }
}
