package dev.allclear.log;

import java.time.Instant;
import java.util.Optional;

/**
 * One entry of a log, which may span several lines.
 *
 * @param time its own, or that of the entry before it; empty while no line has told one
 * @param isStamped whether the time is its own
 * @param position the byte at which it begins in its file, or {@link #NOWHERE} where that tells nothing, as in a file that was packed
 */
public record LogRecord(Optional<Instant> time, boolean isStamped, long position, String text) {
    static final long NOWHERE = -1;

    /** Whether nothing tells when it was written, neither its time nor its place. */
    boolean isAdrift() {
        return time.isEmpty() && position == NOWHERE;
    }
}
