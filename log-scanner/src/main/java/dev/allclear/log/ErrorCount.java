package dev.allclear.log;

import java.time.Instant;
import java.util.Optional;

/**
 * How often one error occurred.
 *
 * @param before in the time before the migration
 * @param during the migration
 * @param after its completion
 * @param late of those after it: in the second half of the soak or at an unknown time
 * @param first of those after completion or, when there are none, of those during the run
 */
record ErrorCount(
        DatabaseError error,
        long before,
        long during,
        long after,
        long late,
        Optional<Instant> first,
        Optional<Instant> last) {}
