package dev.allclear.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class TrafficJudgeTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void knowsThePoissonDistribution() {
        assertThat(TrafficJudge.atLeast(0, 3)).isEqualTo(1);
        assertThat(TrafficJudge.atLeast(1, 3)).isCloseTo(0.9502, within(0.0001));
        assertThat(TrafficJudge.atLeast(6, 3)).isCloseTo(0.0839, within(0.0001));
        assertThat(TrafficJudge.atLeast(1_000, 1_000)).isEqualTo(1);
        assertThat(TrafficJudge.atLeast(2_000, 1_000)).isEqualTo(0.001);
    }

    @Test
    void doubtsAFewRows_whenNothingIsKnownOfTheTimeBefore() {
        assertThat(TrafficJudge.mayBeOthers(1, MINUTE, SECOND, Double.POSITIVE_INFINITY))
                .isTrue();
        assertThat(TrafficJudge.mayBeOthers(100_000, MINUTE, SECOND, Double.POSITIVE_INFINITY))
                .isFalse();
    }

    @Test
    void blamesTheMigration_whenNobodyHasWrittenForHours() {
        double hoursOfSilence = TrafficJudge.mostPerSecond(0, 4 * 3_600);

        assertThat(TrafficJudge.mayBeOthers(2, MINUTE, SECOND, hoursOfSilence)).isFalse();
        assertThat(TrafficJudge.mayBeOthers(1, MINUTE, SECOND, hoursOfSilence)).isTrue();
    }

    @Test
    void doubtsMore_theMoreOthersWroteBefore() {
        double everyTenSeconds = TrafficJudge.mostPerSecond(360, 3_600);

        assertThat(TrafficJudge.mayBeOthers(6, MINUTE, SECOND, everyTenSeconds)).isTrue();
        assertThat(TrafficJudge.mayBeOthers(60, MINUTE, SECOND, everyTenSeconds))
                .isFalse();
    }

    @Test
    void takesATotalForACoincidence_onlyWhereOthersAreKnownToWrite() {
        double everyTenSeconds = TrafficJudge.perSecond(360, 3_600);

        assertThat(TrafficJudge.mayBeCoincidence(MINUTE, SECOND, everyTenSeconds))
                .isTrue();
        assertThat(TrafficJudge.mayBeCoincidence(MINUTE, SECOND, 0)).isFalse();
        assertThat(TrafficJudge.mayBeCoincidence(MINUTE, SECOND, TrafficJudge.perSecond(1, 3_600)))
                .as("one write an hour")
                .isFalse();
    }

    @Test
    void trustsATotal_whenThoseWhoWroteHaveCeased() {
        double often = TrafficJudge.perSecond(200, 60);

        assertThat(TrafficJudge.mayBeCoincidence(MINUTE, Duration.ofSeconds(3), often))
                .isFalse();
        assertThat(TrafficJudge.mayBeCoincidence(MINUTE, SECOND, often)).isTrue();
    }
}
