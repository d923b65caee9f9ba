package dev.allclear.latency;

import dev.allclear.codec.Json;
import dev.allclear.postgres.DatabaseFailure;
import dev.allclear.postgres.ResultRow;
import dev.allclear.postgres.Session;
import dev.allclear.postgres.SqlText;
import dev.allclear.postgres.Statements;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Measures one query with one set of parameters on one session: plans first, then executions, each in a short transaction of its
 * own so that no lock is kept longer than one execution. Executions run under {@code EXPLAIN ANALYZE}, whose own time holds no
 * network and whose rows stay on the server.
 */
final class QueryProbe {
    /** Above this expected cost a query is planned but never run; a sequential scan of 8 GB costs about as much. */
    static final double COST_GATE = 2_000_000;

    static final int EXECUTIONS = 15;
    /** So many prove a doubling with the confidence asked for; a query that takes longer is not run more often than that. */
    static final int ENOUGH = 8;
    /** From here on, {@link #ENOUGH} executions are: what they cost the database matters more than a narrower bound. */
    private static final Duration DEAR = Duration.ofMillis(150);

    private static final String STATEMENT = "allclear_probe";
    private static final String SYNTAX_ERROR = "42601";
    private static final String EXPLAIN = "explain (verbose, format json) ";
    private static final String EXPLAIN_GENERIC = "explain (generic_plan, verbose, format json) ";
    private static final String ANALYZE = "explain (analyze, buffers, timing off, verbose, format json) ";
    /** How fast is this machine right now? Touches no table. */
    private static final String CONTROL =
            "explain (analyze, timing off, format json) select sum(i) from generate_series(1, 5000) i";

    private final Session session;
    private final LatencyQuery query;
    private final int set;
    private final Duration statementTimeout;
    private final Duration share;
    private final boolean newer;

    private Optional<PlanShape> generic = Optional.empty();
    private Optional<PlanShape> custom = Optional.empty();
    private final List<Long> blocks = new ArrayList<>();
    private final List<Double> millis = new ArrayList<>();
    private final List<Double> controlMillis = new ArrayList<>();
    private Optional<Observed> observed = Optional.empty();

    /**
     * @param share how long the executions may take together, after the first two
     * @param newer whether the server can plan for any parameters by itself (16 and newer)
     */
    QueryProbe(Session session, LatencyQuery query, int set, Duration statementTimeout, Duration share, boolean newer) {
        this.session = session;
        this.query = query;
        this.set = set;
        this.statementTimeout = statementTimeout;
        this.share = share;
        this.newer = newer;
    }

    /** Succeeds also when the query does not answer; the probe says why. */
    Future<Probe> measure() {
        return answered(plans().compose(planned -> customCost() > COST_GATE
                ? Future.succeededFuture(probe(Optional.of(ProbeFailures.tooHeavy(customCost(), COST_GATE))))
                : executions().map(executed -> probe(Optional.empty()))));
    }

    /** The plan for any parameters and nothing else; never runs the query. */
    Future<Probe> plan() {
        return answered(oneStatement().compose(parsed -> genericPlan()).map(planned -> probe(Optional.empty())));
    }

    /** Other roles wrote the texts that are only planned, and may have hidden several statements in one: the server must see one. */
    private Future<Void> oneStatement() {
        return session.read(tx -> tx.parse(query.sql()))
                .recover(cause -> cause instanceof DatabaseFailure failure
                                && failure.kind() == DatabaseFailure.Kind.STATEMENT_REFUSED
                                && !failure.sqlState().equals(Optional.of(SYNTAX_ERROR))
                        ? Future.succeededFuture() // it is one, though not without its parameters' types
                        : Future.failedFuture(cause));
    }

    private Future<Probe> answered(Future<Probe> probing) {
        return probing.recover(cause -> {
            if (cause instanceof DatabaseFailure failure) {
                return Future.succeededFuture(probe(Optional.of(ProbeFailures.of(failure, statementTimeout))));
            }
            return cause instanceof UnreadablePlan
                    ? Future.succeededFuture(probe(Optional.of(ProbeFailures.unreadablePlan())))
                    : Future.failedFuture(cause);
        });
    }

    /** The server's JSON is deeper or longer than is ever read: a plan of more than about fifty nested nodes. */
    private static final class UnreadablePlan extends RuntimeException {
        private static final long serialVersionUID = 1;

        UnreadablePlan(IllegalArgumentException why) {
            super(why);
        }
    }

