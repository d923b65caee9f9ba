package dev.allclear.row;

import dev.allclear.postgres.DatabaseFailure;
import dev.allclear.postgres.Visit;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether somebody writes a table while no migration runs any more: then a total cannot be laid at the migration's door. */
final class Traffic {
    /** A server process reports its tuple counts up to a second late (PGSTAT_MIN_INTERVAL), so the migration's own may still come. */
    private static final Duration STATISTICS_DELAY = Duration.ofMillis(1_100);

    private final Vertx vertx;

    Traffic(Vertx vertx) {
        this.vertx = vertx;
    }

    /** The oids of those tables whose counters move now. A table that cannot be watched counts as written: not knowing is no proof. */
    Future<Set<Long>> writtenNow(Visit visit, List<Relation> relations) {
        if (relations.isEmpty()) {
            return Future.succeededFuture(Set.of());
        }
        return pause(STATISTICS_DELAY)
                .compose(waited -> Footprints.of(visit, relations))
                .compose(first -> pause(STATISTICS_DELAY)
                        .compose(waited -> Footprints.of(visit, relations))
                        .map(second -> moved(relations, first, second)))
                .recover(cause -> cause instanceof DatabaseFailure
                        ? Future.succeededFuture(
                                relations.stream().map(Relation::oid).collect(Collectors.toSet()))
                        : Future.failedFuture(cause));
    }

    private static Set<Long> moved(List<Relation> relations, Footprints first, Footprints second) {
        Map<String, Footprint> then = first.byName();
        return relations.stream()
                .filter(relation -> {
                    Footprint now = second.byName().get(relation.sql());
                    return now == null || !now.equals(then.get(relation.sql())) || !second.counting();
                })
                .map(Relation::oid)
                .collect(Collectors.toSet());
    }

    Future<Void> pause(Duration time) {
        return Future.future(promise -> vertx.setTimer(Math.max(1, time.toMillis()), fired -> promise.complete()));
    }
}
