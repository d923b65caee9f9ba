package dev.allclear.aggregator.console.history;

import dev.allclear.model.CheckName;
import dev.allclear.model.CheckReport;
import dev.allclear.model.Excerpt;
import dev.allclear.model.Outcome;
import dev.allclear.model.RunId;
import java.time.Instant;
import java.util.Optional;

/**
 * The last signs of life of one check.
 *
 * @param lastHeard anything from it: a baseline, progress or an answer
 * @param lastMissing the last run that was decided without its answer
 */
public record CheckPulse(
        CheckName check,
        Optional<Instant> lastHeard,
        Optional<Sign> lastAnswer,
        Optional<Outcome> lastOutcome,
        String version,
        Optional<Sign> lastMissing) {
    private static final int LONGEST_VERSION = 40;

    /** A run, and when. */
    public record Sign(RunId run, Instant at) {}

    static CheckPulse of(CheckName check) {
        return new CheckPulse(check, Optional.empty(), Optional.empty(), Optional.empty(), "", Optional.empty());
    }

    CheckPulse heard(Instant at) {
        return new CheckPulse(
                check, Optional.of(Pulses.latest(lastHeard, at)), lastAnswer, lastOutcome, version, lastMissing);
    }

    CheckPulse answered(CheckReport report, Instant at) {
        if (lastAnswer.filter(known -> known.at().isAfter(at)).isPresent()) {
            return this;
        }
        return new CheckPulse(
                check,
                Optional.of(Pulses.latest(lastHeard, at)),
                Optional.of(new Sign(report.run(), at)),
                Optional.of(report.outcome()),
                Excerpt.of(report.checkerVersion(), LONGEST_VERSION),
                lastMissing);
    }

    CheckPulse missing(RunId run, Instant at) {
        return lastMissing.filter(known -> known.at().isAfter(at)).isPresent()
                ? this
                : new CheckPulse(check, lastHeard, lastAnswer, lastOutcome, version, Optional.of(new Sign(run, at)));
    }

    /** Whether the last decided run that asked for it had to do without it. */
    public boolean isMissing() {
        return lastMissing
                .filter(missing ->
                        lastHeard.map(heard -> heard.isBefore(missing.at())).orElse(true))
                .isPresent();
    }
}
