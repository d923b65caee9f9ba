package dev.allclear.lock;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LockTimelineTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant LONG_AGO = START.minusSeconds(3600);

    private final LockTimeline timeline = LockTimeline.starting();

    /** A lock is held from one random moment to another; whatever the phase of the samples, the length is right within its error. */
    @Test
    void isNeverWrongByMoreThanItSays_andByLessThanThePeriodOnAverage() {
        long seed = System.nanoTime();
        System.out.println("seed of the holds: " + seed);
        Random random = new Random(seed);
        long wrong = 0;
        int holds = 300;
        for (int i = 0; i < holds; i++) {
            LockTimeline one = LockTimeline.starting();
            long from = 150 + random.nextInt(1_000);
            long to = from + 150 + random.nextInt(5_000);
            boolean anchored = random.nextBoolean();
            for (long at = random.nextInt(100); at < to + 300; at += 100) {
                SeenSession session = session(7, from - 5, anchored ? Optional.of(ms(from)) : Optional.empty());
                one.add(at >= from && at < to ? held(at, session) : nothing(at));
            }

            LockHold hold = one.holds().get(0);

            long error = Math.abs(hold.length().toMillis() - (to - from));
            assertThat(Duration.ofMillis(error)).as("hold %d to %d", from, to).isLessThanOrEqualTo(hold.error());
            assertThat(hold.error()).isLessThanOrEqualTo(Duration.ofMillis(200));
            wrong += error;
        }
        assertThat(wrong / holds).isLessThan(100);
    }

    @Test
    void takesTheSessionsOwnClock_whereItFallsBetweenTwoSamples() {
        timeline.add(nothing(0));
        timeline.add(held(100, session(7, 10, Optional.of(ms(42)))));
        timeline.add(held(200, session(7, 10, Optional.of(ms(42)))));
        SeenSession idle = new SeenSession(
                backend(7),
                "flyway",
                "u",
                "client backend",
                Optional.of("idle"),
                Optional.empty(),
                Optional.empty(),
                Optional.of(ms(261)));
        timeline.add(new LockSample(ms(300), Map.of(7, idle), List.of(), List.of(), Map.of()));

        LockHold hold = timeline.holds().get(0);

        assertThat(hold.from()).isEqualTo(ms(42));
        assertThat(hold.to()).isEqualTo(ms(261));
        assertThat(hold.open()).isFalse();
    }

    @Test
    void partsTheHoldsOfTwoTransactions_thatFollowEachOtherInOneSession() {
        timeline.add(nothing(0));
        timeline.add(held(100, session(7, 50, Optional.empty())));
        timeline.add(held(200, session(7, 150, Optional.empty())));

        assertThat(timeline.holds()).hasSize(2);
    }

    @Test
    void takesAReusedProcessIdForAnotherSession() {
        timeline.add(nothing(0));
        timeline.add(held(100, session(7, 50, Optional.empty())));
        SeenSession other = new SeenSession(
                new Backend(7, ms(150)),
                "shop",
                "u",
                "client backend",
                Optional.of("active"),
                Optional.of(ms(160)),
                Optional.empty(),
                Optional.empty());
        timeline.add(held(200, other));

        assertThat(timeline.holds())
                .extracting(hold -> hold.session().application())
                .containsExactlyInAnyOrder("flyway", "shop");
        assertThat(timeline.strong()).hasSize(2);
    }

    @Test
    void doesNotTakeWhoHeldItBefore_forTheMigration() {
        SeenSession old = session(7, -10_000, Optional.empty());
        timeline.add(held(0, old));
        timeline.add(held(100, old));

        assertThat(timeline.strong()).isEmpty();
        assertThat(timeline.holds()).allMatch(LockHold::before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"autovacuum worker", "vacuum"})
    void doesNotTakeForTheMigration_whoTakesALockAfterCompletion_norAVacuum(String type) {
        timeline.add(nothing(0));
        SeenSession autovacuum = new SeenSession(
                backend(8),
                "",
                "",
                type,
                Optional.of("active"),
                Optional.of(ms(10)),
                Optional.empty(),
                Optional.empty());
        timeline.add(held(100, autovacuum));
        timeline.complete(ms(150));
        timeline.add(held(200, session(7, 160, Optional.empty())));

        assertThat(timeline.strong()).isEmpty();
    }

    @Test
    void countsAVictimBehindAVictim() {
        SeenSession migration = session(7, 10, Optional.empty());
        SeenSession first = session(8, 20, Optional.empty());
        SeenSession second = session(9, 20, Optional.empty());
        timeline.add(nothing(0));
        for (long at = 100; at <= 1_100; at += 100) {
            timeline.add(new LockSample(
                    ms(at),
                    Map.of(7, migration, 8, first, 9, second),
                    List.of(
                            lock(migration, LockMode.ACCESS_EXCLUSIVE, true, Optional.empty()),
                            lock(first, LockMode.ACCESS_SHARE, false, Optional.of(ms(60))),
                            new SeenLock(second, Optional.empty(), Optional.empty(), false, Optional.empty())),
                    List.of(),
                    Map.of(8, Set.of(7), 9, Set.of(8))));
        }

        assertThat(timeline.waits()).hasSize(2).allSatisfy(wait -> assertThat(wait.blockers())
                .contains(migration));
        assertThat(timeline.waits().get(0).length()).isEqualTo(Duration.ofMillis(1_040));
        assertThat(timeline.holds().get(0).waiters()).isEqualTo(1);
    }

    @Test
    void endsAHoldWithItsTransaction_asAGlanceShowsIt_thoughTheLockTableIsReadRarely() {
        timeline.add(nothing(0));
        timeline.add(held(100, session(7, 50, Optional.of(ms(50)))));
        for (long at = 200; at <= 3_000; at += 100) {
            timeline.add(glance(at, pulse(7, Optional.of(ms(50)), Optional.empty())));
        }
        timeline.add(glance(3_100, pulse(7, Optional.empty(), Optional.of(ms(3_040)))));

        LockHold hold = timeline.holds().get(0);

        assertThat(hold.from()).isEqualTo(ms(50));
        assertThat(hold.to()).isEqualTo(ms(3_040));
        assertThat(hold.error()).isEqualTo(Duration.ofMillis(150));
    }

    @Test
    void takesTheTimeOfALook_forWhatBeganOrEndedWhileItWasTaken() {
        timeline.add(nothing(0));
        timeline.add(held(1_000, session(7, 10, Optional.of(ms(1_004)))));
        timeline.add(glance(2_000, pulse(7, Optional.empty(), Optional.of(ms(2_003)))));

        LockHold hold = timeline.holds().get(0);

        assertThat(hold.from()).isEqualTo(ms(1_000));
        assertThat(hold.to()).isEqualTo(ms(2_000));
    }

    @Test
    void knowsOfALockGivenBackToASavepoint_onlyWhenTheLockTableWasLastReadWithIt() {
        SeenSession session = session(7, 50, Optional.of(ms(50)));
        timeline.add(nothing(0));
        timeline.add(held(100, session));
        timeline.add(glance(1_000, pulse(7, Optional.of(ms(50)), Optional.empty())));
        timeline.add(new LockSample(ms(1_100), Map.of(7, session), List.of(), List.of(), Map.of()));

        LockHold hold = timeline.holds().get(0);

        assertThat(hold.to()).isEqualTo(ms(600));
        assertThat(hold.error()).isEqualTo(Duration.ofMillis(1_050));
    }

    @Test
    void dropsAHoldOfABackendThatIsGone_atAGlance() {
        timeline.add(nothing(0));
        timeline.add(held(100, session(7, 50, Optional.of(ms(50)))));
        timeline.add(new Glance(ms(200), Map.of()));

        assertThat(timeline.holds()).singleElement().matches(hold -> !hold.open());
    }

    @Test
    void countsALockFromTheLastLookThatShowedItsSessionWaiting() {
        SeenSession reader = session(8, 10, Optional.of(ms(10)));
        SeenSession waiter = session(7, 50, Optional.of(ms(60)));
        timeline.add(nothing(0));
        timeline.add(new LockSample(
                ms(100),
                Map.of(7, waiter, 8, reader),
                List.of(lock(waiter, LockMode.ACCESS_EXCLUSIVE, false, Optional.of(ms(61)))),
                List.of(),
                Map.of(7, Set.of(8))));
        timeline.add(glance(
                1_900, new Pulse(backend(7), Optional.of(ms(50)), Optional.empty(), Optional.empty(), true, false)));
        timeline.add(held(2_000, waiter));

        LockHold hold = timeline.holds().get(0);

        assertThat(hold.from()).isEqualTo(ms(1_950));
        assertThat(timeline.waits()).singleElement().satisfies(wait -> {
            assertThat(wait.from()).isEqualTo(ms(61));
            assertThat(wait.to()).isEqualTo(ms(1_950));
        });
    }

    @Test
    void takesItForNews_whenSomebodyBeginsOrCeasesToWait() {
        Pulse waiting = new Pulse(backend(7), Optional.of(ms(50)), Optional.empty(), Optional.empty(), true, false);
        SeenSession waiter = session(7, 50, Optional.of(ms(60)));
        timeline.add(nothing(0));

        assertThat(timeline.isNews(glance(100, waiting))).isTrue();
        timeline.add(new LockSample(
                ms(110),
                Map.of(7, waiter),
                List.of(lock(waiter, LockMode.ACCESS_EXCLUSIVE, false, Optional.of(ms(61)))),
                List.of(),
                Map.of()));
        assertThat(timeline.isNews(glance(200, waiting))).isFalse();
        assertThat(timeline.isNews(new Glance(ms(300), Map.of()))).isTrue();
    }

    private static Glance glance(long at, Pulse pulse) {
        return new Glance(ms(at), Map.of(pulse.backend().pid(), pulse));
    }

    private static Pulse pulse(int pid, Optional<Instant> transaction, Optional<Instant> idleSince) {
        return new Pulse(backend(pid), transaction, Optional.empty(), idleSince, false, false);
    }

    @Test
    void statesAGap() {
        timeline.add(nothing(0));
        timeline.interrupt();
        timeline.interrupt();
        timeline.add(nothing(4_000));
        timeline.add(nothing(4_100));

        assertThat(timeline.gaps()).containsExactly(new Gap(ms(0), ms(4_000)));
    }

    @Test
    void statesTheTimeBeforeItWasTakenUpAgain() {
        LockTimeline again = LockTimeline.resuming(ms(0));
        again.add(held(5_000, session(7, 1_000, Optional.empty())));

        assertThat(again.gaps()).containsExactly(new Gap(ms(0), ms(5_000)));
        assertThat(again.strong()).hasSize(1);
        assertThat(again.holds()).noneMatch(LockHold::before);
    }

    private static LockSample nothing(long at) {
        return new LockSample(ms(at), Map.of(), List.of(), List.of(), Map.of());
    }

    private static LockSample held(long at, SeenSession session) {
        return new LockSample(
                ms(at),
                Map.of(session.backend().pid(), session),
                List.of(lock(session, LockMode.ACCESS_EXCLUSIVE, true, Optional.empty())),
                List.of(),
                Map.of());
    }

    private static SeenLock lock(SeenSession session, LockMode mode, boolean granted, Optional<Instant> waitingSince) {
        return new SeenLock(session, Optional.of("public.orders"), Optional.of(mode), granted, waitingSince);
    }

    private static SeenSession session(int pid, long transactionSince, Optional<Instant> queryStart) {
        return new SeenSession(
                backend(pid),
                "flyway",
                "u",
                "client backend",
                Optional.of("active"),
                Optional.of(ms(transactionSince)),
                queryStart,
                Optional.empty());
    }

    private static Backend backend(int pid) {
        return new Backend(pid, LONG_AGO);
    }

    private static Instant ms(long millis) {
        return START.plusMillis(millis);
    }
}
