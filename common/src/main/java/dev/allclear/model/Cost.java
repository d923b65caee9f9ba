package dev.allclear.model;

import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a check itself cost the database.
 *
 * @param databaseTime measured by the client: an upper bound of the time the server worked for us
 * @param blocks how many blocks of tables and indexes its own reading took, where the check measures that
 */
public record Cost(Duration databaseTime, long queries, Optional<Long> blocks) {
    public static final Cost NONE = new Cost(Duration.ZERO, 0);

    public Cost {
        if (databaseTime.isNegative() || queries < 0 || blocks.orElse(0L) < 0) {
            throw new IllegalArgumentException(
                    "a cost cannot be negative: " + databaseTime + ", " + queries + " queries, " + blocks + " blocks");
        }
    }

    public Cost(Duration databaseTime, long queries) {
        this(databaseTime, queries, Optional.empty());
    }

    public Cost plus(Cost other) {
        return new Cost(
                databaseTime.plus(other.databaseTime),
                queries + other.queries,
                Stream.of(blocks, other.blocks).flatMap(Optional::stream).reduce(Long::sum));
    }

    /** The same with so many blocks read. */
    public Cost withBlocks(long some) {
        return new Cost(databaseTime, queries, Optional.of(some));
    }
}
