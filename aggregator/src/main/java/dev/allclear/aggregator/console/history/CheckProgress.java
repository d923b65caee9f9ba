package dev.allclear.aggregator.console.history;

import dev.allclear.event.BaselineStatus;
import dev.allclear.model.Outcome;
import java.time.Instant;
import java.util.Optional;

/**
 * How far one check of a run has got.
 *
 * @param baseline how it answered the announcement
 * @param reason why its baseline failed
 * @param baselineAt when that was heard, by the broker's clock
 * @param activity what it last said to be doing
 * @param activityAt when that was heard
 * @param outcome what it answered; of several answers the worst
 * @param answerId of the event that counts; empty while there is none
 */
public record CheckProgress(
        Optional<BaselineStatus> baseline,
        String reason,
        Instant baselineAt,
        Optional<String> activity,
        Instant activityAt,
        Optional<Outcome> outcome,
        String answerId) {
    static final CheckProgress NOTHING = new CheckProgress(
            Optional.empty(), "", Instant.EPOCH, Optional.empty(), Instant.EPOCH, Optional.empty(), "");

    CheckProgress with(BaselineStatus status, String why, Instant at) {
        return new CheckProgress(Optional.of(status), why, at, activity, activityAt, outcome, answerId);
    }

    CheckProgress doing(String what, Instant at) {
        return at.isBefore(activityAt)
                ? this
                : new CheckProgress(baseline, reason, baselineAt, Optional.of(what), at, outcome, answerId);
    }

    CheckProgress answered(Outcome answer, String id) {
        return new CheckProgress(baseline, reason, baselineAt, activity, activityAt, Optional.of(answer), id);
    }

    /**
     * Without an activity that is over: events of several topics come in any order, and what was done for "before" is no news after it.
     *
     * @param completed when the migration's end was heard of
     */
    CheckProgress asOf(Optional<Instant> completed) {
        boolean isOver = outcome.isPresent()
                || !activityAt.isAfter(baselineAt)
                || completed.filter(activityAt::isBefore).isPresent();
        return isOver
                ? new CheckProgress(baseline, reason, baselineAt, Optional.empty(), Instant.EPOCH, outcome, answerId)
                : this;
    }

    /** As the verdict counts: the worse outcome, then the smaller id, so that order never matters. */
    boolean yieldsTo(Outcome answer, String id) {
        return outcome.map(known -> known.compareTo(answer) < 0 || (known == answer && id.compareTo(answerId) < 0))
                .orElse(true);
    }
}
