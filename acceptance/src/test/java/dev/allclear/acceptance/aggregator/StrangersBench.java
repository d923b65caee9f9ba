package dev.allclear.acceptance.aggregator;

import dev.allclear.kafka.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.core.ConditionTimeoutException;

/**
 * A flood of records from strangers on {@code results}, while 5,000 runs are open and others are verified: {@code ./allclear-bench
 * strangers [MEGABYTES [OPEN-RUNS]]}. Prints the aggregator's heap after collections over time, and how long verdicts took.
 */
public final class StrangersBench {
    private static final int MEGABYTES_PER_SECOND = 12;
    private static final int PARTITIONS = 3;

    private StrangersBench() {}

    /**
     * What came of it.
     *
     * @param heap megabytes used after collections, over time
     * @param waits of the runs verified meanwhile, from the last answer to the verdict, in milliseconds
     * @param setAside dead letters
     * @param floodAlerts how often a partition said that it no longer sets everything aside
     * @param complaints what was not as it should be
     */
    record Result(
            long records,
            List<Integer> heap,
            List<Long> waits,
            List<Long> ledgerBytes,
            int heapWithOpenRuns,
            long setAside,
            long floodAlerts,
            List<String> complaints) {}

    public static void main(String[] args) throws Exception {
        int megabytes = args.length > 0 ? Integer.parseInt(args[0]) : 1_000;
        int openRuns = args.length > 1 ? Integer.parseInt(args[1]) : 5_000;
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Result result = flood(Files.createTempDirectory("allclear-strangers"), megabytes, openRuns, "-Xmx256m", seed);
        System.out.printf(
                "%d MB in %d records; heap after collections, MB: %s%n", megabytes, result.records(), result.heap());
        System.out.printf(
                "%d open runs: ledger p50 %d, largest %d bytes; heap with them %d MB%n",
                result.ledgerBytes().size(),
                HistoryTimes.percentile(result.ledgerBytes(), 0.5),
                HistoryTimes.percentile(result.ledgerBytes(), 1),
                result.heapWithOpenRuns());
        System.out.printf(
                "%d runs verified meanwhile: p50 %d ms, p99 %d ms%n",
                result.waits().size(),
                HistoryTimes.percentile(result.waits(), 0.5),
                HistoryTimes.percentile(result.waits(), 0.99));
        System.out.printf("%d records set aside; floods told: %d%n", result.setAside(), result.floodAlerts());
        result.complaints().forEach(System.out::println);
        System.exit(result.complaints().isEmpty() ? 0 : 1);
    }

    private static final int MOST_SAID = 4_000;

    static Result flood(Path folder, int megabytes, int openRuns, String heapFlag, long seed) throws Exception {
        History history = new History(folder.resolve("history.ndjson"));
        GcLog gc = new GcLog(folder.resolve("gc.log"));
        List<Integer> heap = new ArrayList<>();
        List<Long> sizes = new ArrayList<>();
        Flood flood = new Flood(seed);
        long records = 0;
        try (history;
                Cluster cluster =
                        new Cluster(folder, "policy: { log-watch: 0s, deadline: 10m }", heapFlag, gc.flag())) {
            Topics.ensure(cluster.kafka(), Duration.ofSeconds(60));
            cluster.start(0);
            cluster.awaitRunning(0);
            OpenRuns.publish(cluster.kafka(), openRuns);
            try (Observer observer = new Observer(cluster.kafka(), history::note);
                    KafkaProducer<byte[], byte[]> producer = Driver.producer(cluster.kafka())) {
                OrdinaryRuns ordinary = new OrdinaryRuns(producer, history);
                ordinary.next();
                ordinary.awaitAll(observer);
                int withOpenRuns = gc.leastSince(0);
                if (openRuns > 0) {
                    sizes.addAll(OpenRuns.ledgerSizes(cluster.kafka()));
                    withOpenRuns = gc.leastSince(gc.last());
                }
                long bytes = 0;
                long begun = System.nanoTime();
                long nextRun = 0;
                double seenUntil = gc.last();
                while (bytes < megabytes * 1_000_000L && cluster.aggregator(0).isAlive()) {
                    ProducerRecord<byte[], byte[]> record = flood.next(ordinary.run(), ordinary.database());
                    bytes += record.value().length;
                    records++;
                    var unused = producer.send(record);
                    if (bytes >= nextRun) {
                        nextRun += MEGABYTES_PER_SECOND * 1_000_000L / 4;
                        ordinary.next();
                        long ahead = begun + bytes * 1_000 / MEGABYTES_PER_SECOND - System.nanoTime();
                        TimeUnit.NANOSECONDS.sleep(Math.max(0, ahead));
                    }
                    if (bytes / 1_000_000 > (heap.size() + 1L) * Math.max(5, megabytes / 20)) {
                        heap.add(gc.leastSince(seenUntil));
                        seenUntil = gc.last();
                    }
                }
                producer.flush();
                ordinary.next();
                try {
                    ordinary.awaitAll(observer);
                } catch (ConditionTimeoutException late) {
                    String said = cluster.aggregator(0).output();
                    throw new AssertionError(
                            late.getMessage() + "; the aggregator said last: "
                                    + said.substring(Math.max(0, said.length() - MOST_SAID)),
                            late);
                }
                heap.add(gc.leastSince(seenUntil));
                observer.close();
                return result(history, records, heap, sizes, withOpenRuns, cluster);
            }
        }
    }

    private static Result result(
            History history, long records, List<Integer> heap, List<Long> sizes, int withOpenRuns, Cluster cluster) {
        history.close();
        List<Fact> facts = new ArrayList<>(History.read(history.file()));
        long setAside = HistoryAnalysis.all(facts, Fact.DeadSeen.class).size();
        List<Fact.AlertSeen> floods = HistoryAnalysis.all(facts, Fact.AlertSeen.class).stream()
                .filter(alert -> alert.run().startsWith("dead-letters-"))
                .toList();
        long told = floods.stream().filter(Fact.AlertSeen::firing).count();
        facts.removeAll(floods);
        List<String> complaints = new ArrayList<>();
        if (told > PARTITIONS) {
            complaints.add("one flood over " + PARTITIONS + " partitions was told " + told + " times");
        }
        HistoryAnalysis analysis = HistoryAnalysis.of(facts);
        complaints.addAll(analysis.missing());
        complaints.addAll(analysis.wrong());
        complaints.addAll(analysis.duplicates());
        complaints.addAll(analysis.alerts());
        if (!cluster.aggregator(0).isAlive()) {
            complaints.add("the aggregator has died: " + cluster.aggregator(0).output());
        }
        return new Result(
                records, heap, HistoryTimes.of(facts).undisturbed(), sizes, withOpenRuns, setAside, told, complaints);
    }
}
