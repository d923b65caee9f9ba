package dev.allclear.row;

import java.util.List;

/** One thing a run declares about rows. Knows what to count and how to judge it; holds names as they were written. */
sealed interface Expectation permits TableExpectation, Conserved {
    /** The names of the tables that it is about, as written. */
    List<String> tables();

    /** It in the words of its author, such as {@code filled: currency}. */
    String says();

    /** Whether it can be judged only against a count from before the migration. */
    boolean needsBefore();
}
