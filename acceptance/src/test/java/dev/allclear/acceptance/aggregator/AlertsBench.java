package dev.allclear.acceptance.aggregator;

import dev.allclear.kafka.Topics;
import dev.allclear.model.CheckName;
import dev.allclear.model.DatabaseName;
import dev.allclear.model.Outcome;
import dev.allclear.model.RunId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.awaitility.Awaitility;

/**
 * Every failing run is told to each of four targets, though all of them misbehave for two minutes and the aggregator is killed twice
 * meanwhile: {@code ./allclear-bench alerts [SECONDS [RUNS]]}. Prints what each target was told, and fails when a promise was not kept.
 */
public final class AlertsBench {
    private static final List<String> KINDS = List.of("alertmanager", "slack", "pagerduty", "webhook");
    private static final Pattern RUN = Pattern.compile("alerted-\\d+");
    private static final Map<String, Pattern> IDS = Map.of(
            "alertmanager", Pattern.compile("\"alert_id\":\"([^\"]+)\""),
            "slack", Pattern.compile("(alerted-\\d+)"),
            "pagerduty", Pattern.compile("\"dedup_key\":\"([^\"]+)\""),
            "webhook", Pattern.compile("\"id\":\"([^\"]+)\""));
    private static final int CRASHES = 2;

    private AlertsBench() {}

    /** What one target was told: of how many runs, how often beyond once, how many attempts that took, and what is wrong. */
    record Told(String target, int missed, int repeated, int attempts, List<String> complaints) {}

    public static void main(String[] args) throws Exception {
        int seconds = args.length > 0 ? Integer.parseInt(args[0]) : 120;
        int runs = args.length > 1 ? Integer.parseInt(args[1]) : 40;
        List<Told> all = tell(Files.createTempDirectory("allclear-alerts"), seconds, runs);
        System.out.println("| target | alerts | missed | repeated, of 2 crashes | requests |");
        System.out.println("|---|---|---|---|---|");
        boolean good = true;
        for (Told told : all) {
            System.out.printf(
                    "| %s | %d | %d | %d | %d |%n",
                    told.target(), runs, told.missed(), told.repeated(), told.attempts());
            told.complaints().forEach(System.out::println);
            good &= told.complaints().isEmpty();
        }
        System.exit(good ? 0 : 1);
    }

    static List<Told> tell(Path folder, int seconds, int runs) throws Exception {
        Map<String, BadTarget> targets = new TreeMap<>();
        KINDS.forEach(kind -> targets.put(kind, new BadTarget(kind)));
        Path key = Files.writeString(folder.resolve("routing-key"), "key");
        try (Cluster cluster = new Cluster(folder, settings(targets, key), "-Xmx256m", "-XX:TieredStopAtLevel=1")) {
            Topics.ensure(cluster.kafka(), Duration.ofSeconds(60));
            cluster.start(0);
            cluster.awaitRunning(0);
            try (KafkaProducer<byte[], byte[]> producer = Driver.producer(cluster.kafka())) {
                for (int run = 0; run < runs; run++) {
                    fail(producer, new RunId("alerted-" + run), new DatabaseName("db-" + run % 12));
                    TimeUnit.MILLISECONDS.sleep(1_000L * seconds / runs);
                    if (run == runs / 3 || run == 2 * runs / 3) {
                        cluster.aggregator(0).kill();
                        cluster.start(0);
                    }
                }
            }
            targets.values().forEach(BadTarget::behave);
            awaitAll(targets, runs);
            return targets.values().stream().map(target -> told(target, runs)).toList();
        } finally {
            targets.values().forEach(BadTarget::close);
        }
    }

    private static String settings(Map<String, BadTarget> targets, Path key) {
        return """
                policy: { required: [status] }
                alerts:
                  - alertmanager: { url: "%s", timeout: 2s, resend: 1h }
                  - slack: { url: "%s/hook", timeout: 2s }
                  - pagerduty: { url: "%s", timeout: 2s, routing-key: "${file:%s}" }
                  - webhook: { url: "%s/hook", timeout: 2s }
                """.formatted(
                        url(targets, "alertmanager"),
                        url(targets, "slack"),
                        url(targets, "pagerduty"),
                        key,
                        url(targets, "webhook"));
    }

    private static String url(Map<String, BadTarget> targets, String kind) {
        BadTarget target = targets.get(kind);
        if (target == null) {
            throw new IllegalArgumentException(kind);
        }
        return target.url();
    }

    private static void fail(KafkaProducer<byte[], byte[]> producer, RunId run, DatabaseName database) {
        var completed = producer.send(Backlog.completed(run, database, Instant.now()));
        var answer = producer.send(Backlog.answer(run, database, CheckName.STATUS, Outcome.FAILED, Instant.now()));
    }

    /** As long as a target's longest pause and all there is to say may take. */
    private static void awaitAll(Map<String, BadTarget> targets, int runs) {
        try {
            Awaitility.await().atMost(Duration.ofMinutes(4)).until(() -> targets.values().stream()
                    .allMatch(target -> runsTold(target).size() == runs));
        } catch (org.awaitility.core.ConditionTimeoutException late) {
            System.out.println("not every target was told of every run");
        }
    }

    private static Set<String> runsTold(BadTarget target) {
        Set<String> told = new HashSet<>();
        target.accepted().forEach(body -> told.add(first(RUN, body)));
        return told;
    }

    private static Told told(BadTarget target, int runs) {
        Map<String, Set<String>> ids = new HashMap<>();
        target.accepted().forEach(body -> ids.computeIfAbsent(first(RUN, body), run -> new HashSet<>())
                .add(first(IDS.getOrDefault(target.name(), RUN), body)));
        int repeated = target.accepted().size() - ids.size();
        List<String> complaints = new ArrayList<>();
        if (ids.size() < runs) {
            complaints.add(target.name() + " was not told of " + (runs - ids.size()) + " runs");
        }
        if (repeated > CRASHES) {
            complaints.add(target.name() + " was told " + repeated + " times too often, in " + CRASHES + " crashes");
        }
        ids.forEach((run, all) -> {
            if (all.size() > 1) {
                complaints.add(target.name() + " was told of " + run + " under several ids: " + all);
            }
        });
        return new Told(target.name(), runs - ids.size(), repeated, target.attempts(), complaints);
    }

    private static String first(Pattern pattern, String body) {
        Matcher found = pattern.matcher(body);
        return found.find() ? found.group(found.groupCount()) : "";
    }
}
