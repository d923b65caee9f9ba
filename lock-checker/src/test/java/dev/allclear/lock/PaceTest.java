package dev.allclear.lock;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class PaceTest {
    private static final Duration INTERVAL = Duration.ofMillis(100);
    private final Pace pace = new Pace(INTERVAL);

    @Test
    void looksEveryInterval_andReadsTheLockTableEveryTime_whereThatIsCheap() {
        int reads = simulate(Duration.ofNanos(60_000), Duration.ofNanos(300_000), 600, 0);

        assertThat(pace.period()).isEqualTo(INTERVAL);
        assertThat(reads).isGreaterThan(450);
    }

    @Test
    void costsNoMoreThanItsShare_whereALookAtTheLockTableIsDear() {
        int reads = simulate(Duration.ofNanos(250_000), Duration.ofMillis(4), 6_000, 0);

        double share = (6_000 * 0.25 + reads * 4.0) / (6_000 * 100.0);
        assertThat(share).isLessThan(0.005);
        assertThat(reads).isGreaterThan(100);
    }

    @Test
    void readsTheLockTableAtOnceOnNews_evenWhereThatIsDear() {
        simulate(Duration.ofNanos(250_000), Duration.ofMillis(4), 600, 0);

        assertThat(pace.isDue(true, INTERVAL)).isTrue();
        assertThat(pace.isDue(false, INTERVAL)).isFalse();
    }

    @Test
    void keepsToItsShare_howeverMuchNewsThereIs() {
        int reads = simulate(Duration.ofNanos(250_000), Duration.ofMillis(4), 6_000, 1);

        assertThat((6_000 * 0.25 + reads * 4.0) / (6_000 * 100.0)).isLessThan(0.005);
    }

    @Test
    void neverLooksAwayForLongerThanTwoSeconds_unlessALookIsVeryDear() {
        assertThat(pace.isDue(false, Pace.RAREST)).isTrue();
    }

    @Test
    void looksLessOften_whereEvenAGlanceIsDear_andNotForOneSlowOne() {
        simulate(Duration.ofMillis(1), Duration.ofMillis(1), 10, 0);
        assertThat(pace.period()).isGreaterThan(INTERVAL.multipliedBy(3));

        pace.glanced(Duration.ofNanos(100_000), INTERVAL);
        pace.glanced(Duration.ofSeconds(1), INTERVAL);

        assertThat(pace.period()).isEqualTo(INTERVAL);
    }

    @Test
    void triesAgainEverLessImpatiently() {
        assertThat(pace.backOff(1)).isEqualTo(Duration.ofMillis(100));
        assertThat(pace.backOff(4)).isEqualTo(Duration.ofMillis(800));
        assertThat(pace.backOff(1_000)).isEqualTo(Duration.ofSeconds(5));
    }

    private int simulate(Duration glance, Duration read, int ticks, double news) {
        Duration since = Duration.ofDays(1);
        int reads = 0;
        for (int i = 0; i < ticks; i++) {
            pace.glanced(glance, INTERVAL);
            since = since.plus(INTERVAL);
            if (pace.isDue(news > 0, since)) {
                pace.readLocks(read);
                since = Duration.ZERO;
                reads++;
            }
        }
        return reads;
    }
}
