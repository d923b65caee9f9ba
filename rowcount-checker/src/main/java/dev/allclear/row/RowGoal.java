package dev.allclear.row;

import java.util.Optional;

/** How many rows there should be. */
sealed interface RowGoal {
    String says();

    boolean needsBefore();

    /** The range the count should be in; empty when it takes a count from before and there is none. */
    Optional<Range> range(Optional<Long> before);

    /** As many as before, plus so many; negative for fewer. */
    record Relative(long change) implements RowGoal {
        @Override
        public String says() {
            return change == 0 ? "unchanged" : "change " + (change > 0 ? "+" : "") + Numbers.text(change);
        }

        @Override
        public boolean needsBefore() {
            return true;
        }

        @Override
        public Optional<Range> range(Optional<Long> before) {
            return before.map(count -> new Range(count + change, count + change));
        }
    }

    /** A number known beforehand, or a range of it. */
    record Absolute(long least, long most) implements RowGoal {
        public Absolute {
            if (least < 0 || most < least) {
                throw new IllegalArgumentException("no number of rows is from " + least + " to " + most);
            }
        }

        @Override
        public String says() {
            return new Range(least, most).toString();
        }

        @Override
        public boolean needsBefore() {
            return false;
        }

        @Override
        public Optional<Range> range(Optional<Long> before) {
            return Optional.of(new Range(least, most));
        }
    }

    /** From {@code least} to {@code most}, both included. */
    record Range(long least, long most) {
        /** How far outside a count is; 0 inside. */
        long distance(long count) {
            return count < least ? least - count : Math.max(0, count - most);
        }

        @Override
        public String toString() {
            if (least == most) {
                return Numbers.text(least);
            }
            return most == Long.MAX_VALUE
                    ? "at least " + Numbers.text(least)
                    : Numbers.text(least) + " to " + Numbers.text(most);
        }
    }
}
