package dev.allclear.kafka;

import java.util.OptionalLong;
import java.util.TreeSet;

/**
 * The offsets of one partition that were begun and not finished. Events finish in any order, yet only what lies before the oldest
 * unfinished one may be committed: a restart then redelivers every unfinished event, and with it finished ones behind it. For one
 * thread.
 */
final class InFlight {
    private final TreeSet<Long> unfinished = new TreeSet<>();
    private long next = -1;

    /** @param offset greater than any begun before; gaps are normal (transaction markers, compaction) */
    void begin(long offset) {
        if (offset < next) {
            throw new IllegalArgumentException("offset " + offset + " was begun after " + (next - 1));
        }
        unfinished.add(offset);
        next = offset + 1;
    }

    void finish(long offset) {
        if (!unfinished.remove(offset)) {
            throw new IllegalArgumentException("offset " + offset + " is not in flight");
        }
    }

    int size() {
        return unfinished.size();
    }

    /** The offset from which a restart must read again; empty before anything was begun. */
    OptionalLong committable() {
        if (next < 0) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(unfinished.isEmpty() ? next : unfinished.first());
    }
}
