package dev.allclear.aggregator.stream;

import java.time.Duration;
import java.time.Instant;

/**
 * Whether a partition that was just taken over still reads what had piled up meanwhile. Until then no deadline passes in it: the missing
 * answers may be there and only unread. It is over when records cease for a moment, and soon in any case.
 */
final class CatchUp {
    private static final Duration LEAST = Duration.ofMillis(1_500);
    private static final Duration MOST = Duration.ofSeconds(20);
    private static final int LEAST_TICKS = (int) (LEAST.toMillis() / Intake.TICK.toMillis());
    private static final int MOST_TICKS = (int) (MOST.toMillis() / Intake.TICK.toMillis());

    private final Instant begun;
    private int ticks;
    private boolean heard;
    private boolean over;

    CatchUp(Instant begun) {
        this.begun = begun;
    }

    /** A record came. */
    void hear() {
        heard = true;
    }

    /** Asked once a tick. Counts ticks beside the time, because a clock may be set back. */
    boolean isOver(Instant now) {
        ticks++;
        boolean rested = !heard && (ticks >= LEAST_TICKS || !begun.plus(LEAST).isAfter(now));
        over |= rested || ticks >= MOST_TICKS || !begun.plus(MOST).isAfter(now);
        heard = false;
        return over;
    }
}
