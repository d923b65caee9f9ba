package dev.allclear.row;

import java.time.Duration;

/** What is known about others who write the tables in question: everybody but the migration. */
record Others(State state, Duration watched, Duration window) {
    /** From certain to none. */
    enum State {
        /** They were seen inserting or deleting after the migration. */
        WRITING,
        /** They were not seen, but may have made the difference before. */
        POSSIBLE,
        /** The total is as expected, but they wrote before and may have made up for what the migration lost. */
        COMPENSATING,
        /** The difference is not theirs. */
        UNLIKELY,
        /** They cannot be watched. */
        UNKNOWN
    }

    /** Why a total cannot be laid at the migration's door, or that it can. */
    String sentence() {
        return switch (state) {
            case WRITING ->
                "others still insert or delete rows after the migration, so their rows cannot be told from the migration's";
            case POSSIBLE ->
                "nobody else was seen writing for " + tenths(watched) + " s after the migration, but in the "
                        + tenths(window) + " s since the count before others may have written as many rows";
            case COMPENSATING ->
                "nobody else was seen writing for " + tenths(watched) + " s after the migration, but others had written"
                        + " shortly before it, and may in the " + tenths(window)
                        + " s since the count before have made up for rows that it lost";
            case UNLIKELY -> "nobody else was seen writing for " + tenths(watched) + " s after the migration";
            case UNKNOWN -> "whether others write meanwhile cannot be seen";
        };
    }

    /** Whether to watch on may settle it. */
    boolean isOpen() {
        return state == State.POSSIBLE || state == State.COMPENSATING;
    }

    boolean leaveItToTheMigration() {
        return state == State.UNLIKELY;
    }

    private static String tenths(Duration time) {
        return String.format(java.util.Locale.ROOT, "%.1f", time.toMillis() / 1000.0);
    }
}
