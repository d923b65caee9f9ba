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
 *   <li>Delivery is at least once: either may be called again for the same run and must give the same answer.
 *   <li>A baseline that {@code before} returned is durable before the run is told that it is ready.
 *   <li>A call is cancelled when its deadline passes; a late answer is dropped.
 *   <li>Every call is made on a Vert.x context and must not block it.
 *   <li>A failed future, a thrown exception or a passed deadline becomes INCONCLUSIVE, never a lost report.
 * </ol>
 *
 * <p>A run is known by its database and its name: runs of two databases may share a name.
 *
 * <p>An observation may outlive {@code before}: it belongs to the checker until {@code after}, {@code forget} or {@code close}.
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
