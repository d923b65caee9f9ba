package dev.allclear.aggregator.console.history;

import dev.allclear.event.BaselineStatus;
import dev.allclear.model.Outcome;
import java.util.Optional;

/**
 * How far one check of a run has got.
 *
 * @param baseline how it answered the announcement
 * @param reason why its baseline failed
 * @param activity what it last said to be doing
 * @param outcome what it answered; of several answers the worst
 * @param answerId of the event that counts; empty while there is none
 */
public record CheckProgress(
        Optional<BaselineStatus> baseline,
        String reason,
        Optional<String> activity,
        Optional<Outcome> outcome,
        String answerId) {
    static final CheckProgress NOTHING =
            new CheckProgress(Optional.empty(), "", Optional.empty(), Optional.empty(), "");

    CheckProgress with(BaselineStatus status, String why) {
        return new CheckProgress(Optional.of(status), why, Optional.empty(), outcome, answerId);
    }

    /** The same, once what it was doing has been overtaken. */
    CheckProgress idle() {
        return new CheckProgress(baseline, reason, Optional.empty(), outcome, answerId);
    }

    CheckProgress doing(String what) {
        return new CheckProgress(baseline, reason, Optional.of(what), outcome, answerId);
    }

    CheckProgress answered(Outcome answer, String id) {
        return new CheckProgress(baseline, reason, Optional.empty(), Optional.of(answer), id);
    }

    /** As the verdict counts: the worse outcome, then the smaller id, so that order never matters. */
    boolean yieldsTo(Outcome answer, String id) {
        return outcome.map(known -> known.compareTo(answer) < 0 || (known == answer && id.compareTo(answerId) < 0))
                .orElse(true);
    }
}
