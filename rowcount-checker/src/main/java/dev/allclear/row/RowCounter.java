package dev.allclear.row;

import dev.allclear.model.Cost;
import dev.allclear.postgres.DatabaseFailure;
import dev.allclear.postgres.DatabaseFailure.Kind;
import dev.allclear.postgres.SqlText;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Answers all expectations about one table, by the cheapest way that answers: what the catalog guarantees, what an index finds,
 * one pass in one statement, so that traffic cannot come between the numbers, and chunk by chunk where that would take too long.
 */
final class RowCounter {
    /** Up to so many rows a count is cheap enough to say how many there are. */
    private static final long CHEAP = 100_000;

    private final Errand errand;

    RowCounter(Errand errand) {
        this.errand = errand;
    }

    /** One reading for each expectation, all of which are about the same table. Never fails with {@link DatabaseFailure}. */
    Future<List<Reading>> count(Relation relation, List<Bound> bounds) {
        if (relation.readable() && relation.filtered()) {
            return Future.succeededFuture(bounds.stream()
                    .<Reading>map(bound -> new Reading.Hidden(bound, Effort.NONE))
                    .toList());
        }
        return size(relation)
                .compose(rows -> InOrder.forEach(groups(bounds, rows), group -> answer(relation, group, rows)))
                .map(lists -> lists.stream().flatMap(List::stream).toList())
                .recover(cause -> cause instanceof DatabaseFailure failure
                        ? Future.succeededFuture(silences(bounds, failure, Effort.NONE))
                        : Future.failedFuture(cause));
    }

    /** What is searched or sorted apart stands alone; the others are counted together. */
    private static List<List<Bound>> groups(List<Bound> bounds, long rows) {
        List<List<Bound>> groups = new ArrayList<>();
        List<Bound> together = new ArrayList<>();
        for (Bound bound : bounds) {
            if (bound.expectation() instanceof Unique || (rows > CHEAP && isProvable(bound))) {
                groups.add(List.of(bound));
            } else {
                together.add(bound);
            }
        }
        if (!together.isEmpty()) {
            groups.add(together);
        }
        return groups;
    }

    private static boolean isProvable(Bound bound) {
        return isSearchable(bound)
                && (!bound.columns().get(0).nullable()
                        || bound.relation().canSearch(bound.columns().get(0)));
    }

    /** Of a foreign table's column that is declared NOT NULL the planner answers by itself that no row is null. */
    private static boolean isSearchable(Bound bound) {
        return bound.expectation() instanceof Filled && !bound.relation().foreign();
    }

    private Future<List<Reading>> answer(Relation relation, List<Bound> group, long rows) {
        Bound first = group.get(0);
        if (first.expectation() instanceof Unique && relation.enforcesUnique(first.columns())) {
            return guaranteed(first).map(List::of);
        }
        if (rows > CHEAP && isProvable(first)) {
            Future<Reading> proof =
                    first.columns().get(0).nullable() ? searched(first, Strategy.INDEX_SEARCH) : guaranteed(first);
            return proof.compose(reading -> reading instanceof Reading.Proof proven && !proven.holds()
                    ? counted(relation, group, rows).map(readings -> numbersOr(reading, readings))
                    : Future.succeededFuture(List.of(reading)));
        }
        return counted(relation, group, rows);
    }

    /** Numbers say more than that something is missing; where there are none, that stands. */
    private static List<Reading> numbersOr(Reading proof, List<Reading> readings) {
        return readings.get(0) instanceof Reading.Silence ? List.of(proof) : readings;
    }

    private Future<List<Reading>> counted(Relation relation, List<Bound> group, long rows) {
        Cost before = errand.visit().cost();
        return rows > errand.limits().onePass()
                ? inChunks(relation, group, rows, before, tooLarge(relation, rows))
                : errand.visit()
                        .snapshot(new CountStatement(relation, group)::whole)
                        .map(numbers -> exact(
                                group,
                                numbers,
                                0,
                                effort(
                                        numbers.parallel() ? Strategy.PARALLEL_PASS : Strategy.ONE_PASS,
                                        before,
                                        Optional.of(numbers.blocks()),
                                        group.size())))
                        .recover(cause -> otherwise(relation, group, rows, before, cause));
    }

    private Future<List<Reading>> otherwise(
            Relation relation, List<Bound> group, long rows, Cost before, Throwable cause) {
        if (!(cause instanceof DatabaseFailure failure)) {
            return Future.failedFuture(cause);
        }
        // One value that cannot be converted spoils the statement; the others deserve an answer of their own.
        if (failure.kind() == Kind.STATEMENT_REFUSED && group.size() > 1) {
            return InOrder.forEach(group, bound -> counted(relation, List.of(bound), rows))
                    .map(lists -> lists.stream().flatMap(List::stream).toList());
        }
        return failure.kind() == Kind.TIMED_OUT && !failure.isLockTimeout()
                ? inChunks(relation, group, rows, before, failure)
                : Future.succeededFuture(silences(group, failure, effort(Strategy.NONE, before, Optional.empty(), 1)));
    }

