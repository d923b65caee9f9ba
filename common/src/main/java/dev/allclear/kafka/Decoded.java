package dev.allclear.kafka;

import dev.allclear.event.AllclearEvent;

/** What a Kafka record turned out to be. */
public sealed interface Decoded {
    /**
     * An event of the contract.
     *
     * @param id the CloudEvents id; deterministic where the publisher gave none
     * @param source the CloudEvents source; {@link EventRecords#BARE_JSON} where the publisher gave none
     */
    record Event(AllclearEvent event, String id, String source) implements Decoded {}

    /** Not an event of the contract; the reason is one short line. */
    record Poison(String reason) implements Decoded {}
}
