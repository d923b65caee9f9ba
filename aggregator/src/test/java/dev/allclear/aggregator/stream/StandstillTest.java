package dev.allclear.aggregator.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class StandstillTest {
    private static final Instant T0 = Instant.parse("2026-01-31T12:00:00Z");
    private static final long TICKS = Standstill.REST.dividedBy(Intake.TICK);

    private Instant now = T0;
    private final Standstill standstill = new Standstill(T0);

    @Test
    void isOver_aWhileAfterATakeover() {
        assertThat(ticksUntilOver()).isEqualTo(TICKS);
    }

    @Test
    void staysOver_whileTimePasses() {
        ticksUntilOver();

        for (int i = 0; i < 100; i++) {
            assertThat(tick()).isTrue();
        }
    }

    @Test
    void beginsAnew_whenTicksWereMissing() {
        ticksUntilOver();
        now = now.plusSeconds(8);

        assertThat(standstill.isOver(now)).isFalse();
        assertThat(1 + ticksUntilOver()).isEqualTo(TICKS);
    }

    @Test
    void isOverInTime_whenTheClockIsSetBack() {
        now = now.minus(Duration.ofDays(1));

        assertThat(ticksUntilOver()).isEqualTo(TICKS);
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
        return standstill.isOver(now);
    }
}
