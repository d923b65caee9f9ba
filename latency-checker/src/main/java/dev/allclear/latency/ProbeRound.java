package dev.allclear.latency;

import dev.allclear.check.CheckContext;
import dev.allclear.model.Cost;
import dev.allclear.postgres.Database;
import dev.allclear.postgres.DatabaseFailure;
import dev.allclear.postgres.Session;
import dev.allclear.postgres.Visit;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Probes queries one after the other, within the visit's budget and the call's deadline, and reads the tables they use. */
final class ProbeRound {
    private static final Duration MARGIN = Duration.ofSeconds(2);
    /** Nobody gains from two seconds and more of one query's executions. */
    private static final Duration LONGEST_SHARE = Duration.ofSeconds(2);

    private final Database database;
    private final Visit visit;
    /** Apart from the queries, so that a budget which they used up still leaves the catalog to name causes from. */
    private final Visit catalog;

    private final CheckContext context;
    private boolean plansWithoutValues;

    ProbeRound(Database database, CheckContext context) {
        this.database = database;
        this.visit = database.visit(context.check(), context.run());
        this.catalog = database.visit(context.check(), context.run());
        this.context = context;
    }

    /** What all of it has cost the database so far. */
    Cost cost() {
        return visit.cost().plus(catalog.cost());
    }

    /** The database's clock and the role that asks. Fails with {@link DatabaseFailure} when the database does not answer. */
    record Place(Instant clock, String role, int version) {}

    /** Who asks, what time is it there, and which PostgreSQL is it? Takes no lock. */
    Future<Place> place() {
        return catalog.read(tx -> tx.query("select clock_timestamp() as clock, quote_ident(current_user) as role,"
                        + " current_setting('server_version_num')::int8 / 10000 as version"))
                .map(rows -> {
                    Place place =
                            new Place(rows.get(0).instant("clock"), rows.get(0).text("role"), (int)
                                    rows.get(0).number("version"));
                    plansWithoutValues = place.version() >= 16;
                    return place;
                });
    }

    /** Reads what production's own statements cost, apart from the budget of the queries. */
    StatementStatistics statistics(Place place) {
        return new StatementStatistics(catalog, place.role());
    }

    /** Each query in turn; call {@link #place} first. */
    Future<List<Probe>> measure(List<LatencyQuery> queries) {
        List<Probe> probes = new ArrayList<>();
        Future<Void> all = Future.succeededFuture();
        int sets = queries.stream().mapToInt(query -> query.parameters().size()).sum();
        for (LatencyQuery query : queries) {
            all = all.compose(before -> query(query, probes, sets));
        }
        return all.map(done -> probes);
    }

    /** The plan of a statement that is never run; never fails because it cannot be planned. */
    Future<Probe> plan(LatencyQuery query) {
        Optional<ProbeFailure> objection = SqlShape.of(query.sql()).objection().map(ProbeFailures::refusal);
        if (objection.isPresent()) {
            return Future.succeededFuture(Probe.failed(query, 0, objection.get()));
        }
        return visit.session()
                .compose(session -> new QueryProbe(
                                session, query, 0, statementTimeout(), Duration.ZERO, plansWithoutValues)
                        .plan()
                        .eventually(session::close))
                .recover(cause -> cause instanceof DatabaseFailure failure
                        ? Future.succeededFuture(Probe.failed(query, 0, ProbeFailures.of(failure, statementTimeout())))
                        : Future.failedFuture(cause));
    }

    /** One set of one query once more; never fails because the query does. */
    Future<Probe> again(LatencyQuery query, int set) {
        List<Probe> probes = new ArrayList<>();
        return sets(query, List.of(set), probes, 1).map(done -> probes.get(0));
    }

    private Future<Void> query(LatencyQuery query, List<Probe> probes, int sets) {
        context.progress().accept("measuring " + query.name());
        List<Integer> all =
                IntStream.range(0, query.parameters().size()).boxed().toList();
        return sets(query, all, probes, sets);
    }

    private Future<Void> sets(LatencyQuery query, List<Integer> sets, List<Probe> probes, int allSets) {
        Optional<ProbeFailure> objection = SqlShape.of(query.sql()).objection().map(ProbeFailures::refusal);
        if (objection.isPresent()) {
            sets.forEach(set -> probes.add(Probe.failed(query, set, objection.get())));
            return Future.succeededFuture();
        }
        int already = probes.size();
        return visit.session()
                .compose(session ->
                        oneByOne(session, query, sets, probes, allSets).eventually(session::close))
                .recover(cause -> {
                    if (!(cause instanceof DatabaseFailure failure)) {
                        return Future.failedFuture(cause);
                    }
                    ProbeFailure unreached = ProbeFailures.of(failure, statementTimeout());
                    sets.subList(probes.size() - already, sets.size())
                            .forEach(set -> probes.add(Probe.failed(query, set, unreached)));
                    return Future.succeededFuture();
                });
    }

    private Future<Void> oneByOne(
            Session session, LatencyQuery query, List<Integer> sets, List<Probe> probes, int allSets) {
        Future<Void> all = Future.succeededFuture();
        for (int set : sets) {
            all = all.compose(before -> one(session, query, set, Math.max(1, allSets - probes.size())))
                    .map(probe -> {
                        probes.add(probe);
                        return null;
                    });
        }
        return all;
    }

    private Future<Probe> one(Session session, LatencyQuery query, int set, int setsLeft) {
        Duration time = context.remaining().minus(statementTimeout()).minus(MARGIN);
        if (time.isNegative() || context.cancellation().isCancelled()) {
            return Future.succeededFuture(Probe.failed(query, set, ProbeFailures.outOfTime()));
        }
        Duration left = visit.left().compareTo(time) < 0 ? visit.left() : time;
        Duration share = left.dividedBy(setsLeft + 1L);
        Duration executions = share.compareTo(LONGEST_SHARE) < 0 ? share : LONGEST_SHARE;
        return new QueryProbe(session, query, set, statementTimeout(), executions, plansWithoutValues).measure();
    }

    /** @param alsoTables tables to read the state of even when no plan names them any more */
    Future<List<TableState>> tables(List<Probe> probes, Collection<String> alsoTables) {
        TreeSet<String> names = new TreeSet<>(alsoTables);
        for (Probe probe : probes) {
            probe.generic().ifPresent(plan -> names.addAll(plan.tables()));
            probe.custom().ifPresent(plan -> names.addAll(plan.tables()));
        }
        return catalog.read(tx -> TableStates.read(tx, names))
                .recover(cause -> cause instanceof DatabaseFailure
                        ? Future.succeededFuture(List.of())
                        : Future.failedFuture(cause));
    }

    private Duration statementTimeout() {
        return database.budget().statementTimeout();
    }
}
