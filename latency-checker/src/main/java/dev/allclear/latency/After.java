package dev.allclear.latency;

import dev.allclear.check.CheckContext;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures what became of it: counts production's statements, probes the queries meanwhile, and counts again when production has
 * been watched for long enough.
 */
final class After {
    /** What the last reading and the report may take. */
    private static final Duration MARGIN = Duration.ofSeconds(3);

    private final Vertx vertx;
    private final LatencySettings settings;
    private final ProbeRound round;
    private final CheckContext context;
    private final LatencySnapshot before;

    After(Vertx vertx, LatencySettings settings, ProbeRound round, CheckContext context, LatencySnapshot before) {
        this.vertx = vertx;
        this.settings = settings;
        this.round = round;
        this.context = context;
        this.before = before;
    }

    Future<LatencySnapshot> snapshot() {
        return round.place().compose(place -> {
            long begun = System.nanoTime();
            List<WatchedStatement> watched = before.traffic().statements();
            if (watched.isEmpty()) {
                return probed(place);
            }
            StatementStatistics statistics = round.statistics(place);
            return statistics.counted(watched).compose(first -> probed(place).compose(probed -> rest(begun)
                    .compose(rested -> statistics.counted(watched))
                    .map(last -> probed.with(
                            probed.probes(),
                            first.gap()
                                    .or(last::gap)
                                    .map(gap -> Traffic.unreadable(watched, gap))
                                    .orElseGet(() -> Traffic.between(watched, first.value(), last.value()))))));
        });
    }

    private Future<LatencySnapshot> probed(ProbeRound.Place place) {
        List<Probe> probes = new ArrayList<>();
        return round.measure(settings.queriesAfterwards())
                .compose(measured -> retested(measured, probes))
                .compose(done -> planned(probes))
                .compose(done -> round.tables(
                        probes, before.tables().stream().map(TableState::name).toList()))
                .map(tables -> new LatencySnapshot(place.role(), probes, tables, Traffic.NONE));
    }

    /** Queries against which only the clock speaks are measured once more; the better of the two counts. */
    private Future<Void> retested(List<Probe> measured, List<Probe> into) {
        Future<Void> all = Future.succeededFuture();
        for (Probe probe : measured) {
            boolean suspicious = before.same(probe)
                    .filter(old -> LatencyComparison.wantsRetest(old, probe))
                    .isPresent();
            all = all.compose(done -> suspicious ? settled(probe) : Future.succeededFuture(probe))
                    .map(settled -> {
                        into.add(settled);
                        return null;
                    });
        }
        return all;
    }

    private Future<Probe> settled(Probe probe) {
        return round.again(settings.query(probe.query()).orElseThrow().afterwards(), probe.parameters())
                .map(again -> Retest.settle(before.same(probe).orElseThrow(), probe, again));
    }

    /** What was planned before is planned again, and nothing else of what was chosen. */
    private Future<Void> planned(List<Probe> into) {
        Future<Void> all = Future.succeededFuture();
        for (WatchedStatement statement : before.traffic().chosen()) {
            if (before.planned(statement.name()).isPresent()) {
                all = all.compose(done -> round.plan(LatencyQuery.planned(statement.name(), statement.sql())))
                        .map(probe -> {
                            into.add(probe);
                            return null;
                        });
            }
        }
        return all;
    }

    /** The rest of the time to watch production, as far as the deadline leaves it. */
    private Future<Void> rest(long begun) {
        Duration rest = settings.watch().minusNanos(System.nanoTime() - begun);
        Duration most = context.remaining().minus(MARGIN);
        long millis = Math.min(rest.toMillis(), most.toMillis());
        if (millis <= 0) {
            return Future.succeededFuture();
        }
        context.progress().accept("watching production's own statements");
        Promise<Void> over = Promise.promise();
        long timer = vertx.setTimer(millis, fired -> over.tryComplete());
        context.cancellation().onCancel(() -> {
            vertx.cancelTimer(timer);
            over.tryComplete();
        });
        return over.future();
    }
}
