package dev.allclear.latency;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Names why a query became slower from what its executions showed: parallelism, compilation, a misjudged number of rows. Pure. */
final class ExecutionDiagnosis {
    private static final double LEAST_JIT_MILLIS = 5;

    private ExecutionDiagnosis() {}

    static Optional<Cause> of(Probe before, Probe after, LatencySnapshot now) {
        return before.observed().flatMap(old -> after.observed().flatMap(current -> parallelism(old, current)
                .or(() -> compilation(old, current))
                .or(() -> estimate(old, current, now))));
    }

    private static Optional<Cause> parallelism(Observed old, Observed now) {
        if (old.workersLaunched() == 0 || now.workersLaunched() > 0) {
            return Optional.empty();
        }
        String why = now.workersPlanned() > 0
                ? "no parallel worker was free, of " + now.workersPlanned() + " planned"
                : "its plan is no longer parallel";
        return Optional.of(new Cause(
                why + " (" + old.workersLaunched() + " workers before).",
                "SHOW max_parallel_workers_per_gather; SHOW max_parallel_workers; -- and ALTER TABLE … RESET (parallel_workers)",
                Map.of("workersBefore", old.workersLaunched(), "workersPlanned", now.workersPlanned())));
    }

    private static Optional<Cause> compilation(Observed old, Observed now) {
        if (old.jitMillis() > 0 || now.jitMillis() < LEAST_JIT_MILLIS) {
            return Optional.empty();
        }
        return Optional.of(new Cause(
                String.format(
                        Locale.ROOT,
                        "the server now compiles it (JIT) before it runs, which takes %s ms, since its expected cost has risen"
                                + " above jit_above_cost.",
                        LatencyFindings.number(now.jitMillis())),
                "SET jit = off; -- for the application's role: ALTER ROLE … SET jit = off",
                Map.of("jitMillis", LatencyFindings.rounded(now.jitMillis()))));
    }

    private static Optional<Cause> estimate(Observed old, Observed now, LatencySnapshot snapshot) {
        if (!now.isMisjudged() || old.isMisjudged()) {
            return Optional.empty();
        }
        String analyze = snapshot.table(now.misjudged())
                .map(table -> "ANALYZE " + table.sqlName() + ";")
                .orElse("");
        return Optional.of(new Cause(
                String.format(
                        Locale.ROOT,
                        "the planner expects %.0f rows of %s and gets %.0f.",
                        now.expectedRows(),
                        now.misjudged(),
                        now.actualRows()),
                analyze,
                Map.of("table", now.misjudged(), "expectedRows", now.expectedRows(), "actualRows", now.actualRows())));
    }
}
