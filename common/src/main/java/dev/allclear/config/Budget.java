package dev.allclear.config;

import java.time.Duration;

/**
 * How much one check may ask of a database in one run.
 *
 * @param databaseTime the sum of its statements' times
 * @param statementTimeout the longest a single statement may run, on the server and on the client
 * @param lockTimeout the longest a statement may wait for a lock
 */
public record Budget(Duration databaseTime, Duration statementTimeout, Duration lockTimeout) {
    public static final Budget DEFAULT =
            new Budget(Duration.ofSeconds(10), Duration.ofSeconds(2), Duration.ofMillis(100));

    static Budget read(Section section) {
        Budget budget = new Budget(
                section.duration("database-time", DEFAULT.databaseTime),
                section.duration("statement-timeout", DEFAULT.statementTimeout),
                section.duration("lock-timeout", DEFAULT.lockTimeout));
        section.rejectOtherKeys();
        return budget;
    }
}
