package dev.allclear.latency;

import dev.allclear.model.Finding;
import dev.allclear.model.FindingCode;
import dev.allclear.model.Severity;
import dev.allclear.postgres.DatabaseFailure;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The codes of this check, their severities and their words. No parameter value ever gets here. */
final class LatencyFindings {
    static final FindingCode PLAN_REGRESSED = new FindingCode("latency.plan-regressed");
    static final FindingCode MORE_BUFFERS = new FindingCode("latency.more-buffers");
    static final FindingCode SLOWER = new FindingCode("latency.slower");
    static final FindingCode SLOWER_IN_PRODUCTION = new FindingCode("latency.slower-in-production");
    static final FindingCode STATISTICS_RESET = new FindingCode("latency.statistics-reset");
    static final FindingCode NO_STATISTICS = new FindingCode("latency.no-statistics");
    static final FindingCode MISSING_STATISTICS = new FindingCode("latency.missing-statistics");
    static final FindingCode VISIBILITY_MAP_LOST = new FindingCode("latency.visibility-map-lost");
    static final FindingCode QUERY_FAILED = new FindingCode("latency.query-failed");
    static final FindingCode QUERY_REFUSED = new FindingCode("latency.query-refused");
    static final FindingCode NO_BASELINE = new FindingCode("latency.no-baseline");
    static final FindingCode BASELINE_CONTAMINATED = new FindingCode("latency.baseline-contaminated");
    static final FindingCode BUDGET_EXHAUSTED = new FindingCode("latency.budget-exhausted");
    static final FindingCode TIMED_OUT = new FindingCode("latency.timed-out");
    static final FindingCode NOT_CONFIGURED = new FindingCode("latency.not-configured");
    static final FindingCode UNREACHABLE = new FindingCode("latency.database-unreachable");
    static final FindingCode INSUFFICIENT_PRIVILEGE = new FindingCode("latency.insufficient-privilege");

    private LatencyFindings() {}

    static Finding notConfigured(String database) {
        return Finding.of(
                        NOT_CONFIGURED,
                        Severity.UNPROVEN,
                        database,
                        "no critical query of database " + database + " is configured, so none was compared"
                                + ": add one under databases." + database
                                + ".latency.queries, or take latency out of policy.required")
                .withRemedy("databases: { " + database + ": { latency: { queries: "
                        + "[{ name: orders-of-customer, sql: \"select * from orders where customer_id = $1\","
                        + " parameters: [[42]] }] } } }");
    }

    static Finding planRegressed(Severity severity, Probe probe, String which, PlanDiff diff, Optional<Cause> cause) {
        String limit = severity == Severity.ERROR
                ? "limit " + number(PlanDiff.ERROR_RATIO) + " with a different plan"
                : "warned from " + number(PlanDiff.WARNING_RATIO);
        return about(
                PLAN_REGRESSED,
                severity,
                probe,
                which + " costs " + number(diff.ratio()) + " times as much as before (" + limit + "): was "
                        + diff.before().summary() + ", cost "
                        + number(diff.before().cost()) + "; is "
                        + diff.after().summary() + ", cost "
                        + number(diff.after().cost()),
                cause,
                diff.before().summary(),
                diff.after().summary(),
                diff.ratio());
    }

    static Finding moreBuffers(Severity severity, Probe probe, BlockDiff diff, Optional<Cause> cause) {
        String limit = severity == Severity.ERROR
                ? "limit " + number(BlockDiff.ERROR_RATIO) + " times and " + BlockDiff.ERROR_RISE + " blocks more"
                : "warned from " + number(BlockDiff.WARNING_RATIO) + " times";
        return about(
                MORE_BUFFERS,
                severity,
                probe,
                "one execution touches " + diff.after() + " blocks, " + diff.before() + " before: "
                        + number(diff.ratio()) + " times as many (" + limit + ")",
                cause,
                diff.before(),
                diff.after(),
                diff.ratio());
    }

    static Finding slower(Probe probe, TimeComparison times, Optional<Cause> cause) {
        String bound = times.atLeast().isPresent()
                ? "surely more than " + number(times.atLeast().getAsDouble())
                : "by the least of its times and by its blocks";
        return about(
                SLOWER,
                times.sure() ? Severity.ERROR : Severity.UNPROVEN,
                probe,
                "takes " + number(times.afterMillis()) + " ms, " + number(times.beforeMillis()) + " ms before: "
                        + number(times.ratio()) + " times, "
                        + (times.sure()
                                ? bound
                                : "but executed too rarely to be sure; a larger budget.database-time leaves time for more")
                        + " (limit "
                        + number(TimeComparison.LIMIT) + " and " + number(TimeComparison.LEAST_RISE_MILLIS)
                        + " ms more)",
                cause,
                rounded(times.beforeMillis()),
                rounded(times.afterMillis()),
                times.ratio());
    }