    /** Where a key allows it, and sorting the whole table is not what takes so long. */
    private Future<List<Reading>> inChunks(
            Relation relation, List<Bound> group, long rows, Cost before, DatabaseFailure why) {
        if (relation.primaryKey().isEmpty() || group.get(0).expectation() instanceof Unique || rows <= CHEAP) {
            return lastResort(group, before, why);
        }
        return new ChunkedCount(errand, relation, group, rows)
                .run()
                .map(counted -> exact(
                        group,
                        counted.numbers(),
                        counted.drift(),
                        effort(
                                Strategy.CHUNKS,
                                before,
                                Optional.of(counted.numbers().blocks()),
                                group.size())))
                .recover(cause -> cause instanceof DatabaseFailure failure
                        ? lastResort(group, before, failure)
                        : Future.failedFuture(cause));
    }

    /** What is cheaper than a count: whether any row lacks a value, which an index or luck may answer at once. */
    private Future<List<Reading>> lastResort(List<Bound> group, Cost before, DatabaseFailure why) {
        return InOrder.forEach(group, bound -> {
            Reading silence = new Reading.Silence(bound, why, effort(Strategy.NONE, before, Optional.empty(), 1));
            return isSearchable(bound)
                    ? searched(bound, Strategy.SEARCH)
                            .map(reading -> reading instanceof Reading.Silence ? silence : reading)
                    : Future.succeededFuture(silence);
        });
    }

    /** No row can break what the database enforces, if there is a row at all. */
    private Future<Reading> guaranteed(Bound bound) {
        Cost before = errand.visit().cost();
        return errand.visit()
                .snapshot(tx -> tx.query(anyRow(bound.relation())))
                .<Reading>map(rows -> new Reading.Proof(
                        bound, true, !rows.get(0).flag("any"), effort(Strategy.CATALOG, before, Optional.empty(), 1)))
                .recover(cause -> silence(bound, before, cause));
    }

    private Future<Reading> searched(Bound bound, Strategy strategy) {
        Cost before = errand.visit().cost();
        String table = bound.relation().sql();
        String sql =
                "-- Is there a row without a value, and is there any row? Reads up to the first one under ACCESS SHARE.\n"
                        + "SELECT EXISTS (SELECT FROM " + table + " WHERE "
                        + bound.suspectsSql(1).orElseThrow() + ") AS missed, EXISTS (SELECT FROM " + table + ") AS any";
        return errand.visit()
                .snapshot(tx -> tx.query(sql).compose(rows -> CountStatement.blocks(tx, bound.relation())
                        .<Reading>map(blocks -> new Reading.Proof(
                                bound,
                                !rows.get(0).flag("missed"),
                                !rows.get(0).flag("any"),
                                effort(strategy, before, Optional.of(blocks.number("own")), 1)))))
                .recover(cause -> silence(bound, before, cause));
    }

    static String anyRow(Relation relation) {
        return "-- Is there any row? Reads up to the first one under ACCESS SHARE.\n" + "SELECT EXISTS (SELECT FROM "
                + relation.sql() + ") AS any";
    }

    /** The planner's estimate, from the table's size now and its density at the last analyze. */
    private Future<Long> size(Relation relation) {
        String sql = "-- How many rows does the planner expect? Plans under ACCESS SHARE, reads nothing.\n"
                + Plan.EXPLAIN + "SELECT FROM " + relation.sql();
        return errand.visit().read(tx -> tx.query(sql)).map(plan -> Plan.of(plan)
                .rows());
    }

    private Future<Reading> silence(Bound bound, Cost before, Throwable cause) {
        return cause instanceof DatabaseFailure failure
                ? Future.succeededFuture(
                        new Reading.Silence(bound, failure, effort(Strategy.NONE, before, Optional.empty(), 1)))
                : Future.failedFuture(cause);
    }

    private Effort effort(Strategy strategy, Cost before, Optional<Long> blocks, int sharing) {
        return new Effort(strategy, errand.since(before), blocks, sharing);
    }

    private static List<Reading> exact(List<Bound> group, CountStatement.Count numbers, long drift, Effort effort) {
        List<Reading> readings = new ArrayList<>();
        for (int i = 0; i < group.size(); i++) {
            readings.add(new Reading.Exact(
                    group.get(i), numbers.total(), numbers.counted().get(i), drift, effort));
        }
        return readings;
    }

    private static List<Reading> silences(List<Bound> bounds, DatabaseFailure why, Effort effort) {
        return bounds.stream()
                .<Reading>map(bound -> new Reading.Silence(bound, why, effort))
                .toList();
    }

    private DatabaseFailure tooLarge(Relation relation, long rows) {
        return new DatabaseFailure(
                Kind.TIMED_OUT,
                Optional.empty(),
                SqlText.identifier(relation.schema(), relation.name()) + " has about " + Numbers.text(rows)
                        + " rows, more than are counted in one pass (limit "
                        + Numbers.text(errand.limits().onePass()) + ")");
    }
}
