package dev.allclear.aggregator.stream;

import dev.allclear.aggregator.policy.Policies;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;

/**
 * What the shell is built of.
 *
 * @param prefix of every topic's name
 * @param partitions of {@code migrations} and {@code results}, which must be equal
 */
public record Setting(Policies policies, Clock clock, MeterRegistry meters, String prefix, int partitions) {
    public Setting {
        if (partitions < 1) {
            throw new IllegalArgumentException("a topic has at least one partition, not " + partitions);
        }
    }
}
