package dev.allclear.row;

import dev.allclear.model.Excerpt;
import java.util.List;
import java.util.Optional;

/** Every row of the table has a value in the column. */
record Filled(String table, String columnName) implements TableExpectation {
    @Override
    public List<String> columns() {
        return List.of(columnName);
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
    public String countSql(List<Column> columns, int parameter) {
        return "count(" + columns.get(0).sql() + ")";
    }

    @Override
    public List<Object> parameters() {
        return List.of();
    }

    @Override
    public Optional<String> suspectsSql(Relation relation, List<Column> columns, int parameter) {
        return Optional.of(columns.get(0).sql() + " IS NULL");
    }

    @Override
    public Judgement judge(Relation relation, long total, long counted, Optional<Long> before) {
        if (total == 0) {
            return Judgement.noRows(relation, "every row");
        }
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
                missed,
                sentence);
    }
}
