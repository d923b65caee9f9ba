package dev.allclear.aggregator.stream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CommitPaceTest {
    private static final long MILLISECOND = 1_000_000;

    private final CommitPace pace = new CommitPace(0);

    @Test
    void commitsAtOnce_whenSomethingWasSaid() {
        boolean afterSilence = pace.isDue(true, false, MILLISECOND);
        boolean afterAVerdict = pace.isDue(true, true, 2 * MILLISECOND);

        assertThat(afterSilence).isFalse();
        assertThat(afterAVerdict).isTrue();
    }

    @Test
    void doesNotCommitTwiceWithinAMoment_butSoonAfterwards() {
        boolean first = pace.isDue(true, true, MILLISECOND);
        boolean second = pace.isDue(true, true, 4 * MILLISECOND);
        boolean third = pace.isDue(true, true, 15 * MILLISECOND);
        boolean later = pace.isDue(true, true, 21 * MILLISECOND);

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
                if (busy.isDue(true, true, now)) {
                    now += cost;
                    committing += cost;
                }
            }

            assertThat((double) committing / now).isBetween(0.1, 0.21);
        }
    }

    /** As Kafka Streams does it: some records more, then the commit. */
    @Test
    void leavesMostOfTheTimeToTheRecords_thoughACommitComesSomeRecordsAfterItWasAskedFor() {
        long record = MILLISECOND / 20;
        long committing = 0;
        long now = 0;
        int until = 0;
        for (int i = 1; i < 100_000; i++) {
            now += record;
            if (pace.isDue(true, true, now)) {
                until = i + 10;
            }
            if (i == until) {
                now += 15 * MILLISECOND;
                committing += 15 * MILLISECOND;
            }
        }

        assertThat((double) committing / now).isBetween(0.1, 0.21);
    }

    @Test
    void needsNoRest_whenNoRecordWasWaiting() {
        pace.isDue(true, true, 0);
        boolean idle = pace.isDue(false, false, 35 * MILLISECOND);
        boolean next = pace.isDue(true, true, 36 * MILLISECOND);

        assertThat(idle).isFalse();
        assertThat(next).isTrue();
    }

    @Test
    void doesNotWaitForACommitThatNeverComes() {
        pace.isDue(true, true, 0);
        int asked = 0;
        for (int i = 1; i <= 1_000; i++) {
            asked += pace.isDue(true, true, i * MILLISECOND / 10) ? 1 : 0;
        }

        assertThat(asked).isBetween(3, 6);
    }
}
