package dev.allclear.row;

import dev.allclear.model.Excerpt;
import dev.allclear.postgres.DatabaseFailure;
import dev.allclear.postgres.DatabaseFailure.Kind;
import dev.allclear.postgres.Visit;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Counts the rows of one table for all its expectations in one statement, so that traffic cannot come between the numbers. */
final class RowCounter {
    private static final int SHOWN_KEYS = 5;
    private final Visit visit;

    RowCounter(Visit visit) {
        this.visit = visit;
    }

    /** One reading for each expectation, all of which are about the same table. Never fails with {@link DatabaseFailure}. */
    Future<List<Reading>> count(Relation relation, List<Bound> bounds) {
        if (relation.readable() && relation.filtered()) {
            return Future.succeededFuture(
                    bounds.stream().<Reading>map(Reading.Hidden::new).toList());
        }
        return exact(relation, bounds).recover(cause -> {
            if (!(cause instanceof DatabaseFailure failure)) {
                return Future.failedFuture(cause);
            }
            // One value that cannot be converted spoils the statement; the others deserve an answer of their own.
            boolean apart = failure.kind() == Kind.STATEMENT_REFUSED && bounds.size() > 1;
            return InOrder.forEach(
                            bounds, bound -> apart ? count(relation, List.of(bound)) : second(relation, bound, failure))
                    .map(lists -> lists.stream().flatMap(List::stream).toList());
        });
    }

    private Future<List<Reading>> exact(Relation relation, List<Bound> bounds) {
        StringBuilder sql = new StringBuilder(
                "-- How many rows are there, and how many of them are as expected? Reads the whole table under ACCESS SHARE.\n"
                        + "SELECT count(*) AS total");
        List<Object> parameters = new ArrayList<>();
        for (int i = 0; i < bounds.size(); i++) {
            Bound bound = bounds.get(i);
            sql.append(", ").append(bound.expectation().countSql(bound.column(), parameters.size() + 1));
            sql.append(" AS c").append(i);
            parameters.addAll(bound.expectation().parameters());
        }
        sql.append(" FROM ").append(relation.sql());
        return visit.snapshot(tx -> tx.query(sql.toString(), parameters.toArray()))
                .map(rows -> {
                    List<Reading> readings = new ArrayList<>();
                    for (int i = 0; i < bounds.size(); i++) {
                        readings.add(new Reading.Exact(
                                bounds.get(i),
                                rows.get(0).number("total"),
                                rows.get(0).number("c" + i)));
                    }
                    return readings;
                });
    }

    /** What is cheaper than a count: whether any row lacks a value, which an index may answer at once. */
    private Future<List<Reading>> second(Relation relation, Bound bound, DatabaseFailure failure) {
        Reading silence = new Reading.Silence(bound, failure);
        Optional<Column> column = bound.column();
        if (!(bound.expectation() instanceof Filled)
                || column.isEmpty()
                || failure.kind() != Kind.TIMED_OUT
                || failure.isLockTimeout()) {
            return Future.succeededFuture(List.of(silence));
        }
        String sql = "-- Is there a row without a value? Reads up to the first one under ACCESS SHARE.\n"
                + "SELECT EXISTS (SELECT 1 FROM " + relation.sql() + " WHERE "
                + column.get().sql()
                + " IS NULL LIMIT 1) AS missed";
        return visit.snapshot(tx -> tx.query(sql))
                .map(rows -> List.<Reading>of(
                        new Reading.Coverage(bound, !rows.get(0).flag("missed"))))
                .recover(cause -> cause instanceof DatabaseFailure
                        ? Future.succeededFuture(List.of(silence))
                        : Future.failedFuture(cause));
    }

    /** Up to five primary keys of rows without a value; none when they may not be shown or the search takes too long. */
    Future<List<String>> missedKeys(Bound bound, boolean showAllKeys) {
        List<Column> key = bound.relation().primaryKey();
        Optional<Column> column = bound.column();
        if (key.isEmpty() || column.isEmpty() || !(showAllKeys || key.stream().allMatch(Column::isHarmlessAsKey))) {
            return Future.succeededFuture(List.of());
        }
        List<String> parts = key.stream().map(part -> part.sql() + "::text").toList();
        String sql = "-- Which rows lack a value? Reads up to the fifth under ACCESS SHARE.\n"
                + "SELECT ARRAY[" + String.join(", ", parts) + "] AS key FROM "
                + bound.relation().sql() + " WHERE " + column.get().sql() + " IS NULL LIMIT " + SHOWN_KEYS;
        return visit.snapshot(tx -> tx.query(sql))
                .map(rows -> rows.stream().map(row -> keyText(row.texts("key"))).toList())
                .recover(cause -> cause instanceof DatabaseFailure
                        ? Future.succeededFuture(List.of())
                        : Future.failedFuture(cause));
    }

    private static String keyText(List<String> parts) {
        List<String> shown = parts.stream().map(part -> Excerpt.of(part, 60)).toList();
        return shown.size() == 1 ? shown.get(0) : "(" + String.join(", ", shown) + ")";
    }
}
