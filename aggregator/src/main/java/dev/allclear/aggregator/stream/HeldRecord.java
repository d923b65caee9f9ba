package dev.allclear.aggregator.stream;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * A record as it came, to be looked at again later: a result whose run is not known yet.
 *
 * @param since when it was received
 * @param key in Base64, as is the value, so that no byte of it changes
 */
record HeldRecord(
        String topic, int partition, long offset, Instant since, String key, String value, List<Entry> headers) {
    HeldRecord {
        headers = List.copyOf(headers);
    }

    /** A record's header; the value in Base64, empty where there is none. */
    record Entry(String name, String value) {}

    static HeldRecord of(Place place, Instant since, Record<byte[], byte[]> record) {
        List<Entry> headers = new ArrayList<>();
        for (Header header : record.headers()) {
            headers.add(new Entry(header.key(), text(header.value())));
        }
        return new HeldRecord(
                place.topic(),
                place.partition(),
                place.offset(),
                since,
                text(record.key()),
                text(record.value()),
                headers);
    }

    Place place() {
        return new Place(topic, partition, offset);
    }

    Record<byte[], byte[]> record() {
        Headers all = new RecordHeaders();
        headers.forEach(header -> all.add(header.name(), bytes(header.value())));
        return new Record<>(bytes(key), bytes(value), Math.max(0, since.toEpochMilli()), all);
    }

    private static String text(byte @Nullable [] bytes) {
        return bytes == null ? "" : Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] bytes(String text) {
        return Base64.getDecoder().decode(text);
    }
}
