package dev.allclear.latency;

/**
 * Why a query gave no answer.
 *
 * @param sqlState empty when the server said none
 * @param reason in words fit for a report: no parameter values
 */
record ProbeFailure(Kind kind, String sqlState, String reason) {
    /** What kept the query from answering, as far as the judgement cares. */
    enum Kind {
        /** Not a query that may be run at all. */
        REFUSED,
        /** Planned, but too costly to run. */
        TOO_HEAVY,
        /** The server rejects it: a column is gone, a function fails. */
        FAILED,
        /** Ran into the server's statement time-out: it is at least this slow. */
        OVERRAN,
        /** Waits for a lock that another session holds. */
        LOCKED,
        /** The server did not answer in time and did not say why. */
        SILENT,
        PRIVILEGE,
        UNREACHABLE,
        BUDGET
    }
}
