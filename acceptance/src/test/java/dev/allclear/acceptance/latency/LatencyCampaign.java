package dev.allclear.acceptance.latency;

import dev.allclear.check.Baseline;
import dev.allclear.check.Checker;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** {@code ./allclear-bench latency [verifications [trials]]}: prints the tables of {@code docs/latency.md}. */
final class LatencyCampaign {
    static final String QUERIES = """
            latency:
              top: 2
              watch: 1s
              queries:
                - { name: by-key, sql: "select * from orders where id = $1", parameters: [[77]] }
                - { name: of-customer, sql: "select * from orders where customer_id = $1 order by id desc limit 20", parameters: [[42]] }
                - { name: join, sql: "select sum(o.amount) from customers c join orders o on o.customer_id = c.id where c.id < $1", parameters: [[200]] }
                - { name: scan, sql: "select count(*) from customers where name like $1", parameters: [["%99%"]] }
            """;
    static final String HOT = """
            latency:
              top: 0
              queries: [{ name: hot, sql: "select sum(length(note || customer_id)) from hot" }]
            """;
    private static final int PAIRS = 12;

    private LatencyCampaign() {}

    public static void main(String[] args) throws Exception {
        int verifications = args.length > 0 ? Integer.parseInt(args[0]) : 200;
        int trials = args.length > 1 ? Integer.parseInt(args[1]) : 60;
        try (LatencyLab lab = new LatencyLab();
                Workers application = Workers.application(lab, 1, 20)) {
            System.out.println("\n### Nothing changed\n");
            long processor = lab.processorMillisOfEndedSessions();
            List<Verification> quiet = unchanged(lab, verifications / 2);
            processor = lab.processorMillisOfEndedSessions() - processor;
            List<Verification> loaded;
            try (Workers other = Workers.otherLoad(lab)) {
                loaded = unchanged(lab, verifications - verifications / 2);
                System.err.println("the other load asked " + other.calls() + " times");
            }
            falseAlarms(quiet, loaded);
            cost(quiet, loaded);
            System.out.printf(
                    Locale.ROOT,
                    "The server's own time for one whole verification, by pg_stat_statements: %d ms on average.%n",
                    lab.serverMillisOfCheck() / Math.max(1, verifications));
            System.out.printf(
                    Locale.ROOT,
                    "Processor time of its sessions for one whole verification, nothing else on the machine: %d ms on average.%n",
                    processor / Math.max(1, quiet.size()));
            System.out.println("\n### Made slower by more rows to read\n");
            System.out.println("| | trials | this check | by the clock alone | "
                    + String.join(
                            " | ",
                            Arrays.stream(OtherRule.values())
                                    .map(OtherRule::label)
                                    .toList()) + " |");
            System.out.println("|---|---|---|---|---|---|---|");
            for (int factor : List.of(2, 10)) {
                power(factor + "×", slower(lab, factor, trials / 2));
                try (Workers other = Workers.otherLoad(lab)) {
                    power(factor + "×, with another load", slower(lab, factor, trials - trials / 2));
                    System.err.println("the other load asked " + other.calls() + " times");
                }
            }
            throughput(lab);
            System.out.println("\n(the application asked " + application.calls() + " times meanwhile)");
        }
    }

