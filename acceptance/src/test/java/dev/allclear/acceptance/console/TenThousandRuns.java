package dev.allclear.acceptance.console;

import dev.allclear.aggregator.console.Console;
import dev.allclear.aggregator.console.ConsoleSettings;
import dev.allclear.config.AllclearConfig;
import dev.allclear.config.ConfigFile;
import dev.allclear.config.KafkaConfig;
import dev.allclear.embedded.EmbeddedBroker;
import dev.allclear.event.AllclearEvent;
import dev.allclear.event.CheckCompleted;
import dev.allclear.event.MigrationCompleted;
import dev.allclear.event.MigrationStarted;
import dev.allclear.event.VerdictReached;
import dev.allclear.kafka.EventPublisher;
import dev.allclear.kafka.Topics;
import dev.allclear.model.CheckName;
import dev.allclear.model.CheckReport;
import dev.allclear.model.CheckVerdict;
import dev.allclear.model.Cost;
import dev.allclear.model.DatabaseName;
import dev.allclear.model.Decision;
import dev.allclear.model.Finding;
import dev.allclear.model.FindingCode;
import dev.allclear.model.Outcome;
import dev.allclear.model.Recommendation;
import dev.allclear.model.RunId;
import dev.allclear.model.Severity;
import dev.allclear.model.Verdict;
import dev.allclear.postgres.Databases;
import dev.allclear.service.Parts;
import dev.allclear.testkit.DescriptionBuilder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** A console that finds this many runs on its topics: how long it reads, how quickly it answers, how much it holds. */
public final class TenThousandRuns {
    private static final int DATABASES = 5;

    private TenThousandRuns() {}

