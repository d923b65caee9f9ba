package dev.allclear.row;

import java.util.List;
import java.util.Optional;

/** An expectation about the rows of one table: a number of them, counted in one statement together with the table's total. */
sealed interface TableExpectation extends Expectation permits Filled, RowCount, Unique {
    /** The table's name as written. */
    String table();

    /** The names of the columns that it is about, as written. */
    List<String> columns();

    @Override
    default List<String> tables() {
        return List.of(table());
    }

    /**
     * The aggregate that counts the rows in question.
     *
     * @param columns what {@link #columns()} turned out to mean
     * @param parameter the number of the first parameter that {@link #parameters()} will be bound to
     */
    String countSql(List<Column> columns, int parameter);

    List<Object> parameters();

    /** The condition that picks the rows which should not be there as they are, for examples of them; empty where none can be told. */
    Optional<String> suspectsSql(Relation relation, List<Column> columns, int parameter);

    /** Compares what was counted; {@code before} is the count of the same definition at the start. */
    Judgement judge(Relation relation, long total, long counted, Optional<Long> before);
}
