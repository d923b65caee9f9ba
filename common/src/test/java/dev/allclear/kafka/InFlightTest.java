package dev.allclear.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InFlightTest {
    private final InFlight inFlight = new InFlight();

    @Test
    void commitsNothing_beforeAnythingWasBegun() {
        assertThat(inFlight.committable()).isEmpty();
    }

    @Test
    void commitsUpToTheOldestUnfinished_whenLaterOnesFinishFirst() {
        inFlight.begin(5);
        inFlight.begin(6);
        inFlight.begin(9);

        inFlight.finish(6);

        assertThat(inFlight.committable()).hasValue(5);
        assertThat(inFlight.size()).isEqualTo(2);
    }

    @Test
    void commitsBehindTheLast_whenAllAreFinished() {
        inFlight.begin(5);
        inFlight.begin(9);

        inFlight.finish(9);
        inFlight.finish(5);

        assertThat(inFlight.committable()).hasValue(10);
    }

    @Test
    void refusesAnOffsetThatWasBegunBefore() {
        inFlight.begin(5);

        assertThatIllegalArgumentException().isThrownBy(() -> inFlight.begin(5)).withMessageContaining("5");
    }

    @Test
    void refusesToFinishTwice() {
        inFlight.begin(5);
        inFlight.finish(5);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> inFlight.finish(5))
                .withMessageContaining("5");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 20261122, 987654321})
    void commitsExactlyUpToTheOldestUnfinished_inAnyOrder(long seed) {
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        List<Long> open = new ArrayList<>();
        long next = random.nextInt(100);
        long last = -1;

        for (int step = 0; step < 2_000; step++) {
            if (open.isEmpty() || random.nextBoolean()) {
                inFlight.begin(next);
                open.add(next);
                last = next;
                next += 1 + random.nextInt(3);
            } else {
                inFlight.finish(open.remove(random.nextInt(open.size())));
            }

            long expected = open.isEmpty() ? last + 1 : Collections.min(open);
            assertThat(inFlight.committable()).as("step %d", step).hasValue(expected);
            assertThat(inFlight.size()).as("step %d", step).isEqualTo(open.size());
        }
    }
}
