package dev.allclear.aggregator.stream;

import dev.allclear.aggregator.policy.Policies;
import dev.allclear.kafka.GroupProgress.Extent;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.IntFunction;

/**
 * What the shell is built of.
 *
 * @param prefix of every topic's name
 * @param partitions of {@code migrations} and {@code results}, which must be equal
 * @param progress asks, without waiting, how far a partition of both reaches and how far it has been read
 */
public record Setting(
        Policies policies,
        Clock clock,
        MeterRegistry meters,
        String prefix,
        int partitions,
        IntFunction<CompletionStage<List<Extent>>> progress) {
    public Setting {
        if (partitions < 1) {
            throw new IllegalArgumentException("a topic has at least one partition, not " + partitions);
        }
    }
}
