package dev.allclear.aggregator.console.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allclear.aggregator.Samples;
import dev.allclear.event.CheckCompleted;
import dev.allclear.model.CheckName;
import dev.allclear.model.CheckReport;
import dev.allclear.model.DatabaseName;
import dev.allclear.model.Decision;
import dev.allclear.model.Outcome;
import dev.allclear.model.RunId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A long history is as quick to read as a short one, and stays within its memory. Ratios and generous bounds: figures are the bench's. */
class TenThousandRunsTest {
    private static final int RUNS = 10_000;
    private static final long BUDGET = 8L << 20;

    @Test
    void listsAtOnce_andStaysWithinItsMemory() {
        long before = usedHeap();
        RunHistory few = filled(100);
        RunHistory many = filled(RUNS + 500);
        long after = usedHeap();

        assertThat(many.size().runs()).isEqualTo(RUNS);
        assertThat(many.size().bytes()).isLessThanOrEqualTo(BUDGET);
        assertThat(many.size().whole()).isBetween(10, RUNS - 1);
        // what is kept of a run beside its whole events: some 2 KB
        assertThat(after - before).isLessThan(BUDGET + RUNS * 8_192L);

        double newest = nanos(many, RunFilter.NEWEST) / nanos(few, RunFilter.NEWEST);
        double nothing = nanos(many, databaseNobodyHas());
        System.out.printf(
                "10,000 runs: %,d KiB of heap; the newest 50 take %.1f times as long as of 100 runs; looking through all of them %.2f ms%n",
                (after - before) / 1024, newest, nothing / 1e6);
        assertThat(newest).isLessThan(30);
        assertThat(nothing / 1e6).isLessThan(500);
        assertThat(many.list(RunFilter.NEWEST).runs()).hasSize(50);
    }

    private static RunHistory filled(int runs) {
        RunHistory history = new RunHistory(RUNS, BUDGET);
        Random random = new Random(7);
        for (int i = 0; i < runs; i++) {
            String run = "run-" + i;
            history.accept(Heard.at(i * 10, Heard.started(run, "shop")));
            history.accept(Heard.at(i * 10 + 1, Heard.completed(run, "shop")));
            history.accept(Heard.at(i * 10 + 2, answer(run, CheckName.STATUS, random)));
            history.accept(Heard.at(i * 10 + 3, answer(run, CheckName.LATENCY, random)));
            history.accept(Heard.at(i * 10 + 4, Heard.verdict(run, "shop", Decision.FAIL, true, 1)));
        }
        return history;
    }

    private static CheckCompleted answer(String run, CheckName check, Random random) {
        CheckReport report = Samples.report(run, check, Outcome.FAILED);
        List<Object> queries = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            queries.add(Map.of(
                    "name", "query-" + i, "beforeMillis", random.nextDouble(), "afterMillis", random.nextDouble()));
        }
        return new CheckCompleted(new CheckReport(
                new RunId(run),
                Samples.SHOP,
                check,
                report.checkerVersion(),
                report.outcome(),
                report.summary(),
                report.findings(),
                Map.of("queries", queries),
                report.startedAt(),
                report.completedAt(),
                report.cost()));
    }

    private static RunFilter databaseNobodyHas() {
        return RunFilter.of(new DatabaseName("nobody"), 50);
    }

    private static double nanos(RunHistory history, RunFilter filter) {
        long[] times = new long[41];
        for (int i = 0; i < times.length; i++) {
            long begin = System.nanoTime();
            history.list(filter);
            times[i] = System.nanoTime() - begin;
        }
        Arrays.sort(times);
        return times[times.length / 2];
    }

    private static long usedHeap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
