package dev.allclear.log;

import java.time.Instant;
import java.util.Optional;

/**
 * One occurrence of an error.
 *
 * @param time empty where the log tells none
 * @param sinceCompletion whether the line was written after the scanner learned that the migration was over
 */
record Sighting(DatabaseError error, Optional<Instant> time, boolean sinceCompletion) {}
