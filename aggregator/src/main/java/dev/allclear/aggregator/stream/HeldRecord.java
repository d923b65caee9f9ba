package dev.allclear.aggregator.stream;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;

/**
 * A record as it came, to be looked at again later: a result whose run is not known yet.
 *
 * @param since when it was received
 */
record HeldRecord(String topic, int partition, long offset, Instant since, byte[] key, byte[] value, List<Entry> headers) {
    HeldRecord {
        headers = List.copyOf(headers);
    }

    /** A record's header; the value in Base64, empty where there is none. */
    record Entry(String name, String value) {}

    static HeldRecord of(Place place, Instant since, Record<byte[], byte[]> record) {
        List<Entry> headers = new ArrayList<>();
        for (Header header : record.headers()) {
            byte[] value = header.value() == null ? new byte[0] : header.value();
            headers.add(new Entry(header.key(), Base64.getEncoder().encodeToString(value)));
        }
        byte[] key = record.key() == null ? new byte[0] : record.key();
        return new HeldRecord(place.topic(), place.partition(), place.offset(), since, key, record.value(), headers);
    }

    Place place() {
        return new Place(topic, partition, offset);
    }

    Record<byte[], byte[]> record() {
        Headers all = new RecordHeaders();
        headers.forEach(header -> all.add(header.name(), Base64.getDecoder().decode(header.value())));
        return new Record<>(key, value, Math.max(0, since.toEpochMilli()), all);
    }
}
