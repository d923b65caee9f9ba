package dev.allclear.latency;

import dev.allclear.model.Durations;
import dev.allclear.postgres.DatabaseFailure;
import java.time.Duration;

/** What the database's refusals mean for a query. */
final class ProbeFailures {
    private static final String WRITE_IN_READ_ONLY = "25006";
    private static final String NAMES_AND_SYNTAX = "42";

    private ProbeFailures() {}

    /** Words are repeated only where they cannot hold a parameter's value: a message about data (class 22) may. */
    static ProbeFailure of(DatabaseFailure failure, Duration statementTimeout) {
        String state = failure.sqlState().orElse("");
        String said = String.valueOf(failure.getMessage());
        return switch (failure.kind()) {
            case UNREACHABLE -> new ProbeFailure(ProbeFailure.Kind.UNREACHABLE, state, said);
            case INSUFFICIENT_PRIVILEGE -> new ProbeFailure(ProbeFailure.Kind.PRIVILEGE, state, said);
            case BUDGET_EXHAUSTED ->
                new ProbeFailure(
                        ProbeFailure.Kind.BUDGET,
                        state,
                        "not measured any more: " + said + "; budget.database-time is the limit");
            case TIMED_OUT -> timedOut(failure, state, statementTimeout);
            case STATEMENT_REFUSED -> refused(state, said);
        };
    }

    static ProbeFailure refusal(String objection) {
        return new ProbeFailure(ProbeFailure.Kind.REFUSED, "", "only a single SELECT is ever run, and " + objection);
    }

    static ProbeFailure tooHeavy(double cost, double gate) {
        return new ProbeFailure(
                ProbeFailure.Kind.TOO_HEAVY,
                "",
                String.format(
                        java.util.Locale.ROOT,
                        "planned but not run, since the planner expects a cost of %.0f (limit %.0f)",
                        cost,
                        gate));
    }

    static ProbeFailure unreadablePlan() {
        return new ProbeFailure(ProbeFailure.Kind.TOO_HEAVY, "", "its plan is nested too deeply to be read");
    }

    static ProbeFailure outOfTime() {
        return new ProbeFailure(
                ProbeFailure.Kind.BUDGET, "", "not measured any more: the time for the check is used up");
    }

    private static ProbeFailure timedOut(DatabaseFailure failure, String state, Duration limit) {
        if (failure.isLockTimeout()) {
            return new ProbeFailure(
                    ProbeFailure.Kind.LOCKED,
                    state,
                    "waits for a lock that another session holds, and gave up after lock-timeout (SQLSTATE 55P03)");
        }
        if (state.isEmpty()) {
            return new ProbeFailure(
                    ProbeFailure.Kind.SILENT, state, "the server gave no answer within " + Durations.format(limit));
        }
        return new ProbeFailure(
                ProbeFailure.Kind.OVERRAN, state, "takes at least " + Durations.format(limit) + " (statement-timeout)");
    }

    private static ProbeFailure refused(String state, String said) {
        if (state.equals(WRITE_IN_READ_ONLY)) {
            return new ProbeFailure(ProbeFailure.Kind.REFUSED, state, "only a query that reads is ever run: " + said);
        }
        return new ProbeFailure(
                ProbeFailure.Kind.FAILED,
                state,
                state.startsWith(NAMES_AND_SYNTAX) ? said : "the server rejects it (SQLSTATE " + state + ")");
    }
}
