package dev.allclear.row;

import dev.allclear.model.Excerpt;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** No two rows of the table have the same values in the columns; rows where one of them is null are not compared, as in SQL. */
record Unique(String table, List<String> columns) implements TableExpectation {
    Unique {
        columns = List.copyOf(columns);
    }

    @Override
    public String says() {
        return "unique: " + named();
    }

    @Override
    public boolean needsBefore() {
        return false;
    }

    /** Rows too many: of three rows with the same values, two. */
    @Override
    public String countSql(List<Column> columns, int parameter) {
        String values = values(columns);
        String counted = columns.size() == 1 ? values : "(" + values + ")";
        String complete = complete(columns);
        return "count(*) FILTER (WHERE " + complete + ") - count(DISTINCT " + counted + ") FILTER (WHERE " + complete
                + ")";
    }

    @Override
    public List<Object> parameters() {
        return List.of();
    }

    @Override
    public Optional<String> suspectsSql(Relation relation, List<Column> columns, int parameter) {
        String values = values(columns);
        return Optional.of("(" + values + ") IN (SELECT " + values + " FROM " + relation.sql() + " WHERE "
                + complete(columns) + " GROUP BY " + values + " HAVING count(*) > 1)");
    }

    @Override
    public Judgement judge(Relation relation, long total, long counted, Optional<Long> before) {
        if (total == 0) {
            return Judgement.noRows(relation, "no duplicates");
        }
        return counted == 0
                ? Judgement.holds(
                        "no duplicates",
                        0,
                        relation + ": no two of " + Numbers.rows(total) + " have the same " + named())
                : new Judgement(
                        Judgement.Kind.DUPLICATES,
                        "no duplicates",
                        counted,
                        0,
                        counted,
                        relation + ": " + Numbers.rows(counted) + " too many of " + Numbers.text(total) + " have the "
                                + named() + " of another row");
    }

    String named() {
        String names = columns.stream().map(Excerpt::of).collect(Collectors.joining(", "));
        return columns.size() == 1 ? names : "(" + names + ")";
    }

    private static String values(List<Column> columns) {
        return columns.stream().map(Column::sql).collect(Collectors.joining(", "));
    }

    private static String complete(List<Column> columns) {
        return columns.stream().map(column -> column.sql() + " IS NOT NULL").collect(Collectors.joining(" AND "));
    }
}
