package dev.allclear.row;

import dev.allclear.model.Excerpt;
import java.util.List;
import java.util.Optional;

/** Every row of the table has a value in the column. */
record Filled(String table, String columnName) implements Expectation {
    @Override
    public Optional<String> column() {
        return Optional.of(columnName);
    }

    @Override
    public String says() {
        return "filled: " + Excerpt.of(columnName);
    }

    @Override
    public boolean needsBefore() {
        return false;
    }

    @Override
    public String countSql(Optional<Column> column, int parameter) {
        return "count(" + column.orElseThrow().sql() + ")";
    }

    @Override
    public List<Object> parameters() {
        return List.of();
    }

    @Override
    public Judgement judge(Relation relation, long total, long counted, Optional<Long> before) {
        long missed = total - counted;
        String column = Excerpt.of(columnName);
        String sentence = missed == 0
                ? relation + ": all " + Numbers.text(total) + " rows have " + column
                : relation + ": " + Numbers.text(counted) + " of " + Numbers.text(total) + " rows have " + column + " ("
                        + Numbers.text(missed) + " missed)";
        return new Judgement(
                missed == 0 ? Judgement.Kind.HOLDS : Judgement.Kind.MISSED,
                Numbers.text(total),
                counted,
                missed,
                sentence);
    }
}
