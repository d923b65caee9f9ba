package dev.allclear.aggregator.stream;

import java.time.Duration;
import java.time.Instant;

/**
 * Whether a partition still reads what has piled up: after it was taken over, after a standstill (a frozen process, a broker that was
 * away, a commit that took its time), and whenever what is read was written a while ago. Until then no deadline passes in it: the missing
 * answers may be there and only unread. It is over when records cease for a moment, and soon in any case. Pure but for what it remembers.
 */
final class CatchUp {
    /** After a takeover on a busy machine the first answers have come as late as five seconds after the ledger that waits for them. */
    static final Duration LEAST = Duration.ofSeconds(10);

    static final Duration MOST = Duration.ofSeconds(30);
    /** While records of long ago are being read, which a live aggregator has behind it sooner or later, more than for what just comes. */
    static final Duration MOST_BEHIND = Duration.ofMinutes(2);
    /** Ticks that far apart are no ticks; records that old have waited. */
    static final Duration LATE = Duration.ofSeconds(2);

    private Instant begun;
    private Instant asked;
    private long ticks;
    private boolean heard;
    private boolean heardLate;
    private boolean over;

    CatchUp(Instant begun) {
        this.begun = begun;
        this.asked = begun;
    }

    /**
     * A record came.
     *
     * @param written when its topic took it
     */
    void hear(Instant written, Instant now) {
        heard = true;
        heardLate |= written.isBefore(now.minus(LATE));
    }

    /** Asked once a tick. Counts ticks beside the time, because a clock may be set back. */
    boolean isOver(Instant now) {
        if (now.isAfter(asked.plus(LATE)) || (over && heardLate)) {
            begun = now;
            ticks = 0;
            over = false;
        }
        asked = now;
        ticks++;
        boolean rested = !heard && hasLasted(LEAST, now);
        over |= rested || hasLasted(heardLate ? MOST_BEHIND : MOST, now);
        heard = false;
        heardLate = false;
        return over;
    }

    private boolean hasLasted(Duration time, Instant now) {
        return ticks >= time.toMillis() / Intake.TICK.toMillis()
                || !begun.plus(time).isAfter(now);
    }
}
