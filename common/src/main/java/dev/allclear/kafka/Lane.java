package dev.allclear.kafka;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;
import java.util.function.IntSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * One assigned partition: what was fetched and waits, what is being handled, what may be committed. Belongs to the polling thread;
 * a partition that goes and comes back gets a new lane, so that outcomes of the old one change nothing.
 */
final class Lane {
    private final Partition partition;
    private final InFlight inFlight = new InFlight();
    private final Deque<ConsumerRecord<byte[], byte[]>> waiting = new ArrayDeque<>();
    private int partitionCount;
    private long committed = -1;
    private boolean closed;

    Lane(Partition partition) {
        this.partition = partition;
    }

    Partition partition() {
        return partition;
    }

    /** How many partitions the topic has, asked once; when the answer fails, what waits goes on waiting. */
    int partitionCount(IntSupplier asked) {
        if (partitionCount == 0) {
            partitionCount = asked.getAsInt();
        }
        return partitionCount;
    }

    void add(ConsumerRecord<byte[], byte[]> record) {
        waiting.add(record);
    }

    boolean hasWaiting() {
        return !waiting.isEmpty();
    }

    /** The next record, now in flight; null when none waits or {@code limit} are in flight. */
    @Nullable
    ConsumerRecord<byte[], byte[]> begin(int limit) {
        if (inFlight.size() >= limit) {
            return null;
        }
        ConsumerRecord<byte[], byte[]> record = waiting.poll();
        if (record != null) {
            inFlight.begin(record.offset());
        }
        return record;
    }

    void finish(long offset) {
        inFlight.finish(offset);
    }

    int inFlight() {
        return inFlight.size();
    }

    /** The offset to commit, when it is not committed yet. */
    OptionalLong toCommit() {
        OptionalLong offset = inFlight.committable();
        return offset.isPresent() && offset.getAsLong() > committed ? offset : OptionalLong.empty();
    }

    void committed(long offset) {
        committed = Math.max(committed, offset);
    }

    /** Takes nothing more; what is in flight may still finish. */
    void close() {
        closed = true;
        waiting.clear();
    }

    boolean isClosed() {
        return closed;
    }
}
