package dev.allclear.aggregator.stream;

import java.time.Duration;
import java.time.Instant;

/**
 * How much one partition may set aside, so that a flood of garbage does not fill the topic of dead letters as well: above the limit of a
 * minute it opens, and nothing passes until a whole minute has stayed below it. Pure but for what it remembers.
 */
final class DeadLetterLimit {
    static final Duration WINDOW = Duration.ofMinutes(1);
    static final int MOST = 1_000;
    static final long MOST_BYTES = 64L << 20;

    private Instant windowSince;
    private int count;
    private long bytes;
    private boolean open;
    private boolean wasQuiet;
    private long withheld;

    DeadLetterLimit(Instant now) {
        this.windowSince = now;
    }

    /** What becomes of a record that is to be set aside. */
    enum Passage {
        PASSES,
        /** It is withheld, and it is the first. */
        OPENS,
        WITHHELD
    }

    Passage next(int size, Instant now) {
        turn(now);
        count++;
        bytes += size;
        if (open) {
            withheld++;
            return Passage.WITHHELD;
        }
        if (count <= MOST && bytes <= MOST_BYTES) {
            return Passage.PASSES;
        }
        open = true;
        withheld = 1;
        return Passage.OPENS;
    }

    /** Whether a whole minute that stayed below the limit has ended since this was last asked. */
    boolean wasQuiet(Instant now) {
        turn(now);
        boolean quiet = wasQuiet;
        wasQuiet = false;
        return quiet;
    }

    /** How many were withheld since it last opened. */
    long withheld() {
        return withheld;
    }

    /** A clock that was set back begins a window anew. */
    private void turn(Instant now) {
        boolean isOver = !now.isBefore(windowSince.plus(WINDOW));
        if (isOver) {
            wasQuiet = count <= MOST && bytes <= MOST_BYTES;
            open &= !wasQuiet;
        }
        if (isOver || now.isBefore(windowSince)) {
            windowSince = now;
            count = 0;
            bytes = 0;
        }
    }
}
