package dev.allclear.acceptance.locks;

import dev.allclear.model.CheckReport;
import dev.allclear.model.Finding;
import dev.allclear.model.Severity;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Many runs, some at the same time: of migrations that leave nothing, and of ones that leave something. */
final class Campaign {
    private static final int LANES = 4;
    private static final String LOCK_TIMEOUT = "55P03";
    private final Shop shop;
    private final long seed;
    private final AtomicInteger runs = new AtomicInteger();

    Campaign(Shop shop, long seed) throws SQLException {
        this.shop = shop;
        this.seed = seed;
        Traffic.tables(shop);
        Lane.tables(shop, LANES);
    }

    private interface Trial {
        void run(Lane lane, int number) throws SQLException;
    }

    /** The findings above INFO, with the run they came from; there should be none. */
    List<String> falseAlarms(int count) throws Exception {
        List<String> alarms = Collections.synchronizedList(new ArrayList<>());
        try (Traffic traffic = new Traffic(shop, seed).clients(8, 2).others()) {
            each(count, (lane, number) -> {
                Run run = Run.begin(shop, "clean-" + runs.incrementAndGet());
                migrateWell(lane, number);
                CheckReport report = number % 2 == 0 ? run.end(lane.tool()) : run.end();
                report.findings().stream()
                        .filter(finding -> finding.severity().compareTo(Severity.INFO) < 0)
                        .map(Finding::message)
                        .forEach(message -> alarms.add(run.id + ": " + message));
            });
            long vacuums = autovacuums();
            System.out.println("  meanwhile " + traffic.commits() + " transactions, " + vacuums + " autovacuums");
            if (traffic.commits() < count || (count >= 100 && vacuums == 0)) {
                throw new IllegalStateException("there was hardly any traffic");
            }
        }
        return alarms;
    }

    /** How often each leftover was found, of so many times. */
    Map<Leftover, Integer> found(int times) throws Exception {
        Map<Leftover, Integer> found = new ConcurrentSkipListMap<>();
        try (Traffic traffic = new Traffic(shop, seed + 1).clients(4, 5).others()) {
            Leftover[] kinds = Leftover.values();
            for (Leftover kind : kinds) {
                found.put(kind, 0);
            }
            each(times * kinds.length, (lane, number) -> {
                Leftover kind = kinds[number % kinds.length];
                Run run = Run.begin(shop, "left-" + runs.incrementAndGet());
                CheckReport report = kind.happen(lane, run);
                if (kind.isSaidIn(report, lane, run)) {
                    found.computeIfPresent(kind, (same, said) -> said + 1);
                } else {
                    System.out.println("missed " + kind + " in " + run.id + ": " + report.summary() + " "
                            + report.findings().stream().map(Finding::message).toList());
                }
            });
        }
        return found;
    }

    /** As good migrations are: short locks with a time limit, retried; indexes concurrently; rows in batches. */
    private static void migrateWell(Lane lane, int number) throws SQLException {
        try (Connection tool = lane.shop().open(lane.tool())) {
            Shop.run(tool, "set lock_timeout = '100ms'");
            switch (number % 4) {
                case 0 ->
                    retried(
                            tool,
                            "alter table " + lane.table() + " add column if not exists n" + number + " int",
                            "alter table " + lane.table() + " drop column n" + number);
                case 1 -> {
                    for (int batch = 0; batch < 20; batch++) {
                        retried(tool, "update accounts set note = 'n" + number + "' where id % 20 = " + batch);
                    }
                }
                case 2 ->
                    Shop.run(
                            tool,
                            "create table made_" + number + " as select * from accounts limit 100",
                            "drop table made_" + number);
                default ->
                    Shop.run(tool, "set lock_timeout = 0", "create index concurrently on " + lane.table() + " (note)");
            }
        }
    }

    private long autovacuums() throws SQLException {
        try (Connection watch = shop.open("watch")) {
            return Shop.number(
                    watch, "select sum(autovacuum_count + autoanalyze_count)::int8 from pg_stat_user_tables");
        }
    }

    /** Each statement until it gets its locks in time. */
    private static void retried(Connection tool, String... statements) throws SQLException {
        for (String sql : statements) {
            for (boolean done = false; !done; ) {
                try {
                    Shop.run(tool, sql);
                    done = true;
                } catch (SQLException busy) {
                    if (!LOCK_TIMEOUT.equals(busy.getSQLState())) {
                        throw busy;
                    }
                    Traffic.pause(50);
                }
            }
        }
    }

    private void each(int count, Trial trial) throws Exception {
        ExecutorService lanes = Executors.newFixedThreadPool(LANES);
        AtomicInteger next = new AtomicInteger();
        List<Future<?>> ends = new ArrayList<>();
        for (int i = 0; i < LANES; i++) {
            Lane lane = new Lane(shop, i, new Random(seed + i));
            ends.add(lanes.submit(() -> {
                for (int number = next.getAndIncrement(); number < count; number = next.getAndIncrement()) {
                    trial.run(lane, number);
                }
                return null;
            }));
        }
        lanes.shutdown();
        try {
            for (Future<?> end : ends) {
                end.get();
            }
        } catch (ExecutionException failed) {
            throw new IllegalStateException("a trial failed", failed.getCause());
        }
    }
}
