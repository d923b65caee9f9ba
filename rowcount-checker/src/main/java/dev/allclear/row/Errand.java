package dev.allclear.row;

import dev.allclear.check.CheckContext;
import dev.allclear.model.Cost;
import dev.allclear.postgres.Visit;
import java.time.Duration;

/** One call of the check: through what it sees the database, how much it may ask of it, and whom it tells how far it got. */
record Errand(Visit visit, Limits limits, Traffic traffic, CheckContext context) {
    /** When an answer would come too late to count; kept well before the deadline, so that what was found out is still told. */
    boolean isAlmostOver() {
        return context.remaining().compareTo(Duration.ofSeconds(5)) < 0;
    }

    void progress(String sentence) {
        context.progress().accept(sentence);
    }

    /** What was spent since. One errand does one thing after the other, so all of it was for what was done in between. */
    Cost since(Cost earlier) {
        Cost now = visit.cost();
        return new Cost(now.databaseTime().minus(earlier.databaseTime()), now.queries() - earlier.queries());
    }
}
