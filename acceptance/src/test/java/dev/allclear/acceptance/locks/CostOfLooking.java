package dev.allclear.acceptance.locks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What the sampler costs a database with 90 connections and 2,000 locks: the processor time of its server process, as Linux counts
 * it, and beside it what clients get done with and without it.
 *
 * @param share of one core
 * @param throughput with the sampler, as a multiple of that without: the median of pairs
 */
record CostOfLooking(long connections, long locks, double share, double reportedShare, double throughput, int pairs) {
    private static final int IDLE = 84;
    private static final int CLIENTS = 5;
    private static final int TABLES = 23;

    static CostOfLooking measure(Shop shop, int pairs, int secondsEach) throws SQLException, IOException {
        StringBuilder lock = new StringBuilder("select 1");
        for (int i = 0; i < TABLES; i++) {
            shop.execute("create table looked_at_%d (id int)".formatted(i));
            lock.append(", (select count(*) from looked_at_%d)".formatted(i));
        }
        List<Connection> idle = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        double share = 0;
        double reported = 0;
        try (Connection watch = shop.open("watch");
                Traffic traffic = new Traffic(shop, 1).clients(CLIENTS, 0)) {
            for (int i = 0; i < IDLE; i++) {
                idle.add(shop.begin("pool", lock.toString()));
            }
            long connections =
                    Shop.number(watch, "select count(*) from pg_stat_activity where backend_type = 'client backend'");
            long locks = Shop.number(watch, "select count(*) from pg_locks");
            for (int i = 0; i < pairs; i++) {
                boolean first = i % 2 == 0;
                double without = first ? perSecond(traffic, secondsEach) : 0;
                Run run = Run.begin(shop, "cost-" + i);
                Traffic.pause(1_000);
                long pid = Shop.number(
                        watch,
                        "select pid from pg_stat_activity where application_name = 'allclear/locks/" + run.id + "'");
                long before = cpuNanos(pid);
                long begun = System.nanoTime();
                double with = perSecond(traffic, secondsEach);
                share += (double) (cpuNanos(pid) - before) / (System.nanoTime() - begun) / pairs;
                long lasted = System.nanoTime() - begun;
                reported += (double) run.end("flyway").cost().databaseTime().toNanos() / lasted / pairs;
                ratios.add(with / (first ? without : perSecond(traffic, secondsEach)));
            }
            Collections.sort(ratios);
            return new CostOfLooking(connections, locks, share, reported, ratios.get(ratios.size() / 2), pairs);
        } finally {
            for (Connection connection : idle) {
                connection.close();
            }
        }
    }

    String words() {
        return "%d connections, %d locks: %.2f %% of a core (reported: %.2f %%); throughput with the sampler %.3f of that without, median of %d pairs"
                .formatted(connections, locks, 100 * share, 100 * reportedShare, throughput, pairs);
    }

    private static double perSecond(Traffic traffic, int seconds) {
        long before = traffic.commits();
        long begun = System.nanoTime();
        Traffic.pause(seconds * 1_000L);
        return (traffic.commits() - before) / ((System.nanoTime() - begun) / 1e9);
    }

    private static long cpuNanos(long pid) throws IOException {
        return Long.parseLong(
                Files.readString(Path.of("/proc/" + pid + "/schedstat")).strip().split(" ")[0]);
    }
}
