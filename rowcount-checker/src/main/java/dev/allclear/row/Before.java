package dev.allclear.row;

import dev.allclear.model.Finding;
import java.util.List;
import java.util.Optional;

/** What is known from before the migration, or why it is of no use. */
interface Before {
    /** The count of this definition. */
    Optional<Long> count(String definition);

    /** Whether the table had rows; empty when that is unknown. */
    Optional<Boolean> hadRows(Relation relation);

    /** How much anyone had written into these tables; empty unless it is known of all of them. */
    Optional<WriteCounters> counters(List<Relation> relations);

    /** The finding for an expectation that needs a count from before and has none. */
    Finding missing(String subject, String says, String definition, Judgement judgement);
}
