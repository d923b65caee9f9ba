package dev.allclear.status;

import dev.allclear.event.MigrationCompleted;
import dev.allclear.status.catalog.Catalog;
import dev.allclear.status.output.ToolOutput;
import java.time.Duration;
import java.util.Optional;

/**
 * All that is judged.
 *
 * @param asked what the publisher said, at completion or else at the start
 * @param first the look right after completion
 * @param last the look at the end of the settle time; it has a catalog
 * @param settle the time between the looks
 */
record Evidence(
        MigrationCompleted completed, Asked asked, Optional<Before> before, Look first, Look last, Duration settle) {

    /** Whether "before" was measured when the migration was over: it may hold all that the migration did. */
    boolean isBeforeTooLate() {
        return before.filter(known -> known.clock().isAfter(completed.completedAt()))
                .isPresent();
    }

    ToolOutput output() {
        return ToolOutput.of(completed.output().orElse(""));
    }

    Catalog catalogNow() {
        return last.catalog().orElseThrow();
    }
}
