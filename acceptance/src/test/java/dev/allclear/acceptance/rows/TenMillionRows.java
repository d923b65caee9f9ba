package dev.allclear.acceptance.rows;

import dev.allclear.model.CheckReport;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What three expectations about one large table cost, beside the three counts that one would write by hand; interleaved, medians:
 * {@code ./allclear-bench rows-10m [ROWS [ROUNDS]]}.
 */
public final class TenMillionRows {
    private static final String EXPECTATIONS = """
            - { table: public.events, rows: %d }
            - { table: public.events, filled: currency }
            - { table: public.events, where: { column: status, equals: legacy }, rows: 0 }
            """;
    private static final List<String> NAIVE = List.of(
            "select count(*) from events",
            "select count(currency) from events",
            "select count(*) from events where status = 'legacy'");

    private TenMillionRows() {}

    /** Prints Markdown rows. */
    public static void main(String[] args) throws Exception {
        int rows = args.length > 0 ? Integer.parseInt(args[0]) : 10_000_000;
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 5;
        try (RowLab lab = new RowLab()) {
            measure(lab, rows, rounds);
        }
        System.exit(0);
    }

    private static void measure(RowLab lab, int rows, int rounds) throws SQLException {
        RowLab.Subject asDelivered = lab.subject("large", "");
        lab.execute(
                "large",
                "create table events (id int primary key, currency text, status text, at timestamptz)",
                "insert into events select i, 'EUR', 'new', now() from generate_series(1, " + rows + ") i",
                "vacuum (analyze) events");
        Map<String, List<Long>> naive = new TreeMap<>();
        Map<String, List<Long>> ours = new TreeMap<>();
        Map<String, String> said = new TreeMap<>();
        for (int round = -1; round < rounds; round++) {
            for (int workers : new int[] {0, 2}) {
                String how = workers == 0 ? "serial" : "parallel";
                lab.execute("large", "alter role allclear set max_parallel_workers_per_gather = " + workers);
                long byHand = byHand(lab, workers);
                CheckReport report =
                        asDelivered.after(asDelivered.declaring(EXPECTATIONS.formatted(rows)), Optional.empty());
                said.put(how, answer(report));
                if (round >= 0) {
                    naive.computeIfAbsent(how, key -> new ArrayList<>()).add(byHand);
                    ours.computeIfAbsent(how, key -> new ArrayList<>())
                            .add(report.cost().databaseTime().toMillis());
                }
            }
        }
        naive.forEach((how, times) -> System.out.println(row(
                "three counts by hand against one pass, " + how, median(times), median(ours.get(how)), said.get(how))));
        coverage(lab, asDelivered, rounds);
        chunks(lab, rows);
    }

    /** Coverage of a column that an index knows. */
    private static void coverage(RowLab lab, RowLab.Subject subject, int rounds) throws SQLException {
        lab.execute("large", "create index on events (currency)", "vacuum analyze events");
        List<Long> naive = new ArrayList<>();
        List<Long> ours = new ArrayList<>();
        String said = "";
        for (int round = -1; round < rounds; round++) {
            long byHand = timed(lab, 2, "select count(*) - count(currency) from events");
            CheckReport report =
                    subject.after(subject.declaring("- { table: events, filled: currency }"), Optional.empty());
            said = answer(report);
            if (round >= 0) {
                naive.add(byHand);
                ours.add(report.cost().databaseTime().toMillis());
            }
        }
        System.out.println(row(
                "count(*) - count(c) by hand against coverage through an index", median(naive), median(ours), said));
    }

    /** The same table when it counts as too large for one pass. */
    private static void chunks(RowLab lab, int rows) throws SQLException {
        lab.execute("large", "drop index events_currency_idx");
        RowLab.Subject careful = lab.attach("large", "rows: { one-pass: 1000000 }");
        CheckReport report = careful.after(careful.declaring(EXPECTATIONS.formatted(rows)), Optional.empty());
        System.out.println(
                row("in chunks by key", 0, report.cost().databaseTime().toMillis(), answer(report)));
    }

    private static long byHand(RowLab lab, int workers) throws SQLException {
        long sum = 0;
        for (String sql : NAIVE) {
            sum += timed(lab, workers, sql);
        }
        return sum;
    }

    private static long timed(RowLab lab, int workers, String sql) throws SQLException {
        try (Connection connection = lab.connect("large");
                Statement statement = connection.createStatement()) {
            statement.execute("set max_parallel_workers_per_gather = " + workers);
            long begun = System.nanoTime();
            try (ResultSet counted = statement.executeQuery(sql)) {
                counted.next();
            }
            return (System.nanoTime() - begun) / 1_000_000;
        }
    }

    private static String answer(CheckReport report) {
        Object first = report.measurements().get("tables") instanceof List<?> list ? list.get(0) : Map.of();
        Object strategy = first instanceof Map<?, ?> map ? map.get("strategy") : "";
        return report.outcome() + ", " + strategy + ", " + report.cost().queries() + " queries, "
                + report.cost().blocks().orElse(0L) + " blocks";
    }

    private static String row(String what, long naive, long ours, String said) {
        return String.format(
                Locale.ROOT,
                "| %s | %,d ms | %,d ms | %s | %s |",
                what,
                naive,
                ours,
                naive == 0 ? "" : String.format(Locale.ROOT, "%.1f×", (double) naive / Math.max(1, ours)),
                said);
    }

    private static long median(List<Long> values) {
        long[] sorted = values.stream().mapToLong(Long::longValue).sorted().toArray();
        return sorted.length == 0
                ? 0
                : Arrays.stream(sorted).skip(sorted.length / 2).findFirst().orElse(0);
    }
}
