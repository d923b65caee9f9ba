package dev.allclear.aggregator.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CatchUpTest {
    private static final Instant T0 = Instant.parse("2026-01-31T12:00:00Z");

    private Instant now = T0;
    private final CatchUp catchUp = new CatchUp(T0);

    @Test
    void isOver_whenRecordsCeaseForAMoment() {
        assertThat(ticksUntilOver()).isEqualTo(CatchUp.LEAST.dividedBy(Intake.TICK));
    }

    @Test
    void isOverSoon_thoughNewRecordsNeverCease() {
        int ticks = 0;
        boolean over = false;

        while (!over) {
            catchUp.hear(now, now);
            over = tick();
            ticks++;
        }

        assertThat(ticks).isEqualTo((int) CatchUp.MOST.dividedBy(Intake.TICK));
    }

    @Test
    void beginsAnew_afterAStandstill() {
        ticksUntilOver();
        now = now.plusSeconds(8);

        assertThat(catchUp.isOver(now)).isFalse();
        assertThat(1 + ticksUntilOver()).isEqualTo(CatchUp.LEAST.dividedBy(Intake.TICK));
    }

    @Test
    void isNotOver_whileRecordsOfLongAgoAreRead() {
        ticksUntilOver();

        for (int i = 0; i < 100; i++) {
            catchUp.hear(now.minusSeconds(30), now);
            assertThat(tick()).isFalse();
        }

        assertThat(ticksUntilOver()).isLessThanOrEqualTo(CatchUp.LEAST.dividedBy(Intake.TICK));
    }

    @Test
    void letsTimePassNowAndThen_thoughEveryRecordSeemsOld() {
        int ticks = 0;
        int over = 0;

        while (ticks < 3 * CatchUp.MOST_BEHIND.dividedBy(Intake.TICK)) {
            catchUp.hear(T0.minus(Duration.ofDays(1)), now);
            over += tick() ? 1 : 0;
            ticks++;
        }

        assertThat(over).isBetween(2, 3);
    }

    @Test
    void staysOver_whileRecordsComeAsTheyAreWritten() {
        ticksUntilOver();

        for (int i = 0; i < 100; i++) {
            catchUp.hear(now.minusMillis(500), now);
            assertThat(tick()).isTrue();
        }
    }

    @Test
    void isOverInTime_whenTheClockIsSetBack() {
        now = now.minus(Duration.ofDays(1));

        assertThat(ticksUntilOver()).isEqualTo(CatchUp.LEAST.dividedBy(Intake.TICK));
    }

    private long ticksUntilOver() {
        long ticks = 1;
        while (!tick()) {
            ticks++;
        }
        return ticks;
    }

    private boolean tick() {
        now = now.plus(Intake.TICK);
        return catchUp.isOver(now);
    }
}
