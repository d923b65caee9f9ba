package dev.allclear.row;

/** How far a count may be off and still be accepted: a number of rows, and a percentage of the expected number. */
record Tolerance(long rows, double percent) {
    static final Tolerance NONE = new Tolerance(0, 0);

    Tolerance {
        if (rows < 0 || !(percent >= 0 && percent <= 100)) {
            throw new IllegalArgumentException("a tolerance is a number of rows, or from 0% to 100%");
        }
    }

    boolean allows(long distance, RowGoal.Range expected) {
        long nearest = Math.max(0, expected.least());
        return distance <= Math.max(rows, (long) Math.floor(nearest * percent / 100));
    }

    @Override
    public String toString() {
        return percent > 0 ? percent + "%" : Numbers.rows(rows);
    }
}
