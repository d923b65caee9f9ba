package dev.allclear.latency;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;

/** Chooses, among the most used statements, those that read the application's own tables, and plans each. */
final class StatementChoice {
    /** Some candidates read no table of the application; without these there would be too few. */
    private static final int SPARE = 10;

    private final ProbeRound round;
    private final int top;
    private final List<WatchedStatement> watched = new ArrayList<>();
    private final List<Probe> probes = new ArrayList<>();
    private int chosen;

    StatementChoice(ProbeRound round, int top) {
        this.round = round;
        this.top = top;
    }

    static int candidates(int top) {
        return top == 0 ? 0 : 2 * top + SPARE;
    }

    Future<StatementChoice> among(List<WatchedStatement> candidates) {
        Future<Void> all = Future.succeededFuture();
        for (WatchedStatement candidate : candidates) {
            all = all.compose(before -> {
                if (!candidate.chosen()) {
                    watched.add(candidate);
                    return Future.succeededFuture();
                }
                return chosen == top ? Future.succeededFuture() : consider(candidate);
            });
        }
        return all.map(this);
    }

    List<WatchedStatement> watched() {
        return watched;
    }

    /** The plans of those that can be planned. */
    List<Probe> probes() {
        return probes;
    }

    /** A text that cannot be planned as it stands, such as one with {@code interval $1}, has its traffic alone. */
    private Future<Void> consider(WatchedStatement candidate) {
        return round.plan(LatencyQuery.planned(candidate.name(), candidate.sql()))
                .map(probe -> {
                    boolean readsTables = probe.generic()
                            .map(plan -> plan.tables().stream().anyMatch(StatementChoice::isOfApplication))
                            .orElse(true);
                    if (readsTables) {
                        chosen++;
                        watched.add(candidate);
                        if (probe.generic().isPresent()) {
                            probes.add(probe);
                        }
                    }
                    return null;
                });
    }

    private static boolean isOfApplication(String table) {
        return !table.startsWith("pg_catalog.") && !table.startsWith("information_schema.");
    }
}
