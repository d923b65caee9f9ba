package dev.allclear.log;

import java.time.Instant;
import java.util.Optional;

/** What the counts of one class of error on one object mean, worst first. */
record Judgement(
        Meaning meaning,
        ErrorKind kind,
        String object,
        String sample,
        long before,
        long during,
        long after,
        Optional<Instant> first,
        Optional<Instant> last) {

    /** The finding code without its area. */
    String code() {
        return kind.code();
    }

    /** Worst first. */
    enum Meaning {
        /** Did not occur before the migration and occurs after it. */
        NEW,
        /** Occurred before and occurs clearly more often now. */
        INCREASED,
        /** A burst after completion of a kind that heals, and it has stopped. */
        TRANSIENT,
        /** Occurred while the migration ran and stopped with it. */
        DURING_RUN,
        /** As frequent as before. */
        AS_BEFORE
    }
}