    static Finding overran(Probe probe, double beforeMillis, ProbeFailure failure, Optional<Cause> cause) {
        return about(
                SLOWER,
                Severity.ERROR,
                probe,
                failure.reason() + "; it took " + number(beforeMillis) + " ms before",
                cause,
                rounded(beforeMillis),
                failure.reason(),
                0);
    }

    static Finding missingStatistics(TableState table, List<String> columns, List<String> queries) {
        return Finding.of(
                        MISSING_STATISTICS,
                        Severity.WARNING,
                        table.name(),
                        table.name() + ": the planner has no statistics on " + columns.size() + " of its columns ("
                                + String.join(", ", columns)
                                + ") since this migration, and autoanalyze may not come; read by "
                                + String.join(", ", queries))
                .withRemedy(CauseDiagnosis.analyze(table, columns))
                .withEvidence("table", table.name())
                .withEvidence("columns", columns)
                .withEvidence("query", queries.get(0));
    }

    static Finding visibilityMapLost(TableState before, TableState after, String query) {
        return Finding.of(
                        VISIBILITY_MAP_LOST,
                        Severity.WARNING,
                        after.name(),
                        after.name() + ": 0 of " + after.pages() + " pages are known to be all-visible ("
                                + before.allVisiblePages() + " before), so " + query
                                + " cannot be answered from an index alone")
                .withRemedy("VACUUM " + after.sqlName() + ";")
                .withEvidence("table", after.name())
                .withEvidence("query", query)
                .withEvidence("before", before.allVisiblePages())
                .withEvidence("after", after.allVisiblePages());
    }

    static Finding queryFailed(Severity severity, String query, ProbeFailure failure, String beforeIt) {
        return Finding.of(QUERY_FAILED, severity, query, query + " " + beforeIt + ": " + failure.reason())
                .withEvidence("query", query)
                .withEvidence("sqlState", failure.sqlState());
    }

    /** The database did not even answer the check's first question. */
    static Finding unanswered(DatabaseFailure failure, String database) {
        FindingCode code =
                switch (failure.kind()) {
                    case UNREACHABLE -> UNREACHABLE;
                    case INSUFFICIENT_PRIVILEGE -> INSUFFICIENT_PRIVILEGE;
                    case TIMED_OUT, STATEMENT_REFUSED -> TIMED_OUT;
                    case BUDGET_EXHAUSTED -> BUDGET_EXHAUSTED;
                };
        return Finding.of(code, Severity.UNPROVEN, database, String.valueOf(failure.getMessage()));
    }

    static Finding unproven(FindingCode code, String subject, String message) {
        return Finding.of(code, Severity.UNPROVEN, subject, message).withEvidence("query", subject);
    }

    /** The finding with its cause before it and the remedy; said once a query, the other findings only point to the same object. */
    static Finding because(Finding finding, Cause cause) {
        Finding explained = new Finding(
                finding.code(),
                finding.severity(),
                finding.subject(),
                capitalized(cause.sentence()) + " " + finding.message(),
                finding.remedy(),
                finding.evidence());
        return cause.remedy().isEmpty() ? explained : explained.withRemedy(cause.remedy());
    }

    private static Finding about(
            FindingCode code,
            Severity severity,
            Probe probe,
            String what,
            Optional<Cause> cause,
            Object before,
            Object after,
            double ratio) {
        Finding finding = Finding.of(code, severity, probe.query(), probe.label() + ": " + what)
                .withEvidence("query", probe.query())
                .withEvidence("parameters", probe.parameters())
                .withEvidence("before", before)
                .withEvidence("after", after);
        if (probe.isNamed()) {
            finding = finding.withEvidence("parameterSet", probe.set());
        }
        if (ratio > 0) {
            finding = finding.withEvidence("ratio", Math.round(ratio * 100) / 100.0);
        }
        if (cause.isPresent()) {
            for (var entry : cause.get().evidence().entrySet()) {
                finding = finding.withEvidence(entry.getKey(), entry.getValue());
            }
        }
        return finding;
    }

    private static String capitalized(String sentence) {
        return sentence.substring(0, 1).toUpperCase(Locale.ROOT) + sentence.substring(1);
    }

    static double rounded(double millis) {
        return Math.round(millis * 1000) / 1000.0;
    }

    /** 4904.18 becomes {@code 4904}, 63.07 {@code 63}, 1.25 {@code 1.3}, 0.114 {@code 0.11}. */
    static String number(double value) {
        if (value >= 10) {
            return String.format(Locale.ROOT, "%.0f", value);
        }
        String text = String.format(Locale.ROOT, value >= 1 ? "%.1f" : "%.2f", value);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }
}
