package dev.allclear.aggregator;

import static dev.allclear.aggregator.Samples.SHOP;
import static dev.allclear.aggregator.Samples.T0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.allclear.config.AllclearConfig;
import dev.allclear.config.ConfigFile;
import dev.allclear.event.AllclearEvent;
import dev.allclear.event.CheckCompleted;
import dev.allclear.event.MigrationCompleted;
import dev.allclear.event.MigrationDescription;
import dev.allclear.event.MigrationStarted;
import dev.allclear.event.VerdictReached;
import dev.allclear.kafka.EventPublisher;
import dev.allclear.kafka.EventRecords;
import dev.allclear.kafka.EventTail;
import dev.allclear.kafka.Topic;
import dev.allclear.model.CheckName;
import dev.allclear.model.Decision;
import dev.allclear.model.Outcome;
import dev.allclear.model.RunId;
import dev.allclear.model.Verdict;
import dev.allclear.testkit.BrokerExtension;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The aggregator against a real broker. */
class AggregatorTest {
    @RegisterExtension
    static final BrokerExtension broker = new BrokerExtension();

    private static final AllclearConfig CONFIG =
            ConfigFile.parse("policy: { required: [status], log-watch: 0s, deadline: 30s }", "test", Map.of());

    private final List<Verdict> verdicts = new CopyOnWriteArrayList<>();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private @TempDir Path directory;
    private Aggregator aggregator;
    private EventPublisher publisher;
    private EventTail tail;

    @BeforeEach
    void start() {
        aggregator = startAggregator("first");
        done(aggregator.running());
        publisher = new EventPublisher(broker.kafka(), "test");
        tail = EventTail.fromBeginning(
                broker.kafka(),
                Set.of(Topic.VERDICTS),
                received -> verdicts.add(((VerdictReached) received.event()).verdict()));
    }

    @AfterEach
    void close() {
        publisher.close();
        done(tail.close());
        done(aggregator.close());
    }

    @Test
    void saysOneVerdict_thoughEveryEventComesTwice() {
        for (int i = 0; i < 2; i++) {
            publish(started("twice", 1));
            publish(answer("twice", Outcome.PASSED));
            publish(completed("twice", 1));
        }

        publish(completed("after", 2));
        publish(answer("after", Outcome.FAILED));

        awaitVerdict("after");
        assertThat(of("twice")).singleElement().satisfies(verdict -> assertThat(verdict.decision())
                .isEqualTo(Decision.PASS));
    }

    @Test
    void remembersARunOverARestart() {
        publish(completed("restarted", 3));
        awaitEvents(1);

        done(aggregator.close());
        aggregator = startAggregator("second");
        publish(answer("restarted", Outcome.PASSED));

        awaitVerdict("restarted");
        assertThat(of("restarted")).hasSize(1);
    }

    @Test
    void decidesAtTheDeadline_thoughItWasDownAndTheTopicsAreIdle() {
        publish(completed("silent", 4));
        awaitEvents(1);

        done(aggregator.close());
        aggregator = startAggregator("third", Clock.offset(Clock.systemUTC(), Duration.ofSeconds(30)));

        awaitVerdict("silent");
        assertThat(of("silent").get(0).decision()).isEqualTo(Decision.INCONCLUSIVE);
        assertThat(of("silent").get(0).missing()).containsExactly(CheckName.STATUS);
    }

    @Test
    void bringsARecordInTheWrongPartitionHome() throws Exception {
        ProducerRecord<byte[], byte[]> right =
                EventRecords.toRecord(broker.kafka().topicPrefix(), completed("stray", 5), "elsewhere");
        int wrong = (Utils.toPositive(Utils.murmur2(right.key())) + 1) % 3;
        ProducerRecord<byte[], byte[]> stray =
                new ProducerRecord<>(right.topic(), wrong, new byte[0], right.value(), right.headers());
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.copyOf(broker.kafka().client()), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(stray).get(10, TimeUnit.SECONDS);
        }

        publish(answer("stray", Outcome.PASSED));

        awaitVerdict("stray");
        assertThat(meters.counter("allclear.aggregator.moved").count()).isEqualTo(1);
    }

    private Aggregator startAggregator(String name) {
        return startAggregator(name, Clock.systemUTC());
    }

    private Aggregator startAggregator(String name, Clock clock) {
        return Aggregator.start(CONFIG, broker.kafka(), clock, meters, directory.resolve(name));
    }

    private static AllclearEvent started(String run, int hour) {
        return new MigrationStarted(
                new RunId(run), SHOP, T0.plus(Duration.ofHours(hour)), MigrationDescription.NOTHING_SAID);
    }

    private static AllclearEvent completed(String run, int hour) {
        return new MigrationCompleted(
                new RunId(run),
                SHOP,
                T0.plus(Duration.ofHours(hour)).plusSeconds(20),
                Optional.of(0),
                Optional.empty(),
                Optional.empty(),
                MigrationDescription.NOTHING_SAID);
    }

    private void publish(AllclearEvent event) {
        done(publisher.publish(event));
    }

    private static AllclearEvent answer(String run, Outcome outcome) {
        return new CheckCompleted(Samples.report(run, CheckName.STATUS, outcome));
    }

    private void awaitEvents(int count) {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> meters.find("allclear.aggregator.events").counters().stream()
                                .mapToDouble(counter -> counter.count())
                                .sum()
                        >= count);
    }

    private void awaitVerdict(String run) {
        await().atMost(Duration.ofSeconds(20)).until(() -> !of(run).isEmpty());
    }

    private List<Verdict> of(String run) {
        return verdicts.stream()
                .filter(verdict -> verdict.run().value().equals(run))
                .toList();
    }

    private static void done(Future<?> future) {
        await().atMost(Duration.ofSeconds(40)).until(future::isComplete);
        assertThat(future.succeeded()).as("%s", future.cause()).isTrue();
    }
}
