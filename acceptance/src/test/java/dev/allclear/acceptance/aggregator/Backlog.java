package dev.allclear.acceptance.aggregator;

import dev.allclear.config.KafkaConfig;
import dev.allclear.event.CheckCompleted;
import dev.allclear.event.MigrationCompleted;
import dev.allclear.kafka.EventRecords;
import dev.allclear.model.CheckName;
import dev.allclear.model.DatabaseName;
import dev.allclear.model.Outcome;
import dev.allclear.model.RunId;
import dev.allclear.testkit.DescriptionBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/** Many runs that wait to be worked off: for each a completion and five answers; the answers also where a plain consumer reads. */
final class Backlog {
    private static final int DATABASES = 500;

    private final KafkaConfig kafka;
    private final int runs;
    private final Instant at;

    Backlog(KafkaConfig kafka, int runs, Instant at) {
        this.kafka = kafka;
        this.runs = runs;
        this.at = at;
    }

    void publish() {
        try (KafkaProducer<byte[], byte[]> producer = Driver.producer(kafka)) {
            for (int number = 0; number < runs; number++) {
                RunId run = new RunId("waiting-" + number);
                DatabaseName database = new DatabaseName("many-" + number % DATABASES);
                var completed = producer.send(completed(run, database, at.plusMillis(number)));
                for (CheckName check : CheckName.builtIn()) {
                    ProducerRecord<byte[], byte[]> answer = answer(run, database, check, Outcome.PASSED, at);
                    var exact = producer.send(answer);
                    var plain = producer.send(redirected(answer, VerdictBench.PLAIN));
                }
            }
        }
    }

    /** Times from the first new verdict to the last one, so that no start of a JVM is counted; and the second half, when it is warm. */
    void time(String name, String topic, Supplier<Duration> cpu, StringBuilder table) {
        try (KafkaConsumer<byte[], byte[]> reader = Observer.consumer(kafka)) {
            List<TopicPartition> partitions = IntStream.range(0, 3)
                    .mapToObj(partition -> new TopicPartition(topic, partition))
                    .toList();
            reader.assign(partitions);
            reader.seekToBeginning(partitions);
            int seen = 0;
            long last = System.nanoTime();
            Optional<Mark> first = Optional.empty();
            Optional<Mark> half = Optional.empty();
            while (seen < runs && System.nanoTime() - last < TimeUnit.SECONDS.toNanos(120)) {
                int before = seen;
                for (ConsumerRecord<byte[], byte[]> record : reader.poll(Duration.ofMillis(100))) {
                    seen += isOurs(record) ? 1 : 0;
                }
                if (seen > before) {
                    Mark now = new Mark(seen, System.nanoTime(), cpu.get());
                    last = now.nanos;
                    first = first.or(() -> Optional.of(now));
                    half = half.or(() -> now.seen < runs / 2 ? Optional.empty() : Optional.of(now));
                }
            }
            int events = topic.equals(PlainPeer.VERDICTS) ? 5 : 6;
            Mark end = new Mark(seen, last, cpu.get());
            table.append("| %s%s | %s | %s |%n"
                    .formatted(
                            name,
                            seen < runs ? " (" + seen + " of " + runs + " only)" : "",
                            first.map(mark -> mark.until(end, events)).orElse("nothing | "),
                            half.map(mark -> mark.until(end, events)).orElse("nothing | ")));
            System.out.printf("%s: %d verdicts%n", name, seen);
        }
    }

    private record Mark(int seen, long nanos, Duration cpu) {
        String until(Mark end, int eventsOfRun) {
            int verdicts = Math.max(1, end.seen - seen);
            double perSecond = verdicts / ((end.nanos - nanos) / 1e9);
            double micros = end.cpu.minus(cpu).toNanos() / 1e3 / verdicts / eventsOfRun;
            return "%,.0f | %,.0f".formatted(5 * perSecond, micros);
        }
    }

    private static boolean isOurs(ConsumerRecord<byte[], byte[]> record) {
        return record.key() != null
                && new String(record.key(), java.nio.charset.StandardCharsets.UTF_8).startsWith("many-");
    }

    static ProducerRecord<byte[], byte[]> completed(RunId run, DatabaseName database, Instant at) {
        return EventRecords.toRecord(
                Cluster.PREFIX,
                new MigrationCompleted(
                        run,
                        database,
                        at,
                        Optional.of(0),
                        Optional.empty(),
                        Optional.empty(),
                        new DescriptionBuilder().tool("sql").change(run.value()).build()),
                "bench");
    }

    static ProducerRecord<byte[], byte[]> answer(
            RunId run, DatabaseName database, CheckName check, Outcome outcome, Instant at) {
        return EventRecords.toRecord(
                Cluster.PREFIX, new CheckCompleted(Workload.report(run, database, check, outcome, at)), "bench");
    }

    static ProducerRecord<byte[], byte[]> redirected(ProducerRecord<byte[], byte[]> record, String topic) {
        return new ProducerRecord<>(topic, null, record.key(), record.value(), record.headers());
    }
}
