package dev.allclear.kafka;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;

/** What is done about events that are taken one at a time. Called from the loop's own thread, which it must not block. */
public interface TurnHandler {
    /**
     * Deals with an event. When the future completes the event is committed, and only then comes the next one; a failed future means
     * that it is handed over again, here or wherever its partition goes.
     */
    Future<Void> handle(ReceivedEvent event);

    /** How far back {@link #recall} reaches; zero for a handler that remembers nothing. */
    default Duration memory() {
        return Duration.ZERO;
    }

    /** An event that was dealt with before this instance had the partition: to be remembered, not to be acted upon. In order. */
    default void recall(ReceivedEvent event) {}

    /** Something to do while nothing waits; empty when there is nothing. The next event waits until the future completes. */
    default Optional<Future<Void>> between() {
        return Optional.empty();
    }

    /** Makes what is under way complete soon, with whatever comes of the attempt being made: no other attempt may follow. */
    default void hurry() {}

    /** A partition went elsewhere: what was remembered of it is to be forgotten. */
    default void lost(Partition partition) {}
}
