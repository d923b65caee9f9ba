package dev.allclear.row;

import dev.allclear.model.Cost;
import dev.allclear.postgres.DatabaseFailure;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/** Counts several tables in one REPEATABLE READ transaction: a row that moves from one to the other is counted once, whenever it moves. */
final class SumCounter {
    private final Errand errand;

    SumCounter(Errand errand) {
        this.errand = errand;
    }

    /** What came of it: a total, a failure, or the table whose rows would be hidden from us. */
    record Sum(Optional<Long> total, Optional<DatabaseFailure> why, Optional<Relation> hidden, Effort effort) {}

    /** Never fails with {@link DatabaseFailure}. */
    Future<Sum> count(List<Relation> relations) {
        Optional<Relation> hidden = relations.stream()
                .filter(relation -> relation.readable() && relation.filtered())
                .findFirst();
        if (hidden.isPresent()) {
            return Future.succeededFuture(new Sum(Optional.empty(), Optional.empty(), hidden, Effort.NONE));
        }
        Cost before = errand.visit().cost();
        return errand.visit()
                .snapshot(
                        tx -> InOrder.forEach(relations, relation -> new CountStatement(relation, List.of()).whole(tx)))
                .map(counts -> new Sum(
                        Optional.of(counts.stream()
                                .mapToLong(CountStatement.Count::total)
                                .sum()),
                        Optional.empty(),
                        Optional.empty(),
                        new Effort(
                                Strategy.SNAPSHOT_SUM,
                                errand.since(before),
                                Optional.of(counts.stream()
                                        .mapToLong(CountStatement.Count::blocks)
                                        .sum()),
                                1)))
                .recover(cause -> cause instanceof DatabaseFailure failure
                        ? Future.succeededFuture(new Sum(
                                Optional.empty(),
                                Optional.of(failure),
                                Optional.empty(),
                                new Effort(Strategy.NONE, errand.since(before), Optional.empty(), 1)))
                        : Future.failedFuture(cause));
    }
}
