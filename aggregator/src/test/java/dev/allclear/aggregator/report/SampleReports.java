package dev.allclear.aggregator.report;

import static dev.allclear.aggregator.Samples.SHOP;
import static dev.allclear.aggregator.Samples.T0;

import dev.allclear.aggregator.Samples;
import dev.allclear.aggregator.ledger.RunLedger;
import dev.allclear.aggregator.ledger.RunWindows;
import dev.allclear.aggregator.ledger.Step;
import dev.allclear.aggregator.policy.Policy;
import dev.allclear.event.MigrationCompleted;
import dev.allclear.model.CheckName;
import dev.allclear.model.CheckReport;
import dev.allclear.model.Cost;
import dev.allclear.model.Finding;
import dev.allclear.model.FindingCode;
import dev.allclear.model.Outcome;
import dev.allclear.model.RunId;
import dev.allclear.model.Severity;
import dev.allclear.model.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reports of a good, a bad and an unproven run, judged by the real ledger. */
public final class SampleReports {
    private SampleReports() {}

    public static RunReport good() {
        List<CheckReport> reports = CheckName.builtIn().stream()
                .map(check -> Samples.report("good", check, Outcome.PASSED))
                .toList();
        return judged("good", reports);
    }

    /** Everything holds, and one query is slower than before, but not by so much that it counts. */
    static RunReport warned() {
        return judged(
                "warned",
                List.of(
                        Samples.report("warned", CheckName.STATUS, Outcome.PASSED),
                        report(
                                "warned",
                                CheckName.LATENCY,
                                Outcome.PASSED,
                                "All critical queries are within range.",
                                Map.of(),
                                new Finding(
                                        new FindingCode("latency.slower-in-production"),
                                        Severity.WARNING,
                                        "orders-of-customer",
                                        "orders-of-customer: 3.1 ms instead of 2.4 ms",
                                        Optional.empty(),
                                        Map.of("indexState", "dropped", "index", "public.orders_idx"))),
                        Samples.report("warned", CheckName.LOCKS, Outcome.PASSED),
                        Samples.report("warned", CheckName.ROWS, Outcome.PASSED),
                        Samples.report("warned", CheckName.LOGS, Outcome.PASSED)));
    }

    static RunReport unproven() {
        List<CheckReport> reports = List.of(
                Samples.report("open", CheckName.STATUS, Outcome.PASSED),
                Samples.report("open", CheckName.ROWS, Outcome.NOT_APPLICABLE),
                report(
                        "open",
                        CheckName.LOGS,
                        Outcome.INCONCLUSIVE,
                        "No log source is configured.",
                        Map.of(),
                        finding(
                                "logs.no-source",
                                Severity.UNPROVEN,
                                "shop",
                                "no log source is configured for shop: add databases.shop.logs, or drop logs from policy.required")));
        return judged("open", reports);
    }

    public static RunReport bad() {
        return judged("shop-2026-03-01-bad", List.of(status(), latency(), locks(), rows(), logs()));
    }

    private static CheckReport status() {
        return report(
                "shop-2026-03-01-bad",
                CheckName.STATUS,
                Outcome.FAILED,
                "Version 12 is recorded, but it left an invalid index behind.",
                Map.of(
                        "tool",
                        "flyway",
                        "applied",
                        List.of(
                                Map.of("version", "12", "description", "add order currency"),
                                Map.of("version", "13", "description", "index orders")),
                        "changes",
                        List.of(
                                Map.of(
                                        "kind",
                                        "column",
                                        "object",
                                        "public.orders.currency",
                                        "table",
                                        "public.orders",
                                        "way",
                                        "added",
                                        "what",
                                        "column public.orders.currency added: text"),
                                Map.of(
                                        "kind",
                                        "column",
                                        "object",
                                        "public.orders.total",
                                        "table",
                                        "public.orders",
                                        "way",
                                        "removed",
                                        "what",
                                        "column public.orders.total dropped")),
                        "changesTotal",
                        2),
                finding(
                                "status.invalid-index",
                                Severity.ERROR,
                                "public.orders_customer_idx",
                                "public.orders_customer_idx on public.orders is invalid: the planner does not use it, every write still pays for it")
                        .withRemedy(
                                "DROP INDEX CONCURRENTLY public.orders_customer_idx;\nCREATE INDEX CONCURRENTLY orders_customer_idx ON public.orders (customer_id);")
                        .withEvidence("table", "public.orders"),
                finding(
                        "status.tool-warning",
                        Severity.WARNING,
                        "flyway",
                        "flyway warned: relation \"orders_customer_idx\" already exists, skipping"));
    }

