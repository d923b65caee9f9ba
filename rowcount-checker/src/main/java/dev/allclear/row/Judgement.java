package dev.allclear.row;

import java.util.Optional;

/**
 * How one expectation compares with what was counted.
 *
 * @param expected what the count should have been
 * @param missed rows without what they should have; 0 where it is only about a number of rows
 * @param distance how many rows the count is off, tolerance not taken off
 * @param sentence the answer for people, without a full stop
 */
record Judgement(Kind kind, String expected, long actual, long missed, long distance, String sentence) {
    /** The ways in which it can turn out. */
    enum Kind {
        HOLDS,
        /** It holds, but of a table without rows: nothing was seen that could prove it. */
        NO_ROWS,
        /** Rows lack what they should have. */
        MISSED,
        /** Rows have what only one may have. */
        DUPLICATES,
        /** The number of rows is not the expected one. */
        DEVIATES,
        /** The number of rows is what it should be compared with before: unless others write too, and it is a coincidence. */
        AS_BEFORE,
        /** The number of rows is not what the table had before and the migration should have made of it: others may have written too. */
        DEVIATES_FROM_BEFORE,
        /** There is no count from before to compare with. */
        NOTHING_TO_COMPARE
    }

    /** Whether the expectation is met; empty where the count alone does not tell. */
    Optional<Boolean> isMet() {
        return switch (kind) {
            case HOLDS -> Optional.of(true);
            case MISSED, DUPLICATES, DEVIATES -> Optional.of(false);
            case NO_ROWS, AS_BEFORE, DEVIATES_FROM_BEFORE, NOTHING_TO_COMPARE -> Optional.empty();
        };
    }

    static Judgement holds(String expected, long actual, String sentence) {
        return new Judgement(Kind.HOLDS, expected, actual, 0, 0, sentence);
    }

    static Judgement noRows(Relation relation, String expected) {
        return new Judgement(Kind.NO_ROWS, expected, 0, 0, 0, relation + ": has no rows");
    }

    /** Of a total that everybody's writing changes. Only a declared tolerance makes it certain. */
    static Judgement comparedWithBefore(RowGoal.Range expected, long actual, Tolerance tolerance, String sentence) {
        long distance = expected.distance(actual);
        if (tolerance.allows(distance, expected)) {
            boolean exact = tolerance.equals(Tolerance.NONE);
            return new Judgement(
                    exact ? Kind.AS_BEFORE : Kind.HOLDS,
                    expected.toString(),
                    actual,
                    0,
                    distance,
                    distance == 0 ? sentence : sentence + ", within " + tolerance);
        }
        return new Judgement(
                Kind.DEVIATES_FROM_BEFORE,
                expected.toString(),
                actual,
                0,
                distance,
                sentence + "; " + Numbers.text(distance) + " off, allowed " + tolerance);
    }
}
