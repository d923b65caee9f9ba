package dev.allclear.kafka;

import dev.allclear.config.KafkaConfig;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The consumer and its lanes: one turn polls, hands over, pauses or resumes, commits. Belongs to the polling thread. */
final class Intake implements ConsumerRebalanceListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ConsumerLoop.class);
    private static final Duration SHORT_POLL = Duration.ofMillis(20);
    private static final Duration LONG_POLL = Duration.ofMillis(200);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final Duration LAST_CALLS = Duration.ofSeconds(5);

    private final Map<String, Topic> topics = new HashMap<>();
    private final Map<TopicPartition, Lane> lanes = new HashMap<>();
    private final Deliveries deliveries;
    private final LoopLimits limits;
    private final LoopMeters meters;
    private final Contact contact;
    private final Notices notices;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final KafkaClientMetrics clientMetrics;
    private boolean committing;
    private long lookedNanos;

    Intake(
            KafkaConfig config,
            String group,
            Set<Topic> topics,
            Deliveries deliveries,
            LoopLimits limits,
            LoopMeters meters,
            MeterRegistry registry,
            Contact contact,
            Notices notices) {
        topics.forEach(topic -> this.topics.put(topic.nameWith(config.topicPrefix()), topic));
        this.deliveries = deliveries;
        this.limits = limits;
        this.meters = meters;
        this.contact = contact;
        this.notices = notices;
        this.consumer = new KafkaConsumer<>(
                ClientSettings.member(config, group), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.clientMetrics = new KafkaClientMetrics(consumer);
        clientMetrics.bindTo(registry);
        consumer.subscribe(this.topics.keySet(), this);
    }

    void turn() throws InterruptedException {
        boolean idle = lanes.values().stream().allMatch(lane -> lane.inFlight() == 0);
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(idle ? LONG_POLL : SHORT_POLL)) {
            Lane lane = lanes.get(new TopicPartition(record.topic(), record.partition()));
            if (lane != null) {
                lane.add(record);
            }
        }
        deliveries.settle(Duration.ZERO);
        lanes.forEach(this::forward);
        commit();
        long now = System.nanoTime();
        if (now - lookedNanos > LOOK_EVERY.toNanos()) {
            lookedNanos = now;
            contact.look(consumer.metrics());
        }
    }

    /** Waits for what is in flight, commits, and takes nothing more. */
    void drain() throws InterruptedException {
        release(Set.copyOf(lanes.keySet()), true);
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            Topic topic = topics.get(partition.topic());
            if (topic != null) {
                lanes.put(partition, new Lane(new Partition(topic, partition.partition())));
            }
        }
        notices.assigned(named(partitions));
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        try {
            release(partitions, true);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Already somebody else's: nothing of it may be committed. */
    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        try {
            release(partitions, false);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        clientMetrics.close();
        consumer.close(CloseOptions.timeout(LAST_CALLS));
    }

    private void forward(TopicPartition partition, Lane lane) {
        if (!lane.hasWaiting() && !consumer.paused().contains(partition)) {
            return;
        }
        int partitions = lane.partitionCount(
                () -> consumer.partitionsFor(partition.topic()).size());
        ConsumerRecord<byte[], byte[]> record = lane.begin(limits.inFlight());
        while (record != null) {
            handOver(lane, record, partitions);
            record = lane.begin(limits.inFlight());
        }
        boolean full = lane.hasWaiting();
        if (full != consumer.paused().contains(partition)) {
            if (full) {
                consumer.pause(List.of(partition));
            } else {
                consumer.resume(List.of(partition));
            }
        }
    }

    private void handOver(Lane lane, ConsumerRecord<byte[], byte[]> record, int partitions) {
        Topic topic = lane.partition().topic();
        Decoded decoded = ReceivedEvent.decode(record);
        if (decoded instanceof Decoded.Event event && isStray(lane, event, partitions)) {
            meters.stray(topic);
            lane.finish(record.offset());
        } else if (decoded instanceof Decoded.Event event) {
            meters.received(topic);
            deliveries.deliver(lane, ReceivedEvent.of(event, lane.partition(), record));
        } else {
            meters.poison(topic);
            String reason = decoded instanceof Decoded.Poison poison ? poison.reason() : "";
            LOG.warn("{}@{} is not an event and is skipped: {}", lane.partition(), record.offset(), reason);
            lane.finish(record.offset());
        }
    }

    private static boolean isStray(Lane lane, Decoded.Event event, int partitions) {
        return lane.partition().topic().isKeyedByDatabase()
                && Partition.of(event.event().database(), partitions)
                        != lane.partition().number();
    }

    private void commit() {
        Map<TopicPartition, OffsetAndMetadata> offsets = toCommit(lanes);
        if (!committing && !offsets.isEmpty()) {
            committing = true;
            consumer.commitAsync(offsets, (done, failure) -> {
                committing = false;
                noteCommit(done, failure);
            });
        }
    }

    private void noteCommit(Map<TopicPartition, OffsetAndMetadata> offsets, @Nullable Exception failure) {
        if (failure != null) {
            LOG.debug("a commit failed and is repeated", failure);
            return;
        }
        offsets.forEach((partition, offset) -> {
            Lane lane = lanes.get(partition);
            if (lane != null) {
                lane.committed(offset.offset());
            }
        });
    }

    private static Map<TopicPartition, OffsetAndMetadata> toCommit(Map<TopicPartition, Lane> lanes) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        lanes.forEach((partition, lane) ->
                lane.toCommit().ifPresent(offset -> offsets.put(partition, new OffsetAndMetadata(offset))));
        return offsets;
    }

    private void release(Collection<TopicPartition> partitions, boolean stillOurs) throws InterruptedException {
        Map<TopicPartition, Lane> going = new HashMap<>();
        for (TopicPartition partition : partitions) {
            Lane lane = lanes.remove(partition);
            if (lane != null) {
                lane.close();
                going.put(partition, lane);
            }
        }
        if (going.isEmpty()) {
            return;
        }
        if (stillOurs) {
            awaitFinished(new ArrayList<>(going.values()));
            commitNow(toCommit(going));
        }
        notices.lost(named(going.keySet()));
    }

    private void awaitFinished(List<Lane> going) throws InterruptedException {
        long deadline = System.nanoTime() + limits.drain().toNanos();
        long left = limits.drain().toNanos();
        while (left > 0 && going.stream().anyMatch(lane -> lane.inFlight() > 0)) {
            deliveries.settle(Duration.ofNanos(Math.min(left, LONG_POLL.toNanos())));
            left = deadline - System.nanoTime();
        }
    }

    private void commitNow(Map<TopicPartition, OffsetAndMetadata> offsets) {
        if (offsets.isEmpty()) {
            return;
        }
        try {
            consumer.commitSync(offsets, LAST_CALLS);
        } catch (RuntimeException failure) {
            LOG.warn("the last commit failed, events will be delivered again: {}", KafkaFailure.reasonOf(failure));
        }
    }

    private Set<Partition> named(Collection<TopicPartition> partitions) {
        Set<Partition> names = new LinkedHashSet<>();
        for (TopicPartition partition : partitions) {
            Topic topic = topics.get(partition.topic());
            if (topic != null) {
                names.add(new Partition(topic, partition.partition()));
            }
        }
        return names;
    }

    /** Told when partitions came and went. */
    interface Notices {
        void assigned(Set<Partition> partitions);

        void lost(Set<Partition> partitions);
    }
}
