package dev.allclear.kafka;

import dev.allclear.event.AllclearEvent;
import java.time.Instant;

/**
 * An event as it came, with where it stood. It may come again.
 *
 * @param id the CloudEvents id, the same when the same thing is said again
 * @param source who says so
 * @param timestamp when it was published, by the publisher's clock
 */
public record ReceivedEvent(
        AllclearEvent event, String id, String source, Partition partition, long offset, Instant timestamp) {}
