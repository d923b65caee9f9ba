package dev.allclear.log;

import java.time.Instant;
import java.util.Optional;

/**
 * One entry of a log, which may span several lines.
 *
 * @param time its own, or that of the entry before it; empty while no line has told one
 * @param isStamped whether the time is its own
 * @param position the byte at which it begins in its file
 */
public record LogRecord(Optional<Instant> time, boolean isStamped, long position, String text) {}
