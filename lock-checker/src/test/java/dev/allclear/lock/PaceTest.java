package dev.allclear.lock;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class PaceTest {
    private static final Duration INTERVAL = Duration.ofMillis(100);
    private final Pace pace = new Pace(INTERVAL);

    @Test
    void looksEveryInterval_andReadsTheLockTableEveryTime_whereThatIsCheap() {
        Looks looks = simulate(Duration.ofNanos(60_000), Duration.ofNanos(80_000), Duration.ofMinutes(1), false);

        assertThat(pace.period()).isEqualTo(INTERVAL);
        assertThat(looks.reads()).isGreaterThan(looks.glances() * 3 / 4);
    }

    @Test
    void costsNoMoreThanItsShare_whereALookAtTheLockTableIsDear() {
        Looks looks = simulate(Duration.ofNanos(250_000), Duration.ofMillis(4), Duration.ofMinutes(10), false);

        assertThat(looks.share()).isLessThan(0.0025);
        assertThat(looks.reads()).isGreaterThan(50);
    }

    @Test
    void readsTheLockTableAtOnceOnNews_evenWhereThatIsDear() {
        simulate(Duration.ofNanos(250_000), Duration.ofMillis(4), Duration.ofMinutes(1), false);

        assertThat(pace.isDue(true, INTERVAL)).isTrue();
        assertThat(pace.isDue(false, INTERVAL)).isFalse();
    }

    @Test
    void keepsToItsShare_howeverMuchNewsThereIs() {
        Looks looks = simulate(Duration.ofNanos(250_000), Duration.ofMillis(4), Duration.ofMinutes(10), true);

        assertThat(looks.share()).isLessThan(0.004);
    }

    @Test
    void neverLooksAwayForLongerThanTwoSeconds_unlessALookIsVeryDear() {
        assertThat(pace.isDue(false, Pace.RAREST)).isTrue();
    }

    @Test
    void looksLessOften_whereEvenAGlanceIsDear_andNotForOneSlowOne() {
        simulate(Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofSeconds(5), false);
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

    /** @param share of a core, what all the looks took of the time in which they were taken */
    private record Looks(int glances, int reads, double share) {}

    private Looks simulate(Duration glance, Duration read, Duration length, boolean news) {
        Duration since = Duration.ofDays(1);
        Duration now = Duration.ZERO;
        int glances = 0;
        int reads = 0;
        while (now.compareTo(length) < 0) {
            Duration period = pace.period();
            now = now.plus(period);
            since = since.plus(period);
            pace.glanced(glance, period);
            glances++;
            if (pace.isDue(news, since)) {
                pace.readLocks(read);
                since = Duration.ZERO;
                reads++;
            }
        }
        double took = (double) glances * glance.toNanos() + (double) reads * read.toNanos();
        return new Looks(glances, reads, took / now.toNanos());
    }
}
