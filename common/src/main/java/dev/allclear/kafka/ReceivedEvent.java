package dev.allclear.kafka;

import dev.allclear.event.AllclearEvent;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * An event as it came, with where it stood. It may come again.
 *
 * @param id the CloudEvents id, the same when the same thing is said again
 * @param source who says so
 * @param timestamp when it was published, by the publisher's clock
 */
public record ReceivedEvent(
        AllclearEvent event, String id, String source, Partition partition, long offset, Instant timestamp) {

    static ReceivedEvent of(Decoded.Event decoded, Partition partition, ConsumerRecord<byte[], byte[]> record) {
        return new ReceivedEvent(
                decoded.event(),
                decoded.id(),
                decoded.source(),
                partition,
                record.offset(),
                Instant.ofEpochMilli(record.timestamp()));
    }

    /** Hostile bytes must not end a polling thread, whatever they do to a parser. */
    static Decoded decode(ConsumerRecord<byte[], byte[]> record) {
        try {
            Decoded decoded = EventRecords.decode(record.headers(), record.value());
            return decoded instanceof Decoded.Poison poison ? new Decoded.Poison(withoutContent(poison)) : decoded;
        } catch (RuntimeException | StackOverflowError broken) {
            return new Decoded.Poison("decoding it failed: " + broken.getClass().getSimpleName());
        }
    }

    /** A parser quotes the token it stumbled over; hostile content, and perhaps a secret, has no place in a log. */
    private static String withoutContent(Decoded.Poison poison) {
        return poison.reason().replaceAll("(?s)'.*", "'…'");
    }
}
