package dev.allclear.row;

import java.util.List;
import java.util.Optional;

/** One thing a run declares about the rows of a table. Knows what to count and how to judge it; holds names as they were written. */
sealed interface Expectation permits Filled, RowCount {
    /** The table's name as written. */
    String table();

    /** The column's name as written, where it is about one. */
    Optional<String> column();

    /** It in the words of its author, such as {@code filled: currency}. */
    String says();

    /** Whether it can be judged only against a count from before the migration. */
    boolean needsBefore();

    /**
     * The aggregate that counts the rows in question.
     *
     * @param column what {@link #column()} turned out to mean
     * @param parameter the number of the first parameter that {@link #parameters()} will be bound to
     */
    String countSql(Optional<Column> column, int parameter);

    List<Object> parameters();

    /** Compares what was counted; {@code before} is the count of the same definition at the start. */
    Judgement judge(Relation relation, long total, long counted, Optional<Long> before);
}
