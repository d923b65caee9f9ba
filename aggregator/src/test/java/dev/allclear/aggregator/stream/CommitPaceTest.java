package dev.allclear.aggregator.stream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CommitPaceTest {
    private static final long MILLISECOND = 1_000_000;

    private final CommitPace pace = new CommitPace(0);

    @Test
    void commitsAtOnce_whenSomethingWasSaid() {
        boolean afterSilence = pace.isDue(false, MILLISECOND);
        boolean afterAVerdict = pace.isDue(true, 2 * MILLISECOND);

        assertThat(afterSilence).isFalse();
        assertThat(afterAVerdict).isTrue();
    }

    @Test
    void doesNotCommitTwiceWithinAMoment_butSoonAfterwards() {
        boolean first = pace.isDue(true, MILLISECOND);
        boolean second = pace.isDue(true, 4 * MILLISECOND);
        boolean third = pace.isDue(true, 15 * MILLISECOND);
        boolean later = pace.isDue(true, 21 * MILLISECOND);

        assertThat(first).isTrue();
        assertThat(second).isFalse();
        assertThat(third).isFalse();
        assertThat(later).isTrue();
    }

    @Test
    void leavesMostOfTheTimeToTheRecords_howeverLongACommitTakes() {
        for (long cost : new long[] {5 * MILLISECOND, 300 * MILLISECOND, 2_000 * MILLISECOND}) {
            CommitPace busy = new CommitPace(0);
            long committing = 0;
            long now = 0;
            for (int record = 0; record < 100_000; record++) {
                now += MILLISECOND;
                if (busy.isDue(true, now)) {
                    now += cost;
                    committing += cost;
                }
            }

            assertThat((double) committing / now).isBetween(0.1, 0.21);
        }
    }
}
