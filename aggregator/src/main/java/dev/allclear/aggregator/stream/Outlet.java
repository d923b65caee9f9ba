package dev.allclear.aggregator.stream;

import dev.allclear.event.AllclearEvent;
import dev.allclear.kafka.EventRecords;
import dev.allclear.kafka.Topic;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** The ways out of the aggregator: events, dead letters, and records that go back to the partition they belong in. */
final class Outlet {
    static final String SOURCE = "aggregator";
    static final String MOVED = "allclear-moved-from";

    /** Less than a topic takes by more than the key and the header that are added. */
    private static final int LARGEST_TO_MOVE = (1 << 20) - 1_024;

    private final ProcessorContext<byte[], byte[]> context;
    private final String prefix;
    private final MeterRegistry meters;
    private boolean saidSomething;

    Outlet(ProcessorContext<byte[], byte[]> context, String prefix, MeterRegistry meters) {
        this.context = context;
        this.prefix = prefix;
        this.meters = meters;
    }

    /** Whether anything was said since this was last asked. */
    boolean saidSomething() {
        boolean said = saidSomething;
        saidSomething = false;
        return said;
    }

    void say(AllclearEvent event) {
        saidSomething = true;
        ProducerRecord<byte[], byte[]> record = EventRecords.toRecord(prefix, event, SOURCE);
        long time = Math.max(0, event.time().toEpochMilli());
        context.forward(
                new Record<>(record.key(), record.value(), time, record.headers()),
                Topic.of(event.type()).label());
        meters.counter("allclear.aggregator.said", "type", event.type().wireName())
                .increment();
    }

    /** Sets a record aside with its bytes untouched; the headers say why, where it was and when that was decided. */
    void deadLetter(Place place, Record<byte[], byte[]> record, String kind, String why, Instant now) {
        Headers headers = copy(record.headers());
        put(headers, "allclear-dead-letter-kind", kind);
        put(headers, "allclear-dead-letter-why", why);
        put(headers, "allclear-dead-letter-where", place.toString());
        put(headers, "allclear-dead-letter-when", now.toString());
        context.forward(
                new Record<>(record.key(), record.value(), Math.max(0, now.toEpochMilli()), headers),
                Topic.DEAD_LETTERS.label());
        meters.counter("allclear.aggregator.dead.letters", "kind", kind).increment();
    }

    /** Whether a record that its topic took is still small enough for it with a header more; a refused one would end the aggregator. */
    static boolean canMove(Record<byte[], byte[]> record) {
        int size = record.value() == null ? 0 : record.value().length;
        for (Header header : record.headers()) {
            size += header.key().length() + (header.value() == null ? 0 : header.value().length) + 10;
        }
        return size <= LARGEST_TO_MOVE;
    }

    /** Sends a record to the topic it came from, under its right key and so to its right partition. */
    void move(Topic topic, Place from, byte[] rightKey, Record<byte[], byte[]> record) {
        Headers headers = copy(record.headers());
        put(headers, MOVED, from.toString());
        context.forward(
                new Record<>(rightKey, record.value(), Math.max(0, record.timestamp()), headers), topic.label());
        meters.counter("allclear.aggregator.moved").increment();
    }

    private static Headers copy(Headers headers) {
        return new RecordHeaders(headers.toArray());
    }

    private static void put(Headers headers, String name, String value) {
        headers.remove(name);
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
