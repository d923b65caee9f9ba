package dev.allclear.aggregator.stream;

import java.time.Duration;

/**
 * When to ask for a commit ahead of the usual interval: as soon as something was said, so that it is seen at once. But commits never take
 * more than a fifth of the time: where the broker is slow, or a backlog is worked off, one that follows another too soon would leave none
 * for the records, and what is said last would come later and later. One for all partitions of an instance, which commit together.
 */
final class CommitPace {
    private static final long APART_NANOS = Duration.ofMillis(20).toNanos();
    /** A commit takes longer, and the next record comes sooner. */
    private static final long STANDSTILL_NANOS = Duration.ofMillis(1).toNanos();

    private static final int REST_PER_COST = 4;

    private long asked;
    private long heard;
    private long allowed;
    private boolean waiting;

    CommitPace(long nanos) {
        asked = nanos;
        heard = nanos;
        allowed = nanos;
    }

    /**
     * Whether to commit now. To be asked after every record and, when there are none, every few milliseconds. A commit is carried out
     * some records after it was asked for: the first standstill between two calls is what it took, if a record follows; if none does,
     * nobody waits, and the standstill was for records to come.
     *
     * @param afterRecord whether a record was just read
     * @param owed whether something was said and is not committed yet
     */
    synchronized boolean isDue(boolean afterRecord, boolean owed, long nanos) {
        long stood = nanos - heard;
        heard = nanos;
        if (waiting && (stood >= STANDSTILL_NANOS || nanos - asked >= APART_NANOS)) {
            waiting = false;
            allowed = Math.max(asked + APART_NANOS, afterRecord ? nanos + REST_PER_COST * stood : nanos);
        }
        if (waiting || !owed || nanos - allowed < 0) {
            return false;
        }
        asked = nanos;
        waiting = true;
        return true;
    }
}
