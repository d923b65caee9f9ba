package dev.allclear.aggregator.stream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CommitPaceTest {
    private static final long MILLISECOND = 1_000_000;

    private final CommitPace pace = new CommitPace(0);

    @Test
    void commitsAtOnce_whenSomethingWasSaid() {
        boolean afterSilence = pace.after(false, MILLISECOND);
        boolean afterAVerdict = pace.after(true, 2 * MILLISECOND);

        assertThat(afterSilence).isFalse();
        assertThat(afterAVerdict).isTrue();
    }

    @Test
    void doesNotCommitTwiceWithinAMoment_butMakesUpForItAfterwards() {
        boolean first = pace.after(true, MILLISECOND);
        boolean second = pace.after(true, 5 * MILLISECOND);
        boolean later = pace.after(false, MILLISECOND + CommitPace.APART_NANOS);

        assertThat(first).isTrue();
        assertThat(second).isFalse();
        assertThat(later).isTrue();
    }

    @Test
    void leavesABacklogToTheInterval_andIsQuickAgainAfterIt() {
        int commits = 0;
        for (int record = 0; record < 10_000; record++) {
            commits += pace.after(true, record * MILLISECOND / 20) ? 1 : 0;
        }
        long over = 600 * MILLISECOND;
        pace.after(false, over);
        boolean again = pace.after(true, over + CommitPace.APART_NANOS);

        assertThat(commits).isLessThanOrEqualTo(2);
        assertThat(again).isTrue();
    }
}
