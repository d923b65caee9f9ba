package dev.allclear.acceptance.aggregator;

import dev.allclear.kafka.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;

/**
 * Exactly one final verdict for each run, whatever dies: {@code ./allclear-bench crashes [RUNS [SEED]]}. Two aggregators, and at times a
 * third, over three partitions; prints what the history shows, and fails when a promise was not kept. 2,000 runs take about
 * half an hour.
 */
public final class CrashCampaign {
    /** The shortest deadline there is. */
    static final Duration DEADLINE = Duration.ofSeconds(30);

    private static final double RUNS_PER_SECOND = 1.3;
    private static final String SETTINGS = "policy: { log-watch: 0s, deadline: 30s }";

    private CrashCampaign() {}

    /** How much of what. */
    record Plan(
            int runs,
            double perSecond,
            double withheldShare,
            long seed,
            int instances,
            List<Chaos.Kind> kinds,
            Duration shortestPause,
            Duration longestPause) {}

    public static void main(String[] args) throws Exception {
        int runs = args.length > 0 ? Integer.parseInt(args[0]) : 2_000;
        long seed = args.length > 1 ? Long.parseLong(args[1]) : System.nanoTime();
        Path folder = Files.createTempDirectory("allclear-crashes");
        List<Fact> facts = run(
                folder,
                new Plan(
                        runs,
                        RUNS_PER_SECOND,
                        0.1,
                        seed,
                        2,
                        Chaos.MIXTURE,
                        Duration.ofSeconds(4),
                        Duration.ofSeconds(14)));
        HistoryAnalysis analysis = HistoryAnalysis.of(facts);
        System.out.println(CrashTable.of(seed, facts));
        System.out.println("the history is in " + folder.resolve("history.ndjson"));
        System.exit(analysis.isClean() ? 0 : 1);
    }

    /** Lets it happen and returns the history. */
    static List<Fact> run(Path folder, Plan plan) throws Exception {
        System.out.println("seed " + plan.seed());
        History history = new History(folder.resolve("history.ndjson"));
        try (history;
                Cluster cluster = new Cluster(folder, SETTINGS, "-Xmx256m", "-XX:TieredStopAtLevel=1")) {
            Topics.ensure(cluster.kafka(), Duration.ofSeconds(60));
            long begun = System.currentTimeMillis();
            for (int number = 0; number < plan.instances(); number++) {
                cluster.start(number);
            }
            for (int number = 0; number < plan.instances(); number++) {
                cluster.awaitRunning(number);
            }
            history.note(new Fact.Fault("start", begun, System.currentTimeMillis()));
            Workload workload = new Workload(plan.seed(), Instant.now(), DEADLINE, plan.withheldShare())
                    .runs(plan.runs(), plan.perSecond());
            workload.planned().forEach(history::note);
            try (Observer observer = new Observer(cluster.kafka(), history::note)) {
                Chaos chaos = new Chaos(cluster, plan.instances(), history, plan.seed());
                AtomicReference<Exception> trouble = new AtomicReference<>();
                Thread rage = new Thread(() -> {
                    try {
                        chaos.rage(plan.kinds(), plan.shortestPause(), plan.longestPause());
                    } catch (Exception failure) {
                        trouble.set(failure);
                    }
                });
                rage.start();
                new Driver(cluster.kafka(), history).publish(workload.sendings());
                chaos.end();
                rage.join();
                if (trouble.get() != null) {
                    throw trouble.get();
                }
                awaitDecisions(observer, workload.planned().size());
            }
            Observer.reread(cluster.kafka()).forEach(history::note);
        }
        return History.read(history.file());
    }

    /** Waits for what is still due, and a little longer for what should not come. */
    private static void awaitDecisions(Observer observer, int runs) throws InterruptedException {
        try {
            Awaitility.await()
                    .atMost(DEADLINE.plusSeconds(90))
                    .until(() -> observer.decided().size() >= runs);
        } catch (org.awaitility.core.ConditionTimeoutException late) {
            System.out.println("not every run was decided in time");
        }
        Thread.sleep(3_000);
    }
}