    private static CheckReport latency() {
        return report(
                "shop-2026-03-01-bad",
                CheckName.LATENCY,
                Outcome.FAILED,
                "1 of 3 queries is much slower: orders-of-customer takes 412 ms instead of 0.82 ms.",
                Map.of(
                        "queries",
                        List.of(
                                slowQuery(),
                                Map.of("name", "order-by-id", "beforeMillis", 0.31, "afterMillis", 0.33),
                                Map.of("name", "open-orders-per-day", "beforeMillis", 48.0, "afterMillis", 45.5))),
                finding(
                        "latency.plan-regressed",
                        Severity.ERROR,
                        "orders-of-customer",
                        "orders-of-customer: Index Scan using orders_customer_idx became Seq Scan on orders, 5,213 blocks instead of 9 (limit 3×)"));
    }

    private static Map<String, Object> slowQuery() {
        Map<String, Object> query = new java.util.LinkedHashMap<>();
        query.put("name", "orders-of-customer");
        query.put("parameters", 0);
        query.put("beforeTimes", List.of(0.7, 0.8, 0.82, 0.9, 2.4));
        query.put("afterTimes", List.of(390.0, 401.5, 412.0, 440.0, 900.0));
        query.put("beforeMillis", 0.82);
        query.put("afterMillis", 412.0);
        query.put("beforeBlocks", 9);
        query.put("afterBlocks", 5213);
        query.put("beforePlan", "Index Scan using orders_customer_idx on orders");
        query.put("afterPlan", "Sort > Seq Scan on orders");
        query.put(
                "beforePlanNodes",
                List.of(node(0, "Limit"), node(1, "Index Scan using orders_customer_idx on orders")));
        query.put("afterPlanNodes", List.of(node(0, "Limit"), node(1, "Sort"), node(2, "Seq Scan on orders")));
        return query;
    }

    private static Map<String, Object> node(int depth, String node) {
        return Map.of("depth", depth, "node", node, "cost", 43.4, "rows", 9.0);
    }

    private static Map<String, Object> lockWait(String relation, int from, int to) {
        return Map.of(
                "relation",
                relation,
                "from",
                T0.plusSeconds(from).toString(),
                "to",
                T0.plusSeconds(to).toString(),
                "seconds",
                (double) to - from);
    }

    private static CheckReport locks() {
        return report(
                "shop-2026-03-01-bad",
                CheckName.LOCKS,
                Outcome.FAILED,
                "1 lock is left: ACCESS EXCLUSIVE on public.orders, held by an idle session.",
                Map.of(
                        "window",
                        Map.of("from", T0.toString(), "to", T0.plusSeconds(20).toString()),
                        "holds",
                        List.of(
                                Map.of(
                                        "relation",
                                        "public.orders",
                                        "mode",
                                        "AccessExclusiveLock",
                                        "pid",
                                        812,
                                        "from",
                                        T0.plusSeconds(6).toString(),
                                        "to",
                                        T0.plusSeconds(28).toString(),
                                        "seconds",
                                        22.0,
                                        "left",
                                        true,
                                        "waiters",
                                        7),
                                Map.of(
                                        "relation",
                                        "public.orders",
                                        "mode",
                                        "SHARE",
                                        "from",
                                        T0.plusSeconds(3).toString(),
                                        "to",
                                        T0.plusSeconds(6).toString(),
                                        "seconds",
                                        3.0),
                                Map.of(
                                        "relation",
                                        "public.customers",
                                        "mode",
                                        "ShareRowExclusiveLock",
                                        "pid",
                                        812,
                                        "from",
                                        T0.plusSeconds(2).toString(),
                                        "to",
                                        T0.plusSeconds(4).toString(),
                                        "seconds",
                                        2.1,
                                        "waiters",
                                        0)),
                        "completion",
                        T0.plusSeconds(20).toString(),
                        "waits",
                        List.of(
                                lockWait("public.orders", 7, 27),
                                lockWait("public.orders", 9, 28),
                                lockWait("public.orders", 12, 14),
                                lockWait("public.orders", 15, 28))),
                finding(
                                "locks.held-after-completion",
                                Severity.ERROR,
                                "public.orders",
                                "public.orders: ACCESS EXCLUSIVE still held by pid 812, idle in transaction for 14 s after completion (limit 5 s)")
                        .withRemedy("SELECT pg_terminate_backend(812);"));
    }

