package dev.allclear.check;

import dev.allclear.model.CheckName;
import dev.allclear.model.CheckReport;
import dev.allclear.model.Cost;
import dev.allclear.model.DatabaseName;
import dev.allclear.model.Finding;
import dev.allclear.model.Outcome;
import dev.allclear.model.RunId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What one call of a {@link Checker} is handed: whose question it is, how long it may take, and whom to tell how far it got.
 *
 * @param deadline when the call is cancelled and its answer no longer counts
 * @param cancellation becomes true when nobody waits for the answer any more
 * @param progress takes short sentences such as {@code probing 3 of 5 queries}; may be called from any thread
 */
public record CheckContext(
        RunId run,
        DatabaseName database,
        CheckName check,
        String checkerVersion,
        Clock clock,
        Instant startedAt,
        Instant deadline,
        Cancellation cancellation,
        Consumer<String> progress) {

    /** Time left until the deadline, never negative. */
    public Duration remaining() {
        Duration left = Duration.between(clock.instant(), deadline);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** The report of this call, its outcome derived from its findings. */
    public CheckReport report(String summary, List<Finding> findings, Map<String, Object> measurements, Cost cost) {
        return report(Outcome.of(findings), summary, findings, measurements, cost);
    }

    /** The report of a question that was not asked of this run; the finding says why. */
    public CheckReport notApplicable(String summary, Finding why) {
        return report(Outcome.NOT_APPLICABLE, summary, List.of(why), Map.of(), Cost.NONE);
    }

    private CheckReport report(
            Outcome outcome, String summary, List<Finding> findings, Map<String, Object> measurements, Cost cost) {
        return new CheckReport(
                run,
                database,
                check,
                checkerVersion,
                outcome,
                summary,
                findings,
                measurements,
                startedAt,
                clock.instant(),
                cost);
    }
}
