package dev.allclear.row;

import dev.allclear.model.Excerpt;
import java.util.List;
import java.util.Optional;

/** The table has so many rows, or so many of those where a column equals a value. */
record RowCount(String table, Optional<Where> where, RowGoal goal, Tolerance tolerance) implements TableExpectation {
    /** Which rows to count: those whose column equals a value, given as text and converted to the column's type by the server. */
    record Where(String column, String equals) {}

    @Override
    public List<String> columns() {
        return where.map(Where::column).stream().toList();
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
    public String countSql(List<Column> columns, int parameter) {
        return columns.isEmpty() ? "count(*)" : "count(*) FILTER (WHERE " + condition(columns, parameter) + ")";
    }

    @Override
    public List<Object> parameters() {
        return where.<List<Object>>map(filter -> List.of(filter.equals())).orElse(List.of());
    }

    @Override
    public Optional<String> suspectsSql(Relation relation, List<Column> columns, int parameter) {
        return columns.isEmpty() ? Optional.empty() : Optional.of(condition(columns, parameter));
    }

    private static String condition(List<Column> columns, int parameter) {
        Column of = columns.get(0);
        return of.sql() + " = $" + parameter + "::text::" + of.type();
    }

    @Override
    public Judgement judge(Relation relation, long total, long counted, Optional<Long> before) {
        String subject = relation + suffix() + ": " + Numbers.rows(counted);
        Optional<RowGoal.Range> range = goal.range(before);
        if (range.isEmpty()) {
            return new Judgement(
                    Judgement.Kind.NOTHING_TO_COMPARE, goal.says(), counted, 0, 0, subject + ", before unknown");
        }
        String expected = range.get().toString();
        String sentence = subject + ", expected " + expected
                + before.filter(count -> needsBefore())
                        .map(count -> " (" + Numbers.text(count) + " before, " + goal.says() + ")")
                        .orElse("");
        // Rows bounded by a condition are the migration's own affair; the table's total is also everybody else's.
        if (needsBefore() && where.isEmpty()) {
            return Judgement.comparedWithBefore(range.get(), counted, tolerance, sentence);
        }
        long distance = range.get().distance(counted);
        if (!tolerance.allows(distance, range.get())) {
            return new Judgement(
                    Judgement.Kind.DEVIATES,
                    expected,
                    counted,
                    0,
                    distance,
                    sentence + "; " + Numbers.text(distance) + " off, allowed " + tolerance);
        }
        return where.isPresent() && total == 0
                ? Judgement.noRows(relation, expected)
                : Judgement.holds(expected, counted, distance == 0 ? sentence : sentence + ", within " + tolerance);
    }

    private String suffix() {
        return where.map(filter -> " where " + Excerpt.of(filter.column()) + " = " + Excerpt.of(filter.equals(), 40))
                .orElse("");
    }
}
