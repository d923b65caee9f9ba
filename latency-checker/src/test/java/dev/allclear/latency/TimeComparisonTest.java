package dev.allclear.latency;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TimeComparisonTest {
    private static final List<Double> CALM = List.of(3.0, 3.1, 2.9, 3.0, 3.2, 3.0, 3.1);

    @Test
    void isSlower_whenEveryTimeDoubled() {
        Optional<TimeComparison> slower = TimeComparison.slower(
                probe(List.of(20.0, 21.0, 19.0, 20.0, 22.0, 20.0, 21.0), CALM),
                probe(List.of(40.0, 42.0, 38.0, 40.0, 44.0, 40.0, 42.0), CALM));

        assertThat(slower).hasValueSatisfying(times -> {
            assertThat(times.ratio()).isBetween(1.9, 2.1);
            assertThat(times.atLeast().orElseThrow()).isBetween(1.7, 2.0);
        });
    }

    @Test
    void isNotSlower_belowTheAbsoluteFloor() {
        assertThat(TimeComparison.slower(
                        probe(List.of(0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1), CALM),
                        probe(List.of(4.0, 4.0, 4.0, 4.0, 4.0, 4.0, 4.0), CALM)))
                .isEmpty();
    }

    @Test
    void isNotSlower_whenTheMachineSlowedDownAsMuch() {
        List<Double> busy = CALM.stream().map(millis -> millis * 2).toList();

        assertThat(TimeComparison.slower(
                        probe(List.of(20.0, 21.0, 19.0, 20.0, 22.0, 20.0, 21.0), CALM),
                        probe(List.of(40.0, 42.0, 38.0, 40.0, 44.0, 40.0, 42.0), busy)))
                .isEmpty();
    }

    @Test
    void needsAWideGap_whenSamplesAreFew() {
        assertThat(TimeComparison.slower(probe(List.of(500.0), List.of()), probe(List.of(700.0), List.of())))
                .isEmpty();
        assertThat(TimeComparison.slower(probe(List.of(500.0), List.of()), probe(List.of(1600.0), List.of())))
                .hasValueSatisfying(times -> assertThat(times.sure()).isTrue());
    }

    @Test
    void isInDoubt_whenSamplesAreFewAndTheGapIsNotWide_unlessTheMachineSlowedDownAsMuch() {
        assertThat(TimeComparison.slower(probe(List.of(500.0), List.of(3.0)), probe(List.of(1400.0), List.of(3.0))))
                .hasValueSatisfying(times -> assertThat(times.sure()).isFalse());
        assertThat(TimeComparison.slower(probe(List.of(500.0), List.of(3.0)), probe(List.of(1400.0), List.of(6.0))))
                .isEmpty();
    }

    @Test
    void almostNeverAlarms_whenNothingChanged() {
        long seed = 20_240_601;
        Random random = new Random(seed);
        int alarms = 0;

        for (int i = 0; i < 2_000; i++) {
            if (TimeComparison.slower(noisy(random, 20), noisy(random, 20)).isPresent()) {
                alarms++;
            }
        }

        assertThat(alarms).as("alarms in 2000 with seed %s", seed).isLessThanOrEqualTo(20);
    }

    @Test
    void seesThreefoldSlowingInNoise() {
        long seed = 20_240_602;
        Random random = new Random(seed);
        int seen = 0;

        for (int i = 0; i < 1_000; i++) {
            if (TimeComparison.slower(noisy(random, 20), noisy(random, 60)).isPresent()) {
                seen++;
            }
        }

        assertThat(seen).as("seen of 1000 with seed %s", seed).isGreaterThan(950);
    }

    @Test
    void believesTheLeastTimes_whereBlocksProveMoreWork() {
        List<Double> few = List.of(20.0, 70.0, 90.0, 31.0);
        List<Double> doubled = List.of(41.0, 60.0, 150.0, 44.0);

        assertThat(TimeComparison.slower(probe(few, CALM, 500), probe(doubled, CALM, 1_000)))
                .hasValueSatisfying(times -> {
                    assertThat(times.ratio()).isBetween(1.9, 2.1);
                    assertThat(times.atLeast()).isEmpty();
                });
        assertThat(TimeComparison.slower(probe(few, CALM, 500), probe(doubled, CALM, 600)))
                .as("blocks that prove little")
                .isEmpty();
        assertThat(TimeComparison.slower(probe(few, CALM, 500), probe(few, CALM, 1_000)))
                .as("as fast as before")
                .isEmpty();
    }

    /** Times with a long tail: log-normal, and one in ten is hit by something else. */
    private static Probe noisy(Random random, double typical) {
        List<Double> times = new ArrayList<>();
        for (int i = 0; i < QueryProbe.EXECUTIONS; i++) {
            double hit = random.nextInt(10) == 0 ? 1 + 3 * random.nextDouble() : 1;
            times.add(typical * Math.exp(0.2 * random.nextGaussian()) * hit);
        }
        return probe(times, CALM);
    }

    private static Probe probe(List<Double> millis, List<Double> control, long... blocks) {
        return new Probe(
                "q",
                0,
                "0",
                Optional.empty(),
                Optional.empty(),
                LongStream.of(blocks).boxed().toList(),
                millis,
                control,
                Optional.empty(),
                Optional.empty());
    }
}
