package dev.allclear.row;

/**
 * How one expectation compares with what was counted.
 *
 * @param expected what the count should have been
 * @param missed rows without what they should have; 0 where it is only about a number of rows
 * @param sentence the answer for people, without a full stop
 */
record Judgement(Kind kind, String expected, long actual, long missed, String sentence) {
    /** The ways in which it can turn out. */
    enum Kind {
        HOLDS,
        /** Rows lack what they should have. */
        MISSED,
        /** The number of rows is not the expected one. */
        DEVIATES,
        /** The number of rows is not what the table had before and the migration should have made of it: others may have written too. */
        DEVIATES_FROM_BEFORE,
        /** There is no count from before to compare with. */
        NOTHING_TO_COMPARE
    }
}
