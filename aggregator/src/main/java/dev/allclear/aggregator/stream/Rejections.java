package dev.allclear.aggregator.stream;

import dev.allclear.aggregator.ledger.FiringAlerts;
import dev.allclear.aggregator.ledger.FloodAlert;
import dev.allclear.event.AlertFiring;
import dev.allclear.event.AlertResolved;
import dev.allclear.model.Excerpt;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sets aside what one partition holds and nobody can use; in a flood only counts it, and says so once, as an alert that resolves itself. */
final class Rejections {
    private static final Logger LOG = LoggerFactory.getLogger(Rejections.class);
    private static final String LIMIT = String.format(
            Locale.ROOT, "%,d records or %d MB in a minute", DeadLetterLimit.MOST, DeadLetterLimit.MOST_BYTES >> 20);

    private final int partition;
    private final JsonStore<FiringAlerts> alerts;
    private final Outlet outlet;
    private final MeterRegistry meters;
    private final DeadLetterLimit limit;

    Rejections(int partition, Memory stores, Outlet outlet, MeterRegistry meters, Instant now) {
        this.partition = partition;
        this.alerts = stores.alerts();
        this.outlet = outlet;
        this.meters = meters;
        this.limit = new DeadLetterLimit(now);
    }

    void reject(Place place, Record<byte[], byte[]> record, String kind, String why, Instant now) {
        int size = record.value() == null ? 0 : record.value().length;
        switch (limit.next(size, now)) {
            case PASSES -> {
                LOG.warn("{} is set aside as {}: {}", place, kind, why);
                outlet.deadLetter(place, record, kind, why, now);
            }
            case OPENS -> {
                withhold(kind);
                fire(place + " as " + kind + ": " + Excerpt.of(why), now);
            }
            case WITHHELD -> withhold(kind);
        }
    }

    /** Lets time pass: says so when a flood is over, also one that was told before a restart. */
    void tick(Instant now) {
        if (!limit.wasQuiet(now)) {
            return;
        }
        alerts.get(key()).ifPresent(firing -> {
            LOG.warn("the flood in partition {} is over; {} records were passed over", partition, limit.withheld());
            firing.entries().forEach(entry -> outlet.say(new AlertResolved(entry.alert(), now)));
            alerts.delete(key());
        });
    }

    private void withhold(String kind) {
        meters.counter("allclear.aggregator.dead.letters.withheld", "kind", kind)
                .increment();
    }

    private void fire(String last, Instant now) {
        FiringAlerts.Entry entry = FloodAlert.of(partition, now, LIMIT, last);
        LOG.error("{}", entry.alert().summary());
        if (alerts.get(key()).isPresent()) {
            return;
        }
        alerts.put(key(), new FiringAlerts(List.of(entry)));
        outlet.say(new AlertFiring(entry.alert(), now));
    }

    /** No database is called so. */
    private String key() {
        return "#dead-letters-" + partition;
    }
}
