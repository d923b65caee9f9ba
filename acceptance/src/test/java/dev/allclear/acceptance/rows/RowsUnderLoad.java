package dev.allclear.acceptance.rows;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** How often the row check is wrong while others write: {@code ./allclear-bench rows-load [RUNS [SEED]]}. */
public final class RowsUnderLoad {
    private static final int AT_ONCE = 8;

    private RowsUnderLoad() {}

    /** Prints a line a run and the table; exits 1 if any answer was wrong. */
    public static void main(String[] args) throws Exception {
        int runs = args.length > 0 ? Integer.parseInt(args[0]) : 100;
        long seed = args.length > 1 ? Long.parseLong(args[1]) : System.nanoTime();
        List<LoadedRun.Result> results = campaign(runs, seed);
        results.forEach(System.out::println);
        System.out.println(table(results));
        System.exit(results.stream().allMatch(result -> result.wrong().isEmpty()) ? 0 : 1);
    }

    /** Eight runs in a row have every combination of what is broken and what is not. */
    static List<LoadedRun.Result> campaign(int runs, long seed) throws Exception {
        System.out.println("seed " + seed);
        Random seeds = new Random(seed);
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        try (RowLab lab = new RowLab()) {
            List<Future<LoadedRun.Result>> futures = new ArrayList<>();
            for (int i = 0; i < runs; i++) {
                int number = i;
                long own = seeds.nextLong();
                futures.add(threads.submit(() -> new LoadedRun(lab, "load" + number, own).run(own, number)));
            }
            List<LoadedRun.Result> results = new ArrayList<>();
            for (Future<LoadedRun.Result> future : futures) {
                results.add(future.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }

    /** Per expectation and truth: how often it was said to be what. */
    private static String table(List<LoadedRun.Result> results) {
        Map<String, Map<String, Integer>> counts = new TreeMap<>();
        results.forEach(result -> result.broken().forEach((table, broken) -> counts.computeIfAbsent(
                        table + (broken ? " broken" : " good"), key -> new TreeMap<>())
                .merge(result.said().get(table), 1, Integer::sum)));
        StringBuilder out = new StringBuilder();
        counts.forEach(
                (what, said) -> out.append(what).append(": ").append(said).append('\n'));
        long wrong = results.stream().mapToLong(result -> result.wrong().size()).sum();
        long byChance =
                results.stream().mapToLong(result -> result.byChance().size()).sum();
        return out.append(
                        "%d runs, %d wrong answers, %d right by the numbers: others had added as many rows as were lost"
                                .formatted(results.size(), wrong, byChance))
                .toString();
    }
}
