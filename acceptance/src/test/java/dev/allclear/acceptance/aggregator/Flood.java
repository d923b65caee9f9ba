package dev.allclear.acceptance.aggregator;

import dev.allclear.event.CheckCompleted;
import dev.allclear.kafka.EventRecords;
import dev.allclear.kafka.Topic;
import dev.allclear.model.CheckName;
import dev.allclear.model.CheckReport;
import dev.allclear.model.Cost;
import dev.allclear.model.DatabaseName;
import dev.allclear.model.Outcome;
import dev.allclear.model.RunId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.producer.ProducerRecord;

/** What strangers say on {@code results}: of runs and checks that nobody knows, at any length, and garbage. */
final class Flood {
    private static final String RESULTS = Topic.RESULTS.nameWith(Cluster.PREFIX);

    private final Random random;
    private long number;

    Flood(long seed) {
        random = new Random(seed);
    }

    /**
     * The next record.
     *
     * @param known a run that is open just now
     */
    ProducerRecord<byte[], byte[]> next(RunId known, DatabaseName itsDatabase) {
        number++;
        DatabaseName database = new DatabaseName("stranger-" + random.nextInt(1_000));
        return switch (random.nextInt(8)) {
            case 0 -> new ProducerRecord<>(RESULTS, key(database), garbage(random.nextInt(20_000)));
            case 1 ->
                new ProducerRecord<>(
                        RESULTS, key(database), ("[".repeat(90) + text(5_000)).getBytes(StandardCharsets.UTF_8));
            case 2 -> answer(known, itsDatabase, "strangers.check-" + number, text(random.nextInt(10_000)));
            case 3 ->
                answer(
                        new RunId("unknown-" + number),
                        database,
                        "status",
                        text(random.nextInt(20) == 0 ? 100_000 + random.nextInt(800_000) : 3_000));
            case 4 ->
                inTheWrongPartition(
                        answer(new RunId("unknown-" + number), database, "rows", text(random.nextInt(2_000))));
            default ->
                answer(new RunId("unknown-" + number), database, "team.check-" + number, text(random.nextInt(30_000)));
        };
    }

    private ProducerRecord<byte[], byte[]> answer(RunId run, DatabaseName database, String check, String summary) {
        Instant now = Instant.now();
        return EventRecords.toRecord(
                Cluster.PREFIX,
                new CheckCompleted(new CheckReport(
                        run,
                        database,
                        new CheckName(check),
                        "1",
                        Outcome.PASSED,
                        summary,
                        List.of(),
                        Map.of(),
                        now,
                        now,
                        new Cost(Duration.ZERO, 0))),
                "strangers");
    }

    private ProducerRecord<byte[], byte[]> inTheWrongPartition(ProducerRecord<byte[], byte[]> record) {
        return new ProducerRecord<>(record.topic(), random.nextInt(3), record.key(), record.value(), record.headers());
    }

    private byte[] garbage(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private String text(int length) {
        return Long.toString(random.nextLong(), 36).repeat(length / 12 + 1);
    }

    private static byte[] key(DatabaseName database) {
        return database.value().getBytes(StandardCharsets.UTF_8);
    }
}
