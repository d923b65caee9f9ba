package dev.allclear.acceptance.aggregator;

import dev.allclear.config.KafkaConfig;
import dev.allclear.event.CheckCompleted;
import dev.allclear.kafka.EventRecords;
import dev.allclear.model.CheckName;
import dev.allclear.model.CheckReport;
import dev.allclear.model.Cost;
import dev.allclear.model.DatabaseName;
import dev.allclear.model.Finding;
import dev.allclear.model.FindingCode;
import dev.allclear.model.Outcome;
import dev.allclear.model.RunId;
import dev.allclear.model.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;

/** Very many runs that are over and wait for one answer of five; the four that came have something to say. */
final class OpenRuns {
    private static final int DATABASES = 200;

    private OpenRuns() {}

    static void publish(KafkaConfig kafka, int count) {
        Instant now = Instant.now();
        try (KafkaProducer<byte[], byte[]> producer = Driver.producer(kafka)) {
            for (int number = 0; number < count; number++) {
                RunId run = new RunId("open-" + number);
                DatabaseName database = new DatabaseName("open-" + number % DATABASES);
                var completed = producer.send(Backlog.completed(run, database, now.plusSeconds(number)));
                for (CheckName check : CheckName.builtIn().subList(0, 4)) {
                    var answer = producer.send(EventRecords.toRecord(
                            Cluster.PREFIX, new CheckCompleted(report(run, database, check, now)), "bench"));
                }
            }
        }
    }

    /** Two warnings of an ordinary length in every answer. */
    static CheckReport report(RunId run, DatabaseName database, CheckName check, Instant at) {
        List<Finding> findings = new ArrayList<>();
        for (String table : List.of("public.orders", "public.invoices")) {
            findings.add(Finding.of(
                            new FindingCode(check + ".noticed"),
                            Severity.WARNING,
                            table,
                            table
                                    + ": 1,204 of 250,000 rows were written while the migration went on, which is more than"
                                    + " the 1,000 that are expected of it")
                    .withRemedy("ANALYZE " + table + ";")
                    .withEvidence("rows", 1_204)
                    .withEvidence("limit", 1_000)
                    .withEvidence("index", table + "_customer_idx"));
        }
        return new CheckReport(
                run,
                database,
                check,
                "1.0.0",
                Outcome.PASSED,
                "the " + check + " check has looked at 12 tables in 3.2 s and found 2 things to know",
                findings,
                Map.of(),
                at,
                at,
                new Cost(Duration.ofMillis(120), 14));
    }

    /** The last version of each of their ledgers as it lies in the changelog: sizes in bytes. */
    static List<Long> ledgerSizes(KafkaConfig kafka) {
        List<TopicPartition> partitions = new ArrayList<>();
        for (int partition = 0; partition < 3; partition++) {
            partitions.add(new TopicPartition(Cluster.PREFIX + "aggregator-ledgers-changelog", partition));
        }
        Map<String, Long> sizes = new HashMap<>();
        try (KafkaConsumer<byte[], byte[]> consumer = Observer.consumer(kafka)) {
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> {
                    String key = new String(record.key(), java.nio.charset.StandardCharsets.UTF_8);
                    if (key.startsWith("open-") && record.value() != null) {
                        sizes.put(key, (long) record.value().length);
                    }
                });
            }
        }
        return List.copyOf(sizes.values());
    }
}
