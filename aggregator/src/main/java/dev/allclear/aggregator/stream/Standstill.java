package dev.allclear.aggregator.stream;

import java.time.Duration;
import java.time.Instant;

/**
 * Whether a partition has only just been taken over, or time has just stood still for it (a frozen process, a broker that was away, a
 * commit that took its time). Then no deadline passes for a while: whoever owes an answer may have been cut off by the same fault, and
 * needs a moment to deliver it. Pure but for what it remembers.
 */
final class Standstill {
    static final Duration REST = Duration.ofSeconds(10);
    /** Ticks that far apart are no ticks. */
    static final Duration LATE = Duration.ofSeconds(2);

    private Instant begun;
    private Instant asked;
    private long ticks;

    Standstill(Instant begun) {
        this.begun = begun;
        this.asked = begun;
    }

    /** Asked once a tick. Counts ticks beside the time, because a clock may be set back. */
    boolean isOver(Instant now) {
        if (now.isAfter(asked.plus(LATE))) {
            begun = now;
            ticks = 0;
        }
        asked = now;
        ticks++;
        return ticks >= REST.dividedBy(Intake.TICK) || !begun.plus(REST).isAfter(now);
    }
}
