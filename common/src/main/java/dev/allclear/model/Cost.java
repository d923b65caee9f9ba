package dev.allclear.model;

import java.time.Duration;

/** What a check itself cost the database, measured by the client: an upper bound of the time the server worked for us. */
public record Cost(Duration databaseTime, long queries) {
    public static final Cost NONE = new Cost(Duration.ZERO, 0);

    public Cost {
        if (databaseTime.isNegative() || queries < 0) {
            throw new IllegalArgumentException(
                    "a cost cannot be negative: " + databaseTime + ", " + queries + " queries");
        }
    }

    public Cost plus(Cost other) {
        return new Cost(databaseTime.plus(other.databaseTime), queries + other.queries);
    }
}
