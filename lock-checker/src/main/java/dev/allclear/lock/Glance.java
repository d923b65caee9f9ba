package dev.allclear.lock;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the cheap look at sessions alone shows.
 *
 * @param at the database's clock
 * @param pulses by process id: those asked for, those that wait, and those in a transaction that did something since the lock
 *     table was read
 */
record Glance(Instant at, Map<Integer, Pulse> pulses) {
    Glance {
        pulses = Map.copyOf(pulses);
    }

    boolean hasNews() {
        return pulses.values().stream().anyMatch(Pulse::changed);
    }

    Set<Backend> waiting() {
        return pulses.values().stream()
                .filter(Pulse::waiting)
                .map(Pulse::backend)
                .collect(Collectors.toSet());
    }
}