    private static CheckReport rows() {
        return report(
                "shop-2026-03-01-bad",
                CheckName.ROWS,
                Outcome.FAILED,
                "1 of 2 expectations is not met: 1,204 orders have no currency.",
                Map.of(
                        "tables",
                        List.of(
                                Map.of(
                                        "table",
                                        "public.orders",
                                        "expectation",
                                        "filled: currency",
                                        "expected",
                                        "500,000",
                                        "expectedRows",
                                        500000,
                                        "met",
                                        false,
                                        "actual",
                                        498796,
                                        "missed",
                                        1204),
                                Map.of(
                                        "table",
                                        "public.customers",
                                        "expectation",
                                        "rows: unchanged",
                                        "expected",
                                        "20,000",
                                        "expectedRows",
                                        20000,
                                        "met",
                                        true,
                                        "actual",
                                        20000))),
                finding(
                                "rows.incomplete-backfill",
                                Severity.ERROR,
                                "public.orders",
                                "public.orders: currency is null in 1,204 of 500,000 rows (0 allowed), for example ids 17, 4711")
                        .withRemedy("UPDATE public.orders SET currency = 'EUR' WHERE currency IS NULL;"));
    }

    private static CheckReport logs() {
        List<Map<String, Object>> series = new ArrayList<>();
        int[] errors = {0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 14, 22, 19, 24, 21, 25, 18, 20};
        for (int i = 0; i < errors.length; i++) {
            series.add(Map.of("time", T0.plusSeconds(10L * i - 100).toString(), "errors", errors[i]));
        }
        return report(
                "shop-2026-03-01-bad",
                CheckName.LOGS,
                Outcome.FAILED,
                "New since the migration: 163 times column orders.total does not exist.",
                Map.of(
                        "series", series,
                        "completedAt", T0.plusSeconds(20).toString(),
                        "classes",
                                List.of(Map.of(
                                        "code",
                                        "logs.undefined-column",
                                        "subject",
                                        "orders.total",
                                        "before",
                                        0,
                                        "after",
                                        163))),
                finding(
                        "logs.undefined-column",
                        Severity.ERROR,
                        "orders.total",
                        "column orders.total does not exist: 163 times after the migration, never before (42703)"));
    }

    static RunReport judged(String run, List<CheckReport> reports) {
        MigrationCompleted completed = Samples.completed(run);
        Step step = RunLedger.of(SHOP, new RunId(run), T0).completed(completed, RunWindows.NONE, T0, Policy.DEFAULT);
        Optional<Verdict> last = Optional.empty();
        for (CheckReport report : reports) {
            step = step.ledger().answered(report, report.check().value(), T0.plusSeconds(40), Policy.DEFAULT);
            last = step.verdict().isPresent() ? step.verdict() : last;
        }
        step = step.ledger().at(T0.plusSeconds(300), Policy.DEFAULT);
        Verdict verdict = (step.verdict().isPresent() ? step.verdict() : last).orElseThrow();
        return new RunReport(verdict, reports, Optional.empty(), Optional.of(completed));
    }

    private static CheckReport report(
            String run,
            CheckName check,
            Outcome outcome,
            String summary,
            Map<String, Object> measured,
            Finding... findings) {
        return new CheckReport(
                new RunId(run),
                SHOP,
                check,
                "1",
                outcome,
                summary,
                List.of(findings),
                measured,
                T0.plusSeconds(21),
                T0.plusSeconds(40),
                new Cost(Duration.ofMillis(37), 11));
    }

    private static Finding finding(String code, Severity severity, String subject, String message) {
        return Finding.of(new FindingCode(code), severity, subject, message);
    }
}
