package dev.allclear.aggregator.console.history;

import dev.allclear.model.DatabaseName;
import dev.allclear.model.Decision;
import java.time.Instant;
import java.util.Optional;

/**
 * Which runs a list is to show, newest first.
 *
 * @param decision with this final verdict; with {@code open} instead those without a final one
 * @param before older than this
 * @param since first heard of at this time or later
 */
public record RunFilter(
        Optional<DatabaseName> database,
        Optional<Decision> decision,
        boolean open,
        Optional<Position> before,
        Optional<Instant> since,
        int limit) {
    public static final int MOST = 500;
    public static final RunFilter NEWEST =
            new RunFilter(Optional.empty(), Optional.empty(), false, Optional.empty(), Optional.empty(), 50);

    public RunFilter {
        if (limit < 1 || limit > MOST) {
            throw new IllegalArgumentException("limit must be a whole number from 1 to " + MOST);
        }
    }

    /** The newest runs of one database. */
    public static RunFilter of(DatabaseName database, int limit) {
        return new RunFilter(Optional.of(database), Optional.empty(), false, Optional.empty(), Optional.empty(), limit);
    }

    boolean takes(RunEntry run) {
        Optional<Decision> said = run.decided().filter(Decided::isFinal).map(Decided::decision);
        return run.isKnown()
                && database.map(run.key().database()::equals).orElse(true)
                && (!open || said.isEmpty())
                && (decision.isEmpty() || decision.equals(said));
    }
}
