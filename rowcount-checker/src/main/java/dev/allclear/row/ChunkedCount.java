package dev.allclear.row;

import dev.allclear.model.Cost;
import dev.allclear.postgres.DatabaseFailure;
import dev.allclear.postgres.DatabaseFailure.Kind;
import dev.allclear.postgres.Statements;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Counts a large table part by part in the order of its primary key, each part in a short transaction of its own, so that no lock
 * and no snapshot is held for long. Pauses while the database is busy, takes up at the last key after a failure, and gives up as
 * soon as the rest would not fit into the budget. Used once.
 *
 * <p>Parts are seen at different times: a row that is there throughout is seen once, those that come and go meanwhile make the
 * numbers drift, by as many as the server's counters say.
 */
final class ChunkedCount {
    private static final String ACTIVE = """
            -- How many others are working in this database right now? Statistics only.
            SELECT count(*) AS active FROM pg_stat_activity
             WHERE datname = current_database() AND state = 'active' AND backend_type = 'client backend'
               AND pid <> pg_backend_pid() AND application_name NOT LIKE 'allclear/%'
            """;
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final int MOST_FAILURES = 5;
    private static final long SMALLEST = 100;
    private static final int LEARNING = 5;

    private final Errand errand;
    private final Relation relation;
    private final CountStatement statement;
    private final long estimate;
    private final long target;

    private long size;
    private List<String> last = List.of();
    private Optional<CountStatement.Count> sum = Optional.empty();
    private int failures;
    private int chunks;
    private double nanosPerRow;
    private boolean done;

    ChunkedCount(Errand errand, Relation relation, List<Bound> bounds, long estimate) {
        this.errand = errand;
        this.relation = relation;
        this.statement = new CountStatement(relation, bounds);
        this.estimate = estimate;
        this.size = errand.limits().chunk();
        this.target = errand.visit().statementTimeout().dividedBy(4).toNanos();
    }

    /** The sums and how far they may have drifted. Fails with {@link DatabaseFailure} that says how far it came. */
    Future<Counted> run() {
        return counters().compose(first -> parts().compose(sums -> errand.traffic()
                .pause(Traffic.STATISTICS_DELAY)
                .compose(waited -> counters())
                .map(last -> new Counted(sums, last.counting() ? last.writtenSince(first) : sums.total(), chunks))));
    }

    /** All parts together. */
    record Counted(CountStatement.Count numbers, long drift, int chunks) {}

    private Future<WriteCounters> counters() {
        return WriteCounters.read(errand.visit(), List.of(relation));
    }

    private Future<CountStatement.Count> parts() {
        if (done) {
            return Future.succeededFuture(sum.orElseThrow());
        }
        if (errand.isAlmostOver() || !isAffordable()) {
            return Future.failedFuture(tooMuch());
        }
        return isBusy().compose(busy -> busy ? pauseForOthers() : part())
                .recover(this::again)
                .compose(step -> parts());
    }

    private Future<Void> pauseForOthers() {
        errand.progress("pausing the count of " + relation + ": more than "
                + errand.limits().busySessions() + " other sessions are active");
        return errand.traffic().pause(PAUSE);
    }

    private Future<Boolean> isBusy() {
        return errand.visit()
                .read(tx -> tx.query(ACTIVE))
                .map(rows -> rows.get(0).number("active") > errand.limits().busySessions());
    }

    private Future<Void> part() {
        Cost before = errand.visit().cost();
        return errand.visit()
                .snapshot(tx -> edge(tx).compose(edge -> statement
                        .between(tx, new KeyRange(relation.primaryKey(), last, edge))
                        .map(numbers -> new Part(edge, numbers))))
                .compose(part -> {
                    take(part, errand.since(before).databaseTime());
                    return Future.succeededFuture();
                });
    }

    private record Part(List<String> edge, CountStatement.Count numbers) {}

    private void take(Part part, Duration time) {
        sum = Optional.of(sum.map(some -> some.plus(part.numbers())).orElse(part.numbers()));
        done = part.edge().isEmpty();
        last = part.edge();
        failures = 0;
        chunks++;
        if (!done) {
            nanosPerRow = (double) time.toNanos() / Math.max(1, part.numbers().total());
        }
        double fit = (double) target / Math.max(1, time.toNanos());
        size = Math.max(SMALLEST, (long) (size * Math.max(0.25, Math.min(2, fit))));
        errand.progress("counted " + Numbers.text(counted()) + " of about "
                + Numbers.text(Math.max(estimate, counted())) + " rows of " + relation);
    }

    /** Smaller, or a little later, from the key where it stopped. */
    private Future<Void> again(Throwable cause) {
        boolean passing = cause instanceof DatabaseFailure failure
                && (failure.kind() == Kind.TIMED_OUT || failure.kind() == Kind.UNREACHABLE);
        if (!passing || ++failures > MOST_FAILURES) {
            return Future.failedFuture(cause);
        }
        size = Math.max(SMALLEST, size / 4);
        return errand.traffic().pause(PAUSE);
    }

    private Future<List<String>> edge(Statements tx) {
        List<Object> parameters = new ArrayList<>();
        List<Column> key = relation.primaryKey();
        String columns = key.stream().map(Column::sql).collect(Collectors.joining(", "));
        String texts = key.stream().map(column -> column.sql() + "::text").collect(Collectors.joining(", "));
        String sql = "-- Where does the next part end? Reads keys under ACCESS SHARE.\nSELECT ARRAY[" + texts
                + "] AS edge FROM "
                + relation.sql() + new KeyRange(key, last, List.of()).sql(parameters) + " ORDER BY " + columns
                + " OFFSET " + (size - 1) + " LIMIT 1";
        return tx.query(sql, parameters.toArray())
                .map(rows -> rows.isEmpty() ? List.of() : rows.get(0).texts("edge"));
    }

    /** Judged by how fast the last part was counted, once parts have grown to their size; the first few tell too little. */
    private boolean isAffordable() {
        return chunks < LEARNING || restNanos() <= errand.visit().left().toNanos();
    }

    private double restNanos() {
        return nanosPerRow * Math.max(0, estimate - counted());
    }

    private long counted() {
        return sum.map(CountStatement.Count::total).orElse(0L);
    }

    private DatabaseFailure tooMuch() {
        return new DatabaseFailure(
                Kind.TIMED_OUT,
                Optional.empty(),
                "counted " + Numbers.text(counted()) + " of about " + Numbers.text(estimate)
                        + " rows in chunks; the rest would take about "
                        + Numbers.text(Math.round(restNanos() / 1e6)) + " ms of database time, "
                        + Numbers.text(errand.visit().left().toMillis()) + " ms are left, and "
                        + errand.context().remaining().toSeconds() + " s until the deadline");
    }
}