    private Probe probe(Optional<ProbeFailure> failure) {
        String name = query.parameters().get(set).name();
        return new Probe(query.name(), set, name, generic, custom, blocks, millis, controlMillis, observed, failure);
    }

    private double customCost() {
        return custom.map(PlanShape::cost).orElse(0.0);
    }

    private Future<Void> plans() {
        return genericPlan()
                .compose(planned -> {
                    return prepared("force_custom_plan", tx -> tx.simple(EXPLAIN + execute(false)));
                })
                .map(rows -> {
                    custom = Optional.of(planOf(rows));
                    return null;
                });
    }

    /** Before 16 the parameters are NULL, which may prune all partitions away; from 16 on the server leaves them open. */
    private Future<Void> genericPlan() {
        Future<List<ResultRow>> plan = newer
                ? session.read(tx -> tx.simple(EXPLAIN_GENERIC + query.sql() + "\n"))
                : prepared("force_generic_plan", tx -> tx.simple(EXPLAIN + execute(true)));
        return plan.map(rows -> {
            generic = Optional.of(planOf(rows));
            return null;
        });
    }

    /** The first execution warms up: its time is dropped; its blocks are kept, since the least of all is used. */
    private Future<Void> executions() {
        long begun = System.nanoTime();
        return once(false).compose(warm -> further(0, begun));
    }

    private Future<Void> further(int done, long begun) {
        long spent = System.nanoTime() - begun;
        boolean outOfTime = done > 0 && spent > share.toNanos();
        boolean isEnough = done >= ENOUGH && spent > DEAR.toNanos();
        if (done == EXECUTIONS || outOfTime || isEnough) {
            return Future.succeededFuture();
        }
        return once(true).compose(ran -> further(done + 1, begun));
    }

    private Future<Void> once(boolean timed) {
        return prepared("force_custom_plan", tx -> tx.simple(CONTROL)
                        .compose(control -> tx.simple(ANALYZE + execute(false)).map(rows -> List.of(control, rows))))
                .map(both -> {
                    Map<String, Object> explained = explained(both.get(1));
                    blocks.add(blocksOf(explained));
                    observed = Optional.of(Observed.of(explained));
                    if (timed) {
                        millis.add(millisOf(explained));
                        controlMillis.add(millisOf(explained(both.get(0))));
                    }
                    return null;
                });
    }

    /** PREPARE outlives ROLLBACK, and behind a pooler the server's session outlives ours: so it is always deallocated. */
    private <T> Future<T> prepared(String planMode, Function<Statements, Future<T>> work) {
        return session.read(tx -> tx.simple("prepare " + STATEMENT + " as " + query.sql() + "\n")
                        .compose(ready -> tx.simple("set local plan_cache_mode = " + planMode))
                        .compose(ready -> work.apply(tx))
                        .compose(result -> tx.simple("deallocate " + STATEMENT).map(result)))
                .recover(cause -> session.read(tx -> tx.simple("deallocate " + STATEMENT))
                        .transform(cleaned -> Future.failedFuture(cause)));
    }

    /** Values from the configuration become untyped literals, which the server reads as the parameter's own type. */
    private String execute(boolean anyParameters) {
        if (query.parameterCount() == 0) {
            return "execute " + STATEMENT;
        }
        return query.parameters().get(set).values().stream()
                .map(value ->
                        anyParameters ? "null" : value.map(SqlText::literal).orElse("null"))
                .collect(Collectors.joining(", ", "execute " + STATEMENT + "(", ")"));
    }

    private static Map<String, Object> explained(List<ResultRow> rows) {
        String array = rows.get(0).text("QUERY PLAN").strip();
        try {
            return Json.parse(array.substring(1, array.length() - 1));
        } catch (IllegalArgumentException why) {
            throw new UnreadablePlan(why);
        }
    }

    private static Map<?, ?> root(Map<String, Object> explained) {
        return explained.get("Plan") instanceof Map<?, ?> plan ? plan : Map.of();
    }

    private static PlanShape planOf(List<ResultRow> rows) {
        return PlanShape.of(root(explained(rows)));
    }

    private static long blocksOf(Map<String, Object> explained) {
        Map<?, ?> root = root(explained);
        return (long) (PlanShape.number(root, "Shared Hit Blocks") + PlanShape.number(root, "Shared Read Blocks"));
    }

    private static double millisOf(Map<String, Object> explained) {
        return PlanShape.number(explained, "Planning Time") + PlanShape.number(explained, "Execution Time");
    }
}
