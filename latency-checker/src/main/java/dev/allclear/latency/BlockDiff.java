package dev.allclear.latency;

import dev.allclear.model.Severity;
import java.util.Optional;

/** How many shared blocks (of 8 kB) one execution touches, before and after. The same number on a loaded and an idle machine. Pure. */
record BlockDiff(long before, long after) {
    static final double WARNING_RATIO = 1.5;
    static final double ERROR_RATIO = 3;
    static final long ERROR_RISE = 1_000;
    /** Fewer blocks more than this are a page split or a deeper index, not a regression. */
    static final long WARNING_RISE = 16;

    /** Empty when either was not executed. */
    static Optional<BlockDiff> of(Probe before, Probe after) {
        return before.leastBlocks().isPresent() && after.leastBlocks().isPresent()
                ? Optional.of(new BlockDiff(
                        before.leastBlocks().getAsLong(), after.leastBlocks().getAsLong()))
                : Optional.empty();
    }

    double ratio() {
        return (double) after / Math.max(before, 1);
    }

    Optional<Severity> severity() {
        long rise = after - before;
        if (ratio() >= ERROR_RATIO && rise >= ERROR_RISE) {
            return Optional.of(Severity.ERROR);
        }
        return ratio() >= WARNING_RATIO && rise >= WARNING_RISE ? Optional.of(Severity.WARNING) : Optional.empty();
    }
}
