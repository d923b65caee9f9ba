package dev.allclear.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The time before is drawn beside the time after, on one scale. */
final class LogMeasurementsTest {
    private static final Instant STARTED = Instant.parse("2026-03-01T10:00:00.250Z");
    private static final DatabaseError ERROR =
            new DatabaseError(ErrorKind.UNDEFINED_TABLE, Optional.empty(), "carts", "relation carts does not exist");

    @Test
    void beginsAsLongBeforeTheMigrationAsItWasWatched() {
        RecentErrors before = RecentErrors.of(List.of(STARTED.minusMillis(1), STARTED.minusSeconds(5)), STARTED);

        List<Map<?, ?>> series = series(Duration.ofMinutes(30), before, STARTED.plusSeconds(3));

        assertThat(series).hasSize(20);
        assertThat(series.get(0).get("time")).isEqualTo("2026-03-01T09:59:50.250Z");
        assertThat(errors(series))
                .containsExactly(0L, 0L, 0L, 0L, 0L, 1L, 0L, 0L, 0L, 1L, 0L, 0L, 0L, 1L, 0L, 0L, 0L, 0L, 0L, 0L);
    }

    @Test
    void saysNothingOfATimeThatWasNotRead() {
        List<Map<?, ?>> series = series(Duration.ZERO, RecentErrors.NONE, STARTED);

        assertThat(series).hasSize(10);
        assertThat(errors(series)).startsWith(1L);
    }

    @Test
    void losesNoErrorWhenStepsAreLong() {
        RecentErrors before = RecentErrors.of(
                Stream.iterate(STARTED.minusMillis(500), time -> time.minusSeconds(1))
                        .limit(120)
                        .toList(),
                STARTED);
        LogWindow window = new LogWindow(
                Optional.of(STARTED),
                STARTED,
                STARTED,
                STARTED.plusSeconds(7200),
                Duration.ofSeconds(7200),
                Duration.ofMinutes(30));

        Map<String, Object> measured =
                LogMeasurements.of(window, before, List.of(scan(STARTED.plusSeconds(7199))), List.of());

        List<Map<?, ?>> series = seriesOf(measured);
        assertThat(series).hasSizeLessThanOrEqualTo(61);
        assertThat(errors(series)).contains(1L);
    }

    private static List<Map<?, ?>> series(Duration covered, RecentErrors before, Instant error) {
        LogWindow window = new LogWindow(
                Optional.of(STARTED),
                STARTED.plusSeconds(2),
                STARTED.plusSeconds(2),
                STARTED.plusSeconds(9),
                Duration.ofSeconds(7),
                covered);
        return seriesOf(LogMeasurements.of(window, before, List.of(scan(error)), List.of()));
    }

    private static SourceScan scan(Instant error) {
        return new SourceScan(
                "app.log",
                Duration.ZERO,
                false,
                1,
                Optional.of(error),
                true,
                List.of(new Sighting(ERROR, Optional.of(error), true)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static List<Map<?, ?>> seriesOf(Map<String, Object> measured) {
        return ((List<?>) measured.get("series"))
                .stream().<Map<?, ?>>map(point -> (Map<?, ?>) point).toList();
    }

    private static List<Object> errors(List<Map<?, ?>> series) {
        return series.stream().<Object>map(point -> point.get("errors")).toList();
    }
}
