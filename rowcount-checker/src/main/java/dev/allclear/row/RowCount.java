package dev.allclear.row;

import dev.allclear.model.Excerpt;
import java.util.List;
import java.util.Optional;

/** The table has so many rows, or so many of those where a column equals a value. */
record RowCount(String table, Optional<Where> where, RowGoal goal, Tolerance tolerance) implements Expectation {
    /** Which rows to count: those whose column equals a value, given as text and converted to the column's type by the server. */
    record Where(String column, String equals) {}

    @Override
    public Optional<String> column() {
        return where.map(Where::column);
    }

    @Override
    public String says() {
        return "rows: " + goal.says() + suffix() + (tolerance.equals(Tolerance.NONE) ? "" : ", tolerance " + tolerance);
    }

    @Override
    public boolean needsBefore() {
        return goal.needsBefore();
    }

    @Override
    public String countSql(Optional<Column> column, int parameter) {
        return column.map(
                        of -> "count(*) FILTER (WHERE " + of.sql() + " = $" + parameter + "::text::" + of.type() + ")")
                .orElse("count(*)");
    }

    @Override
    public List<Object> parameters() {
        return where.<List<Object>>map(filter -> List.of(filter.equals())).orElse(List.of());
    }

    @Override
    public Judgement judge(Relation relation, long total, long counted, Optional<Long> before) {
        String subject = relation + suffix() + ": " + Numbers.rows(counted);
        Optional<RowGoal.Range> range = goal.range(before);
        if (range.isEmpty()) {
            return new Judgement(
                    Judgement.Kind.NOTHING_TO_COMPARE, goal.says(), counted, 0, subject + ", before unknown");
        }
        long distance = range.get().distance(counted);
        String expected = range.get().toString();
        String limit = ", expected " + expected
                + before.filter(count -> needsBefore())
                        .map(count -> " (" + Numbers.text(count) + " before, " + goal.says() + ")")
                        .orElse("");
        if (distance == 0) {
            return new Judgement(Judgement.Kind.HOLDS, expected, counted, 0, subject + limit);
        }
        if (tolerance.allows(distance, range.get())) {
            return new Judgement(Judgement.Kind.HOLDS, expected, counted, 0, subject + limit + ", within " + tolerance);
        }
        // Rows bounded by a condition are the migration's own affair; the table's total is also everybody else's.
        Judgement.Kind kind =
                needsBefore() && where.isEmpty() ? Judgement.Kind.DEVIATES_FROM_BEFORE : Judgement.Kind.DEVIATES;
        return new Judgement(
                kind,
                expected,
                counted,
                0,
                subject + limit + "; " + Numbers.text(distance) + " off, allowed " + tolerance);
    }

    private String suffix() {
        return where.map(filter -> " where " + Excerpt.of(filter.column()) + " = " + Excerpt.of(filter.equals(), 40))
                .orElse("");
    }
}
