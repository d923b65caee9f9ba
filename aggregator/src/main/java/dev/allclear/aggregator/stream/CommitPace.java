package dev.allclear.aggregator.stream;

import java.time.Duration;

/**
 * When to ask for a commit ahead of the usual interval: as soon as something was said, so that it is seen at once. But commits never take
 * more than a fifth of the time: where the broker is slow, or a backlog is worked off, one that follows another too soon would leave none
 * for the records, and what is said last would come later and later. One for all partitions of an instance, which commit together.
 */
final class CommitPace {
    private static final long APART_NANOS = Duration.ofMillis(20).toNanos();
    private static final int REST_PER_COST = 4;

    private long asked;
    private long allowed;
    private boolean waiting;

    CommitPace(long nanos) {
        asked = nanos;
        allowed = nanos;
    }

    /**
     * Whether to commit now. To be asked after every record and, when there are none, every few milliseconds: what passes after a commit
     * was asked for, until this is asked again, is what it took.
     *
     * @param owed whether something was said and is not committed yet
     */
    synchronized boolean isDue(boolean owed, long nanos) {
        if (waiting) {
            waiting = false;
            long cost = nanos - asked;
            allowed = Math.max(asked + APART_NANOS, nanos + REST_PER_COST * cost);
        }
        if (!owed || nanos - allowed < 0) {
            return false;
        }
        asked = nanos;
        waiting = true;
        return true;
    }
}
