package dev.allclear.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DurationsTest {
    @ParameterizedTest
    @CsvSource({
        "PT0S, 0 ms",
        "PT0.34S, 340 ms",
        "PT0.9994S, 999 ms",
        "PT1S, 1 s",
        "PT4.46S, 4.5 s",
        "PT9.96S, 10 s",
        "PT16.175S, 16 s",
        "PT119S, 119 s",
        "PT120S, 2 min",
        "PT119M, 119 min",
        "PT26H10M, 26 h"
    })
    void roundsWhatWasMeasuredToWhatPeopleSay(Duration measured, String said) {
        assertThat(Durations.rounded(measured)).isEqualTo(said);
    }
}
