package dev.allclear.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
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
    void neverPassesAnUnfinishedOffsetAndNeverGoesBack_inAnyOrder(long seed) {
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        TreeSet<Long> finished = new TreeSet<>();
        List<Long> begun = new ArrayList<>();
        List<Long> open = new ArrayList<>();
        long next = random.nextInt(100);
        long before = -1;

        for (int step = 0; step < 5_000; step++) {
            if (open.isEmpty() || random.nextInt(100) < 50) {
                inFlight.begin(next);
                begun.add(next);
                open.add(next);
                next += 1 + random.nextInt(3);
            } else {
                long done = open.remove(random.nextInt(open.size()));
                inFlight.finish(done);
                finished.add(done);
            }

            long committable = inFlight.committable().orElseThrow();
            assertThat(committable).as("step %d", step).isGreaterThanOrEqualTo(before);
            assertThat(finished)
                    .as("step %d: all before the commit", step)
                    .containsAll(begun.stream()
                            .filter(offset -> offset < committable)
                            .toList());
            assertThat(
                            open.isEmpty()
                                    ? begun.get(begun.size() - 1) + 1
                                    : open.stream().mapToLong(o -> o).min().orElseThrow())
                    .as("step %d: no finished prefix is held back", step)
                    .isEqualTo(committable);
            before = committable;
        }
    }
}
