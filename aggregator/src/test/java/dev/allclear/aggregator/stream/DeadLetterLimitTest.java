package dev.allclear.aggregator.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allclear.aggregator.stream.DeadLetterLimit.Passage;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DeadLetterLimitTest {
    private static final Instant T0 = Instant.parse("2026-01-31T12:00:00Z");
    private static final Duration WINDOW = DeadLetterLimit.WINDOW;

    private final DeadLetterLimit limit = new DeadLetterLimit(T0);

    @Test
    void letsPass_whatAPublisherWithADefectSends() {
        for (int minute = 0; minute < 3; minute++) {
            for (int i = 0; i < DeadLetterLimit.MOST; i++) {
                assertThat(limit.next(100, T0.plus(WINDOW.multipliedBy(minute))))
                        .isEqualTo(Passage.PASSES);
            }
        }
    }

    @Test
    void opensOnce_andWithholdsTheRest() {
        send(DeadLetterLimit.MOST, 1, T0);

        assertThat(limit.next(1, T0)).isEqualTo(Passage.OPENS);
        assertThat(limit.next(1, T0)).isEqualTo(Passage.WITHHELD);
        assertThat(limit.withheld()).isEqualTo(2);
    }

    @Test
    void opens_whenFewAreLarge() {
        assertThat(limit.next((int) DeadLetterLimit.MOST_BYTES, T0)).isEqualTo(Passage.PASSES);
        assertThat(limit.next(1, T0)).isEqualTo(Passage.OPENS);
    }

    @Test
    void closes_whenAWholeMinuteStayedBelow() {
        send(DeadLetterLimit.MOST + 1, 1, T0.plusSeconds(50));

        assertThat(limit.wasQuiet(T0.plus(WINDOW)))
                .as("the minute of the flood")
                .isFalse();
        send(DeadLetterLimit.MOST + 1, 1, T0.plus(WINDOW));
        assertThat(limit.wasQuiet(T0.plus(WINDOW.multipliedBy(2))))
                .as("it went on")
                .isFalse();
        assertThat(limit.next(1, T0.plus(WINDOW.multipliedBy(3)))).isEqualTo(Passage.PASSES);
        assertThat(limit.wasQuiet(T0.plus(WINDOW.multipliedBy(3))))
                .as("noticed by a record first")
                .isTrue();
        assertThat(limit.wasQuiet(T0.plus(WINDOW.multipliedBy(3))))
                .as("only once")
                .isFalse();
    }

    @Test
    void doesNotStayOpenForEver_whenTheClockIsSetBack() {
        send(DeadLetterLimit.MOST + 1, 1, T0);
        Instant earlier = T0.minus(Duration.ofDays(1));

        assertThat(limit.wasQuiet(earlier)).isFalse();
        assertThat(limit.wasQuiet(earlier.plus(WINDOW))).isTrue();
        assertThat(limit.next(1, earlier.plus(WINDOW))).isEqualTo(Passage.PASSES);
    }

    private void send(int count, int size, Instant at) {
        for (int i = 0; i < count; i++) {
            limit.next(size, at);
        }
    }
}
