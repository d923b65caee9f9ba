package dev.allclear.kafka;

import static java.util.Objects.requireNonNull;

import dev.allclear.config.KafkaConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/**
 * How far topics reach, and how far a consumer group has read them. Asks the broker and does not wait; needs no right that a member of
 * the group does not have.
 */
public final class GroupProgress implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final Admin admin;
    private final String group;
    private final List<String> topics;

    /**
     * One partition of one topic.
     *
     * @param end the offset that follows the last record which a {@code read_committed} consumer can read now
     * @param committed the offset from which on the group would read if it began anew; 0 when it has committed nothing
     */
    public record Extent(String topic, long committed, long end) {}

    /**
     * Connects when first asked.
     *
     * @param group and {@code topics} by their full names
     */
    public GroupProgress(KafkaConfig config, String group, List<String> topics) {
        this.admin = Admin.create(ClientSettings.admin(config));
        this.group = group;
        this.topics = List.copyOf(topics);
    }

    /** Asks for a partition of all topics; fails when the broker does not answer within ten seconds or refuses. */
    public CompletionStage<List<Extent>> of(int partition) {
        int millis = (int) LIMIT.toMillis();
        List<TopicPartition> partitions = topics.stream()
                .map(topic -> new TopicPartition(topic, partition))
                .toList();
        CompletionStage<Map<TopicPartition, ListOffsetsResultInfo>> ends = admin.listOffsets(
                        partitions.stream()
                                .collect(Collectors.toMap(Function.identity(), ignored -> OffsetSpec.latest())),
                        new ListOffsetsOptions(IsolationLevel.READ_COMMITTED).timeoutMs(millis))
                .all()
                .toCompletionStage();
        CompletionStage<Map<TopicPartition, OffsetAndMetadata>> committed = admin.listConsumerGroupOffsets(
                        Map.of(group, new ListConsumerGroupOffsetsSpec().topicPartitions(partitions)),
                        new ListConsumerGroupOffsetsOptions().timeoutMs(millis))
                .partitionsToOffsetAndMetadata(group)
                .toCompletionStage();
        return ends.thenCombine(committed, (end, from) -> partitions.stream()
                .map(each -> new Extent(
                        each.topic(),
                        Optional.ofNullable(from.get(each))
                                .map(OffsetAndMetadata::offset)
                                .orElse(0L),
                        requireNonNull(end.get(each), () -> "no end of " + each).offset()))
                .toList());
    }

    /** Does not wait for answers. */
    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }
}
