package dev.allclear.row;

import dev.allclear.model.Excerpt;
import dev.allclear.postgres.DatabaseFailure;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/** Names rows that are not as expected, by their keys, and says what those without a value have in common. */
final class MissedRows {
    private static final int SHOWN_KEYS = 5;

    private final Errand errand;
    private final boolean showAllKeys;

    MissedRows(Errand errand, boolean showAllKeys) {
        this.errand = errand;
        this.showAllKeys = showAllKeys;
    }

    /** Up to five primary keys; none when they may not be shown or the search takes too long. */
    Future<List<String>> keys(Bound bound) {
        List<Column> key = bound.relation().primaryKey();
        Optional<String> suspects = bound.suspectsSql(1);
        if (key.isEmpty() || suspects.isEmpty() || !(showAllKeys || key.stream().allMatch(Column::isHarmlessAsKey))) {
            return Future.succeededFuture(List.of());
        }
        List<String> parts = key.stream().map(part -> part.sql() + "::text").toList();
        String sql = "-- Which rows are not as expected? Reads up to the fifth under ACCESS SHARE.\n"
                + "SELECT ARRAY[" + String.join(", ", parts) + "] AS key FROM "
                + bound.relation().sql() + " WHERE " + suspects.get() + " LIMIT " + SHOWN_KEYS;
        Object[] parameters = bound.expectation().parameters().toArray();
        return errand.visit()
                .snapshot(tx -> tx.query(sql, parameters))
                .map(rows -> rows.stream().map(row -> keyText(row.texts("key"))).toList())
                .recover(MissedRows::orElse);
    }

    /** What tells the rows without a value from all others, where one column does; empty where none does or it takes too long. */
    Future<Optional<String>> pattern(Bound bound, Judgement judgement) {
        if (judgement.missed() < MissedPattern.FEWEST || judgement.actual() == 0) {
            return Future.succeededFuture(Optional.empty());
        }
        MissedPattern pattern = new MissedPattern(bound);
        if (pattern.candidates().isEmpty()) {
            return Future.succeededFuture(Optional.empty());
        }
        return errand.visit()
                .snapshot(tx -> tx.query(pattern.rangesSql()).compose(rows -> {
                    List<MissedPattern.Range> ranges = pattern.ranges(rows.get(0));
                    return ranges.isEmpty()
                            ? Future.succeededFuture(Optional.<String>empty())
                            : tx.query(pattern.othersSql(ranges), pattern.parameters(ranges))
                                    .map(others -> pattern.sentence(ranges, others.get(0)));
                }))
                .recover(cause -> cause instanceof DatabaseFailure
                        ? Future.succeededFuture(Optional.empty())
                        : Future.failedFuture(cause));
    }

    private static Future<List<String>> orElse(Throwable cause) {
        return cause instanceof DatabaseFailure ? Future.succeededFuture(List.of()) : Future.failedFuture(cause);
    }

    private static String keyText(List<String> parts) {
        List<String> shown = parts.stream().map(part -> Excerpt.of(part, 60)).toList();
        return shown.size() == 1 ? shown.get(0) : "(" + String.join(", ", shown) + ")";
    }
}
