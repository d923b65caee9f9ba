package dev.allclear.aggregator.alert;

import dev.allclear.kafka.Partition;
import java.time.Instant;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The alerts that have fired and were not resolved since, as far as this instance's partitions tell. Bounded: the oldest go first. */
final class StillFiring {
    private static final int MOST = 1_000;

    private final Map<String, Entry> byId = new LinkedHashMap<>();

    private record Entry(Partition partition, Notice notice) {}

    void add(Partition partition, Notice notice) {
        byId.putIfAbsent(notice.alert().alertId(), new Entry(partition, notice));
        if (byId.size() > MOST) {
            Iterator<String> oldest = byId.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
    }

    void remove(String alertId) {
        byId.remove(alertId);
    }

    void forget(Partition partition) {
        byId.values().removeIf(entry -> entry.partition().equals(partition));
    }

    void forgetBefore(Instant oldest) {
        byId.values().removeIf(entry -> entry.notice().at().isBefore(oldest));
    }

    Optional<Instant> since(String alertId) {
        return Optional.ofNullable(byId.get(alertId))
                .map(entry -> entry.notice().at());
    }

    Collection<Notice> all() {
        return byId.values().stream().map(Entry::notice).toList();
    }
}