    static List<Verification> unchanged(LatencyLab lab, int count) throws SQLException {
        Checker checker = lab.checker(QUERIES);
        List<Verification> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Verification one = new Verification(lab.around(checker));
            one.errors().forEach(error -> System.err.println("false alarm: " + error.message()));
            all.add(one);
        }
        return all;
    }

    /** The same view over as many times the rows. */
    static List<Verification> slower(LatencyLab lab, int factor, int count) throws SQLException {
        Checker checker = lab.checker(HOT);
        List<Verification> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            lab.execute(hot(1));
            Verification one = new Verification(lab.around(checker, hot(factor)));
            if (!one.fails()) {
                System.err.println("missed at " + factor + "×: " + one.report().measurements());
            }
            all.add(one);
        }
        return all;
    }

    private static String hot(int factor) {
        return "create or replace view hot as select * from orders where id <= " + 40_000 * factor;
    }

    private static void falseAlarms(List<Verification> quiet, List<Verification> loaded) {
        System.out.println("| verifications with an ERROR | nothing else (" + quiet.size() + ") | another load ("
                + loaded.size() + ") |");
        System.out.println("|---|---|---|");
        alarms("plan (`latency.plan-regressed`)", quiet, loaded, one -> one.fails("latency.plan-regressed"));
        alarms("blocks (`latency.more-buffers`)", quiet, loaded, one -> one.fails("latency.more-buffers"));
        alarms(
                "production (`latency.slower-in-production`)",
                quiet,
                loaded,
                one -> one.fails("latency.slower-in-production"));
        alarms("wall clock (`latency.slower`)", quiet, loaded, one -> one.fails("latency.slower"));
        for (OtherRule rule : OtherRule.values()) {
            alarms("the same times by \"" + rule.label() + "\"", quiet, loaded, one -> one.fires(rule));
        }
        System.out.printf(
                Locale.ROOT,
                "%nLargest ratio of blocks of any query: %.3f and %.3f.%n",
                quiet.stream().mapToDouble(Verification::mostBlocks).max().orElse(1),
                loaded.stream().mapToDouble(Verification::mostBlocks).max().orElse(1));
        System.out.println("Not answered: "
                + quiet.stream()
                        .filter(one -> one.report().outcome() == dev.allclear.model.Outcome.INCONCLUSIVE)
                        .count()
                + " and "
                + loaded.stream()
                        .filter(one -> one.report().outcome() == dev.allclear.model.Outcome.INCONCLUSIVE)
                        .count()
                + ".");
    }

    private static void alarms(
            String label, List<Verification> quiet, List<Verification> loaded, Predicate<Verification> fires) {
        System.out.println("| " + label + " | " + share(quiet, fires) + " | " + share(loaded, fires) + " |");
    }

    private static void power(String label, List<Verification> found) {
        StringBuilder row = new StringBuilder("| " + label + " | " + found.size() + " | "
                + share(found, Verification::fails) + " | " + share(found, one -> one.fails("latency.slower")) + " |");
        for (OtherRule rule : OtherRule.values()) {
            row.append(' ').append(share(found, one -> one.fires(rule))).append(" |");
        }
        System.out.println(row);
    }

    private static String share(List<Verification> all, Predicate<Verification> which) {
        long hits = all.stream().filter(which).count();
        return String.format(Locale.ROOT, "%d (%.1f %%)", hits, 100.0 * hits / Math.max(1, all.size()));
    }

    private static void cost(List<Verification> quiet, List<Verification> loaded) {
        System.out.printf(
                Locale.ROOT,
                "%nDatabase time of one verification's second half (four probes, two statements): median %d ms, with another"
                        + " load %d ms.%n",
                median(quiet),
                median(loaded));
    }

    private static long median(List<Verification> all) {
        List<Long> times = all.stream()
                .map(one -> one.report().cost().databaseTime().toMillis())
                .sorted(Comparator.naturalOrder())
                .toList();
        return times.isEmpty() ? 0 : times.get(times.size() / 2);
    }

    /** Calls of a busy application while it is verified, against as long without, in turns. */
    private static void throughput(LatencyLab lab) throws Exception {
        List<Double> ratios = new ArrayList<>();
        Checker checker = lab.checker(QUERIES);
        try (Workers busy = Workers.application(lab, 2, 0)) {
            for (int i = 0; i < PAIRS; i++) {
                long calls = busy.calls();
                long begun = System.nanoTime();
                Baseline baseline = lab.before(checker);
                lab.after(checker, baseline);
                long nanos = System.nanoTime() - begun;
                long with = busy.calls() - calls;
                calls = busy.calls();
                Thread.sleep(nanos / 1_000_000);
                ratios.add((double) with / Math.max(1, busy.calls() - calls));
            }
        }
        ratios.sort(Comparator.naturalOrder());
        System.out.printf(
                Locale.ROOT,
                "%nThroughput of two busy sessions during a verification by that without, %d pairs: median %.2f, quartiles"
                        + " %.2f and %.2f.%n",
                PAIRS,
                ratios.get(PAIRS / 2),
                ratios.get(PAIRS / 4),
                ratios.get(3 * PAIRS / 4));
    }
}
