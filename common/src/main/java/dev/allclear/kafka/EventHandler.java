package dev.allclear.kafka;

import io.vertx.core.Future;
import java.util.Set;

/**
 * What is done about events. Called on one Vert.x context and must not block it. A partition's events are handed over in order,
 * without waiting for the one before to finish; delivery is at least once.
 */
@FunctionalInterface
public interface EventHandler {
    /**
     * The event counts as handled when the future completes, and only then may be committed. A failed future or an exception means
     * that it is handed over again, a few times. The future must complete at some time: one that never does holds up its partition.
     */
    Future<Void> handle(ReceivedEvent event);

    /** Partitions came to this instance; their events follow. */
    default void assigned(Set<Partition> partitions) {}

    /** Partitions went to another instance; what was unfinished is handled there again. */
    default void lost(Set<Partition> partitions) {}
}
