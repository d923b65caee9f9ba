package dev.allclear.kafka;

import dev.allclear.config.KafkaConfig;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A consumer and the one event that is being dealt with. Belongs to the thread of its {@link TurnLoop}. */
final class Turns implements ConsumerRebalanceListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TurnLoop.class);
    private static final int MOST_WAITING = 500;
    private static final Duration SHORT_POLL = Duration.ofMillis(10);
    private static final Duration LONG_POLL = Duration.ofMillis(200);
    private static final Duration LAST_CALLS = Duration.ofSeconds(3);
    private static final Duration SOON = Duration.ofSeconds(2);
    private static final Duration HURRY = Duration.ofSeconds(6);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

    private final Map<String, Topic> topics = new HashMap<>();
    private final TurnHandler handler;
    private final Clock clock;
    private final LoopMeters meters;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Deque<ConsumerRecord<byte[], byte[]>> waiting = new ArrayDeque<>();
    private final Map<TopicPartition, Long> recallUntil = new HashMap<>();
    private final Map<TopicPartition, OffsetAndMetadata> toCommit = new HashMap<>();
    private @Nullable UnderWay underWay;
    private @Nullable Future<Void> aside;
    private long notBeforeNanos;
    private long movedNanos;

    private record UnderWay(ConsumerRecord<byte[], byte[]> record, Future<Void> outcome) {}

    Turns(KafkaConfig config, String group, Set<Topic> topics, TurnHandler handler, Clock clock, LoopMeters meters) {
        topics.forEach(topic -> this.topics.put(topic.nameWith(config.topicPrefix()), topic));
        this.handler = handler;
        this.clock = clock;
        this.meters = meters;
        this.notBeforeNanos = System.nanoTime();
        this.consumer = new KafkaConsumer<>(
                ClientSettings.member(config, group), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        consumer.subscribe(this.topics.keySet(), this);
    }

    void turn() {
        consumer.poll(mayMoveSoon() ? SHORT_POLL : LONG_POLL).forEach(waiting::add);
        settle();
        if (commit()) {
            begin();
        }
        if (waiting.size() > MOST_WAITING) {
            consumer.pause(consumer.assignment());
        } else if (!consumer.paused().isEmpty()) {
            consumer.resume(consumer.paused());
        }
    }

    /** What has taken long already need not be looked at so often. */
    private boolean mayMoveSoon() {
        boolean isBusy = underWay != null || aside != null || !waiting.isEmpty();
        return isBusy && System.nanoTime() - movedNanos < SOON.toNanos();
    }

    /** Whether everything that was published by now has been dealt with. */
    boolean isCaughtUp() {
        if (underWay != null || aside != null || !waiting.isEmpty() || !toCommit.isEmpty()) {
            return false;
        }
        Set<TopicPartition> assigned = consumer.assignment();
        return !assigned.isEmpty()
                && consumer.endOffsets(assigned).entrySet().stream()
                        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    /** Lets what is under way come to an end soon, and commits it when it did. */
    void finish() throws InterruptedException {
        if (underWay != null || aside != null) {
            handler.hurry();
        }
        long deadline = System.nanoTime() + HURRY.toNanos();
        while ((isPending(underWay) || (aside != null && !aside.isComplete())) && System.nanoTime() - deadline < 0) {
            java.util.concurrent.TimeUnit.MILLISECONDS.sleep(5);
        }
        settle();
        commit();
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        if (handler.memory().isZero() || partitions.isEmpty()) {
            return;
        }
        Map<TopicPartition, Long> since = new HashMap<>();
        long from = clock.instant().minus(handler.memory()).toEpochMilli();
        consumer.committed(Set.copyOf(partitions)).forEach((partition, committed) -> {
            if (committed != null) {
                recallUntil.put(partition, committed.offset());
                since.put(partition, from);
            }
        });
        Map<TopicPartition, OffsetAndTimestamp> beginnings = consumer.offsetsForTimes(since);
        beginnings.forEach((partition, beginning) -> {
            if (beginning != null && beginning.offset() < recallUntil.getOrDefault(partition, 0L)) {
                consumer.seek(partition, beginning.offset());
            }
        });
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        if (concerns(partitions)) {
            try {
                finish();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        onPartitionsLost(partitions);
    }

    /** Already somebody else's: nothing of it may be committed. */
    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        if (concerns(partitions)) {
            handler.hurry();
            underWay = null;
        }
        waiting.removeIf(record -> partitions.contains(partitionOf(record)));
        for (TopicPartition partition : partitions) {
            toCommit.remove(partition);
            recallUntil.remove(partition);
            Topic topic = topics.get(partition.topic());
            if (topic != null) {
                handler.lost(new Partition(topic, partition.partition()));
            }
        }
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(LAST_CALLS));
    }

    private boolean concerns(Collection<TopicPartition> partitions) {
        return underWay != null && partitions.contains(partitionOf(underWay.record()));
    }

    private void settle() {
        if (aside != null && aside.isComplete()) {
            aside = null;
        }
        UnderWay one = underWay;
        if (one == null || isPending(one)) {
            return;
        }
        underWay = null;
        if (one.outcome().succeeded()) {
            done(one.record());
        } else {
            LOG.debug(
                    "{}@{} is handed over again",
                    one.record().topic(),
                    one.record().offset(),
                    one.outcome().cause());
            waiting.addFirst(one.record());
            notBeforeNanos = System.nanoTime() + PAUSE_AFTER_FAILURE.toNanos();
        }
    }

    /** Nothing is begun before what was finished is committed, else a crash would repeat more than one event. */
    private boolean commit() {
        if (toCommit.isEmpty()) {
            return true;
        }
        try {
            consumer.commitSync(toCommit, LAST_CALLS);
            toCommit.clear();
            return true;
        } catch (RuntimeException failure) {
            LOG.warn("a commit failed and is tried again: {}", KafkaFailure.reasonOf(failure));
            return false;
        }
    }

    private void begin() {
        while (underWay == null && aside == null && !waiting.isEmpty() && System.nanoTime() - notBeforeNanos >= 0) {
            take(waiting.removeFirst());
        }
        if (underWay == null && aside == null && waiting.isEmpty() && hasRecalled()) {
            aside = handler.between().orElse(null);
        }
    }

    private boolean hasRecalled() {
        return recallUntil.entrySet().stream().allMatch(until -> consumer.position(until.getKey()) >= until.getValue());
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        Topic topic = topics.get(record.topic());
        if (topic == null) {
            return;
        }
        Decoded decoded = ReceivedEvent.decode(record);
        if (!(decoded instanceof Decoded.Event event)) {
            meters.poison(topic);
            LOG.warn("{}-{}@{} is not an event and is skipped", record.topic(), record.partition(), record.offset());
            done(record);
            return;
        }
        ReceivedEvent received = ReceivedEvent.of(event, new Partition(topic, record.partition()), record);
        if (record.offset() < recallUntil.getOrDefault(partitionOf(record), 0L)) {
            handler.recall(received);
            return;
        }
        meters.received(topic);
        movedNanos = System.nanoTime();
        underWay = new UnderWay(record, outcomeOf(received));
    }

    private Future<Void> outcomeOf(ReceivedEvent event) {
        try {
            return handler.handle(event);
        } catch (RuntimeException failure) {
            LOG.error(
                    "handling an event of run {} fails and is tried again",
                    event.event().run(),
                    failure);
            return Future.failedFuture(failure);
        }
    }

    private void done(ConsumerRecord<byte[], byte[]> record) {
        TopicPartition partition = partitionOf(record);
        if (record.offset() >= recallUntil.getOrDefault(partition, 0L)) {
            toCommit.put(partition, new OffsetAndMetadata(record.offset() + 1));
        }
    }

    private static boolean isPending(@Nullable UnderWay one) {
        return one != null && !one.outcome().isComplete();
    }

    private static TopicPartition partitionOf(ConsumerRecord<byte[], byte[]> record) {
        return new TopicPartition(record.topic(), record.partition());
    }
}
