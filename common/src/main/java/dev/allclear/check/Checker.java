package dev.allclear.check;

import dev.allclear.event.MigrationCompleted;
import dev.allclear.event.MigrationStarted;
import dev.allclear.model.CheckName;
import dev.allclear.model.CheckReport;
import dev.allclear.model.DatabaseName;
import dev.allclear.model.RunId;
import io.vertx.core.Future;
import java.util.Optional;

/**
 * Answers one question about a migration. This is the whole extension point.
 *
 * <p>The host guarantees:
 * <ol>
 *   <li>{@code before} has ended, or timed out, before {@code after} of the same run begins; calls of one run never overlap.
 *   <li>Delivery is at least once: {@code before} and {@code after} may be called again for the same run.
 *   <li>A baseline that {@code before} returned is durable before the run is told that it is ready.
 *   <li>A call is cancelled when its deadline passes; a late answer is dropped.
 *   <li>Every call is made on a Vert.x context.
 *   <li>A failed future, a thrown exception or a passed deadline becomes INCONCLUSIVE, never a lost report.
 *   <li>After a restart {@code resume} is called, with the baseline as it was written down, for every run that is not over.
 *   <li>{@code forget} is called when a run is decided, abandoned or taken over elsewhere: once, twice, or for a run never seen.
 *   <li>{@code close} is called once, after the last call.
 * </ol>
 *
 * <p>The checker owes for each: nothing for 1; for 2, the same answer when it is asked again; for 3, a baseline of JSON values that
 * loses nothing when it is written down; for 4, to let go of what it opened; for 5, never to block; for 6, a failed future where it
 * could not ask, rather than a guess; for 7 to 9, to watch and to stop watching. {@code CheckerContract} in {@code testkit} puts a
 * checker to these tests by the same numbers.
 *
 * <p>A run is known by its database and its name: runs of two databases may share a name. An observation may outlive {@code before}:
 * it belongs to the checker until {@code after}, {@code forget} or {@code close}.
 */
public interface Checker extends AutoCloseable {
    CheckName name();

    /** Called when a run was announced, before the migration: measure what "before" is, start watching. */
    default Future<Baseline> before(MigrationStarted started, CheckContext context) {
        return Future.succeededFuture(Baseline.none());
    }

    /**
     * Called when the migration is over.
     *
     * @param baseline what {@code before} returned for this run; empty when it never ran or failed
     */
    Future<CheckReport> after(MigrationCompleted completed, Optional<Baseline> baseline, CheckContext context);

    /** Called after a restart or reassignment for a run that was announced and is not over: take up its observation again. */
    default void resume(MigrationStarted started, Optional<Baseline> baseline, CheckContext context) {}

    /** Called when a run is decided, abandoned or taken over elsewhere: stop watching, free what it held. Idempotent. */
    default void forget(DatabaseName database, RunId run) {}

    /** Called once at shutdown, after the last call: stop every observation. */
    @Override
    default void close() {}
}