    /** @param args how many runs; 10,000 unless given */
    public static void main(String[] args) throws Exception {
        int runs = args.length > 0 ? Integer.parseInt(args[0]) : 10_000;
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            KafkaConfig kafka = new KafkaConfig(Map.of("bootstrap.servers", broker.bootstrapServers()), "bench.", 3, 1);
            Topics.ensure(kafka, Duration.ofSeconds(60));
            long bytes = publish(kafka, runs);
            System.out.printf("%,d runs published, %.1f KB of JSON a run%n", runs, bytes / 1e3 / runs);
            measure(kafka, runs);
        }
        System.exit(0);
    }

    private static void measure(KafkaConfig kafka, int runs) throws Exception {
        AllclearConfig empty = ConfigFile.parse("", "bench", Map.of());
        AllclearConfig config = new AllclearConfig(kafka, Map.of(), empty.http(), empty.root());
        Vertx vertx = Vertx.vertx();
        long before = usedHeap();
        long begin = System.nanoTime();
        Console console = Console.start(
                ConsoleSettings.local(0),
                new Parts(vertx, Clock.systemUTC(), config, Databases.of(vertx, empty), new SimpleMeterRegistry()));
        console.caughtUp().await(10, TimeUnit.MINUTES);
        System.out.printf("topics read in %.1f s%n", (System.nanoTime() - begin) / 1e9);
        System.out.printf("heap of the console %,d MB%n", (usedHeap() - before) >> 20);
        String root = "http://localhost:" + console.port();
        HttpClient client = HttpClient.newHttpClient();
        System.out.println(get(client, root + "/services").replaceAll("(?s).*(In memory: [^<]*)<.*", "$1"));
        Map<String, String> questions = new TreeMap<>(Map.of(
                "1 list, newest 50", "/v1/runs",
                "2 list, newest 500", "/v1/runs?limit=500",
                "3 list, a verdict that none has", "/v1/runs?decision=INCONCLUSIVE",
                "4 page of runs", "/",
                "5 page of a database with trend", "/?database=db1",
                "6 page of the newest run", "/runs/run-" + (runs - 1)));
        questions.forEach((name, path) -> System.out.println(name + ": " + times(client, root + path, 200)));
        System.out.println(
                "7 report of the oldest run, the first time: " + times(client, root + "/v1/runs/run-0/report.html", 1));
        System.out.println("8 the same again: " + times(client, root + "/v1/runs/run-0/report.html", 50));
    }

    private static String times(HttpClient client, String address, int count) {
        long[] times = new long[count];
        for (int i = 0; i < count; i++) {
            long begin = System.nanoTime();
            get(client, address);
            times[i] = System.nanoTime() - begin;
        }
        Arrays.sort(times);
        return String.format(
                "p50 %.1f ms, p99 %.1f ms", times[count / 2] / 1e6, times[Math.min(count - 1, count * 99 / 100)] / 1e6);
    }

    private static String get(HttpClient client, String address) {
        try {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(address + ": " + answer.statusCode() + " " + answer.body());
            }
            return answer.body();
        } catch (java.io.IOException | InterruptedException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static long publish(KafkaConfig kafka, int runs) throws Exception {
        Random random = new Random(7);
        long bytes = 0;
        try (EventPublisher publisher = new EventPublisher(kafka, "bench")) {
            for (int i = 0; i < runs; i++) {
                List<Future<Void>> sent = new ArrayList<>();
                for (AllclearEvent event : run(i, random)) {
                    bytes += dev.allclear.codec.EventJson.write(event).length;
                    sent.add(publisher.publish(event));
                }
                if (i % 500 == 0 || i == runs - 1) {
                    Future.all(sent).await(60, TimeUnit.SECONDS);
                }
            }
        }
        return bytes;
    }

    private static List<AllclearEvent> run(int number, Random random) {
        RunId run = new RunId("run-" + number);
        DatabaseName database = new DatabaseName("db" + number % DATABASES);
        Instant at = Instant.parse("2026-03-01T00:00:00Z").plusSeconds(number * 60L);
        var said = new DescriptionBuilder().tool("flyway").targets("" + number).build();
        List<CheckReport> reports = CheckName.builtIn().stream()
                .map(check -> report(run, database, check, at, random))
                .toList();
        Decision decision = number % 7 == 0 ? Decision.FAIL : Decision.PASS;
        List<AllclearEvent> events = new ArrayList<>();
        events.add(new MigrationStarted(run, database, at, said));
        events.add(new MigrationCompleted(
                run, database, at.plusSeconds(20), Optional.of(0), Optional.empty(), Optional.empty(), said));
        reports.forEach(report -> events.add(new CheckCompleted(report)));
        events.add(new VerdictReached(new Verdict(
                run,
                database,
                decision,
                true,
                1,
                at.plusSeconds(60),
                decision == Decision.PASS ? List.of() : reports.get(0).findings(),
                reports.stream()
                        .map(report -> new CheckVerdict(
                                report.check(),
                                true,
                                report.outcome(),
                                report.summary(),
                                report.findings(),
                                report.cost()))
                        .toList(),
                List.of(),
                List.of(),
                decision == Decision.PASS ? Recommendation.KEEP : Recommendation.INVESTIGATE)));
        return events;
    }

    /** As large, and as hard to deflate, as those of the demonstration's bad migration. */
    private static CheckReport report(RunId run, DatabaseName database, CheckName check, Instant at, Random random) {
        List<Object> measured = new ArrayList<>();
        for (int i = 0; i < 26; i++) {
            measured.add(Map.of(
                    "name",
                    "object-" + random.nextInt(1000),
                    "before",
                    random.nextDouble(),
                    "after",
                    random.nextDouble(),
                    "plan",
                    "Index Scan using orders_idx_" + random.nextInt(1000) + " on orders (cost=0.43.."
                            + random.nextInt(9999) + ")"));
        }
        return new CheckReport(
                run,
                database,
                check,
                "1.0",
                Outcome.PASSED,
                "All " + random.nextInt(100) + " objects are within range of before.",
                List.of(Finding.of(
                        new FindingCode(check + ".remark"),
                        Severity.INFO,
                        "public.orders",
                        "public.orders was looked at " + random.nextInt(1000) + " times")),
                Map.of("objects", measured),
                at.plusSeconds(21),
                at.plusSeconds(30),
                new Cost(Duration.ofMillis(random.nextInt(900)), 12));
    }

    private static long usedHeap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
