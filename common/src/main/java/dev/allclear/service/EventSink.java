package dev.allclear.service;

import dev.allclear.event.AllclearEvent;
import io.vertx.core.Future;

/** Where a service publishes. */
@FunctionalInterface
public interface EventSink {
    /** Completes when the event is durable. */
    Future<Void> publish(AllclearEvent event);
}
