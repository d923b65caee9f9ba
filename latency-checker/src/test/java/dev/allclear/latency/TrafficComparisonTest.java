package dev.allclear.latency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allclear.model.Severity;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class TrafficComparisonTest {
    private static final TrafficWindow BEFORE = window(1000, 2, 1, 10);

    @Test
    void fails_whenTimeAndBlocksHaveGrown() {
        TrafficComparison found =
                TrafficComparison.slower(BEFORE, window(200, 10, 5, 500)).orElseThrow();

        assertThat(found.severity()).isEqualTo(Severity.ERROR);
        assertThat(found.ratio()).isEqualTo(5.0, Offset.offset(0.001));
        assertThat(found.atLeast()).isBetween(4.0, 5.0);
    }

    @Test
    void warnsOnly_whenTimeAloneHasGrown_sinceLoadMayBeTheReason() {
        assertThat(TrafficComparison.slower(BEFORE, window(200, 10, 5, 10)))
                .hasValueSatisfying(found -> assertThat(found.severity()).isEqualTo(Severity.WARNING));
    }

    @Test
    void saysNothing_whenCallsAreFewOrScattered() {
        assertThat(TrafficComparison.slower(BEFORE, window(19, 50, 1, 500))).isEmpty();
        assertThat(TrafficComparison.slower(BEFORE, window(25, 4, 8, 500))).isEmpty();
    }

    @Test
    void saysNothing_whenTheRiseIsLessThanAMillisecond() {
        assertThat(TrafficComparison.slower(window(1000, 0.05, 0.01, 3), window(1000, 0.9, 0.1, 500)))
                .isEmpty();
    }

    @Test
    void knowsMeanAndVarianceOfAWindowExactly() {
        TrafficWindow early = new TrafficWindow(2, 1 + 3, 1 + 9, 20);
        TrafficWindow late = early.plus(new TrafficWindow(3, 2 + 4 + 9, 4 + 16 + 81, 60));

        TrafficWindow between = late.since(early);

        assertThat(between.calls()).isEqualTo(3);
        assertThat(between.mean()).isEqualTo(5.0, Offset.offset(1e-9));
        assertThat(between.variance()).isEqualTo((9 + 1 + 16) / 3.0, Offset.offset(1e-9));
        assertThat(between.blocksPerCall()).isEqualTo(20.0);
    }

    @Test
    void countsAnEntryThatWasEvictedAndCameBackFromItsReturn() {
        WatchedStatement statement =
                new WatchedStatement("q", "select 1", "f", List.of("1/1"), true, TrafficWindow.NONE, false);

        Traffic traffic = Traffic.between(
                List.of(statement),
                List.of(new StatementCount("1/1", "f", window(1000, 2, 1, 10), "")),
                List.of(new StatementCount("1/1", "f", window(30, 4, 1, 10), "")));

        assertThat(traffic.statements().get(0).window().calls()).isEqualTo(30);
        assertThat(traffic.statements().get(0).restarted()).isTrue();
    }

    @Test
    void noticesARestartByTheTimeTheEntryBegan_evenWhenItHasGrown() {
        WatchedStatement statement =
                new WatchedStatement("q", "select 1", "f", List.of("1/1"), true, TrafficWindow.NONE, false);

        Traffic traffic = Traffic.between(
                List.of(statement),
                List.of(new StatementCount("1/1", "f", window(10, 2, 1, 10), "yesterday")),
                List.of(new StatementCount("1/1", "f", window(30, 4, 1, 10), "today")));

        assertThat(traffic.statements().get(0).window().calls()).isEqualTo(30);
        assertThat(traffic.statements().get(0).restarted()).isTrue();
    }

    @Test
    void addsUpTheEntriesOfSeveralRolesAndOfAQueryIdThatIsNew() {
        WatchedStatement statement =
                new WatchedStatement("q", "select 1", "f", List.of("1/1"), true, TrafficWindow.NONE, false);

        Traffic traffic = Traffic.between(
                List.of(statement),
                List.of(new StatementCount("1/1", "f", window(10, 2, 1, 10), "")),
                List.of(
                        new StatementCount("1/1", "f", window(15, 2, 1, 10), ""),
                        new StatementCount("1/2", "f", window(7, 2, 1, 10), ""),
                        new StatementCount("1/3", "another", window(99, 2, 1, 10), "")));

        assertThat(traffic.statements().get(0).window().calls()).isEqualTo(12);
        assertThat(traffic.statements().get(0).restarted()).isFalse();
    }

    private static TrafficWindow window(long calls, double mean, double deviation, long blocksPerCall) {
        return new TrafficWindow(
                calls, calls * mean, calls * (mean * mean + deviation * deviation), calls * blocksPerCall);
    }
}
