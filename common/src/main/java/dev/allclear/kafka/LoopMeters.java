package dev.allclear.kafka;

import io.micrometer.core.instrument.MeterRegistry;

/** What a consumer loop counts, by topic and nothing finer: {@code allclear.events} with an {@code outcome}. */
final class LoopMeters {
    private final MeterRegistry registry;

    LoopMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Handed to the handler. */
    void received(Topic topic) {
        count(topic, "received");
    }

    /** Not an event; skipped. */
    void poison(Topic topic) {
        count(topic, "poison");
    }

    /** Not in the partition of its database; skipped, since the aggregator publishes it again where it belongs. */
    void stray(Topic topic) {
        count(topic, "stray");
    }

    /** The handler failed every time; skipped. */
    void failed(Topic topic) {
        count(topic, "failed");
    }

    private void count(Topic topic, String outcome) {
        registry.counter("allclear.events", "topic", topic.label(), "outcome", outcome)
                .increment();
    }
}
