package dev.allclear.status;

import dev.allclear.event.MigrationCompleted;
import dev.allclear.model.CheckName;
import dev.allclear.status.catalog.Catalog;
import dev.allclear.status.output.ToolOutput;
import java.time.Duration;
import java.util.Optional;

/**
 * All that is judged.
 *
 * @param asked what the publisher said, at completion or else at the start
 * @param tooLate why "before" may hold all that the migration did, when that is certain
 * @param first the look right after completion
 * @param last the look at the end of the settle time; it has a catalog
 * @param settle the time between the looks
 */
record Evidence(
        MigrationCompleted completed,
        Asked asked,
        Optional<Before> before,
        Optional<String> tooLate,
        Look first,
        Look last,
        Duration settle) {

    /** Whether the publisher said that it waited for "before" until it let the migration begin. */
    boolean isBeforeProved() {
        return before.isPresent()
                && completed
                        .awaitedBaselines()
                        .filter(checks -> checks.contains(CheckName.STATUS))
                        .isPresent();
    }

    ToolOutput output() {
        return ToolOutput.of(completed.output().orElse(""));
    }

    Catalog catalogNow() {
        return last.catalog();
    }
}
