package dev.allclear.aggregator.stream;

import java.time.Duration;

/**
 * When to ask for a commit ahead of the usual interval: as soon as something was said, so that it is seen at once; but neither too often
 * nor while a backlog is worked off, where small transactions would take most of the time.
 */
final class CommitPace {
    static final long APART_NANOS = Duration.ofMillis(20).toNanos();
    static final int BACKLOG = 100;

    private long windowBegan;
    private long committed;
    private int records;
    private boolean busy;
    private boolean owed;

    CommitPace(long nanos) {
        windowBegan = nanos - APART_NANOS;
        committed = nanos - APART_NANOS;
    }

    /** A record has been dealt with; whether to commit now. */
    boolean after(boolean saidSomething, long nanos) {
        owed |= saidSomething;
        records++;
        if (nanos - windowBegan >= APART_NANOS) {
            busy = records > BACKLOG;
            records = 0;
            windowBegan = nanos;
        }
        boolean now = owed && !busy && records <= BACKLOG && nanos - committed >= APART_NANOS;
        if (now) {
            committed = nanos;
            owed = false;
        }
        return now;
    }
}
