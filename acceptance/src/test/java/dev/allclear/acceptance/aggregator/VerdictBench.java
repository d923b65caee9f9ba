package dev.allclear.acceptance.aggregator;

import dev.allclear.config.KafkaConfig;
import dev.allclear.kafka.Topic;
import dev.allclear.kafka.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * From the last answer to the visible verdict beside {@link PlainPeer}, and how fast a backlog is worked off, beside it and {@link
 * StreamsPeer}: {@code ./allclear-bench verdict-latency [RUNS [BACKLOG]]}. It takes some hundred runs until the JVMs are warm.
 */
public final class VerdictBench {
    static final String PLAIN = "plain.results";

    private VerdictBench() {}

    public static void main(String[] args) throws Exception {
        int runs = args.length > 0 ? Integer.parseInt(args[0]) : 2_000;
        int backlog = args.length > 1 ? Integer.parseInt(args[1]) : 40_000;
        System.out.println(measure(Files.createTempDirectory("allclear-verdicts"), runs, backlog));
        System.exit(0);
    }

    /** A table in Markdown. */
    static String measure(Path folder, int runs, int backlog) throws Exception {
        StringBuilder table = new StringBuilder();
        try (Cluster cluster = new Cluster(folder, "policy: { log-watch: 0s, deadline: 10m }", "-Xmx512m")) {
            Topics.ensure(cluster.kafka(), Duration.ofSeconds(60));
            createPlainTopics(cluster.kafka());
            if (runs > 0) {
                latency(folder, cluster, runs, table);
            }
            if (backlog > 0) {
                backlog(folder, cluster, backlog, table);
            }
        }
        return table.toString();
    }

    private static void latency(Path folder, Cluster cluster, int runs, StringBuilder table) throws Exception {
        cluster.start(0);
        Jvm peer = startPeer(folder, cluster.kafka());
        cluster.awaitRunning(0);
        try (VerdictLanes lanes = new VerdictLanes(cluster.kafka())) {
            lanes.alternate(Math.max(50, runs / 5));
            lanes.forget();
            lanes.alternate(runs);
            table.append("| last answer to visible verdict | runs | p50 ms | p99 ms |\n|---|---|---|---|\n");
            row(table, "plain clients, no transactions", lanes.plain());
            row(table, "the aggregator, exactly once", lanes.exact());
        } finally {
            peer.close();
            cluster.aggregator(0).terminate();
        }
    }

    private static void backlog(Path folder, Cluster cluster, int runs, StringBuilder table) throws Exception {
        KafkaConfig kafka = cluster.kafka();
        Backlog work = new Backlog(kafka, runs, Instant.now());
        work.publish();
        table.append("\n| backlog of ")
                .append(6 * runs)
                .append(
                        " events | answers/s | CPU us an event | answers/s, second half | CPU us an event |\n|---|---|---|---|---|\n");
        work.time(
                "the aggregator, exactly once", Topic.VERDICTS.nameWith(Cluster.PREFIX), cluster.start(1)::cpu, table);
        cluster.aggregator(1).terminate();
        Jvm bare = Jvm.start(
                folder,
                "bare",
                List.of("-Xmx512m"),
                StreamsPeer.class.getName(),
                kafka.bootstrapServers().orElseThrow(),
                folder.resolve("bare").toString());
        work.time(
                "Kafka Streams alone, exactly once: nothing decoded or judged", StreamsPeer.VERDICTS, bare::cpu, table);
        bare.close();
        Jvm peer = startPeer(folder, kafka);
        work.time("plain consumer, no changelog (answers only)", PlainPeer.VERDICTS, peer::cpu, table);
        peer.close();
    }

    private static Jvm startPeer(Path folder, KafkaConfig kafka) {
        return Jvm.start(
                folder,
                "peer",
                List.of("-Xmx512m"),
                PlainPeer.class.getName(),
                kafka.bootstrapServers().orElseThrow(),
                PLAIN);
    }

    private static void createPlainTopics(KafkaConfig kafka) throws Exception {
        try (Admin admin = Admin.create(
                java.util.Map.of("bootstrap.servers", kafka.bootstrapServers().orElseThrow()))) {
            admin.createTopics(Stream.of(PLAIN, PlainPeer.VERDICTS, StreamsPeer.VERDICTS)
                            .map(name -> new NewTopic(name, 3, (short) 1))
                            .toList())
                    .all()
                    .get();
        }
    }

    private static void row(StringBuilder table, String name, List<Double> millis) {
        table.append("| %s | %d | %.1f | %.1f |%n"
                .formatted(
                        name, millis.size(), millis.get(millis.size() / 2), millis.get((int) (0.99 * millis.size()))));
    }
}
