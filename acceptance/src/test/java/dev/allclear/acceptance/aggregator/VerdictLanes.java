package dev.allclear.acceptance.aggregator;

import dev.allclear.config.KafkaConfig;
import dev.allclear.kafka.Topic;
import dev.allclear.model.CheckName;
import dev.allclear.model.DatabaseName;
import dev.allclear.model.Outcome;
import dev.allclear.model.RunId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/** Two ways to a verdict, taken in turns by one publisher and one {@code read_committed} reader, one run at a time. */
final class VerdictLanes implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(25);

    private final KafkaProducer<byte[], byte[]> producer;
    private final KafkaConsumer<byte[], byte[]> reader;
    private final List<Double> exact = new ArrayList<>();
    private final List<Double> plain = new ArrayList<>();
    private int number;

    VerdictLanes(KafkaConfig kafka) {
        this.producer = Driver.promptProducer(kafka);
        this.reader = Observer.consumer(kafka);
        List<TopicPartition> partitions = new ArrayList<>();
        for (int partition = 0; partition < 3; partition++) {
            partitions.add(new TopicPartition(Topic.VERDICTS.nameWith(Cluster.PREFIX), partition));
            partitions.add(new TopicPartition(PlainPeer.VERDICTS, partition));
        }
        reader.assign(partitions);
        reader.seekToEnd(partitions);
    }

    void alternate(int runs) throws Exception {
        for (int turn = 0; turn < runs; turn++) {
            plain.add(once(false));
            exact.add(once(true));
        }
    }

    void forget() {
        exact.clear();
        plain.clear();
    }

    List<Double> exact() {
        return sorted(exact);
    }

    List<Double> plain() {
        return sorted(plain);
    }

    @Override
    public void close() {
        producer.close();
        reader.close();
    }

    /** Publishes all but the last answer, lets them be taken in, and times the last one. */
    private double once(boolean exactlyOnce) throws Exception {
        number++;
        RunId run = new RunId("timed-" + number);
        DatabaseName database = new DatabaseName("lane-" + number % 50);
        if (exactlyOnce) {
            producer.send(Backlog.completed(run, database, Instant.now())).get();
        }
        List<CheckName> checks = CheckName.builtIn();
        for (CheckName check : checks.subList(0, checks.size() - 1)) {
            producer.send(answer(run, database, check, exactlyOnce)).get();
        }
        TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
        ProducerRecord<byte[], byte[]> last = answer(run, database, checks.get(checks.size() - 1), exactlyOnce);
        long begun = System.nanoTime();
        var unused = producer.send(last);
        ConsumerRecords<byte[], byte[]> seen;
        do {
            seen = reader.poll(Duration.ofMillis(100));
            if (System.nanoTime() - begun > TimeUnit.SECONDS.toNanos(60)) {
                throw new AssertionError("no verdict on " + run);
            }
        } while (seen.isEmpty());
        return (System.nanoTime() - begun) / 1e6;
    }

    private static ProducerRecord<byte[], byte[]> answer(
            RunId run, DatabaseName database, CheckName check, boolean exactlyOnce) {
        ProducerRecord<byte[], byte[]> record = Backlog.answer(run, database, check, Outcome.PASSED, Instant.now());
        return exactlyOnce ? record : Backlog.redirected(record, VerdictBench.PLAIN);
    }

    private static List<Double> sorted(List<Double> values) {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted;
    }
}
