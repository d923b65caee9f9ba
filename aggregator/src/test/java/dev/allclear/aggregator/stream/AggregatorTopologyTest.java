package dev.allclear.aggregator.stream;

import static dev.allclear.aggregator.Samples.T0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.allclear.aggregator.Samples;
import dev.allclear.aggregator.policy.Policies;
import dev.allclear.aggregator.policy.Policy;
import dev.allclear.config.KafkaConfig;
import dev.allclear.event.AlertFiring;
import dev.allclear.event.AlertResolved;
import dev.allclear.event.AllclearEvent;
import dev.allclear.event.CheckCompleted;
import dev.allclear.event.VerdictReached;
import dev.allclear.kafka.Decoded;
import dev.allclear.kafka.EventRecords;
import dev.allclear.kafka.GroupProgress.Extent;
import dev.allclear.kafka.Topic;
import dev.allclear.model.CheckName;
import dev.allclear.model.CheckReport;
import dev.allclear.model.Decision;
import dev.allclear.model.Finding;
import dev.allclear.model.FindingCode;
import dev.allclear.model.Outcome;
import dev.allclear.model.RunId;
import dev.allclear.model.Severity;
import dev.allclear.model.Verdict;
import dev.allclear.testkit.TestClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AggregatorTopologyTest {
    private static final String PREFIX = "t.";
    private static final Policy STATUS_AND_ROWS = new Policy(
            Set.of(CheckName.STATUS, CheckName.ROWS),
            Set.of(),
            Duration.ofMinutes(5),
            Duration.ofMinutes(2),
            Duration.ofHours(1),
            Duration.ofHours(24));

    private final TestClock clock = new TestClock(T0);
    private @TempDir Path directory;
    private int partitions = 1;
    private Optional<TopologyTestDriver> open = Optional.empty();
    private List<Extent> extents = List.of();

    @AfterEach
    void close() {
        open.ifPresent(TopologyTestDriver::close);
    }

    @Test
    void saysPass_whenEveryRequiredCheckPassed_inWhateverOrderTheTopicsAreRead() {
        send(answer("r", CheckName.STATUS, Outcome.PASSED));
        send(Samples.completed("r"));
        send(answer("r", CheckName.ROWS, Outcome.PASSED));
        send(Samples.started("r"));

        List<Verdict> verdicts = verdicts();

        assertThat(verdicts).singleElement().satisfies(verdict -> {
            assertThat(verdict.decision()).isEqualTo(Decision.PASS);
            assertThat(verdict.isFinal()).isTrue();
            assertThat(verdict.checks()).hasSize(2);
        });
        assertThat(events(Topic.ALERTS)).isEmpty();
    }

    @Test
    void decidesAtTheDeadline_evenWhenNoRecordArrives() {
        send(Samples.completed("r"));
        send(answer("r", CheckName.STATUS, Outcome.PASSED));

        pass(Duration.ofSeconds(299));
        List<Verdict> early = verdicts();
        pass(Duration.ofSeconds(1));
        List<Verdict> due = verdicts();

        assertThat(early).isEmpty();
        assertThat(due).singleElement().satisfies(verdict -> {
            assertThat(verdict.decision()).isEqualTo(Decision.INCONCLUSIVE);
            assertThat(verdict.missing()).containsExactly(CheckName.ROWS);
        });
        assertThat(events(Topic.ALERTS)).hasExactlyElementsOfTypes(AlertFiring.class);
    }

    @Test
    void firesForAFailureAndResolvesWhenTheRetryPasses() {
        send(Samples.completed("first"));
        send(answer("first", CheckName.STATUS, Outcome.FAILED));
        send(answer("first", CheckName.ROWS, Outcome.PASSED));
        List<AllclearEvent> fired = events(Topic.ALERTS);
        clock.advance(Duration.ofMinutes(1));

        send(Samples.completed("second"));
        send(answer("second", CheckName.STATUS, Outcome.PASSED));
        send(answer("second", CheckName.ROWS, Outcome.PASSED));

        assertThat(fired).hasExactlyElementsOfTypes(AlertFiring.class);
        assertThat(events(Topic.ALERTS)).hasExactlyElementsOfTypes(AlertResolved.class);
    }

    @Test
    void namesOverlappingRunsInBoth() {
        send(Samples.started("one"));
        send(Samples.started("two"));
        send(Samples.completed("one"));
        send(Samples.completed("two"));
        for (String run : List.of("one", "two")) {
            send(answer(run, CheckName.STATUS, Outcome.PASSED));
            send(answer(run, CheckName.ROWS, Outcome.PASSED));
        }

        List<Verdict> verdicts = verdicts();

        assertThat(verdicts).hasSize(2).allSatisfy(verdict -> {
            assertThat(verdict.decision()).isEqualTo(Decision.PASS);
            assertThat(verdict.reasons())
                    .extracting(reason -> reason.code().value())
                    .containsExactly("pipeline.overlapping-runs");
        });
    }

    @Test
    void setsPoisonAsideWithItsBytes_andGoesOn() {
        List<byte[]> poisons = List.of(
                "{\"type\": \"migration.comp".getBytes(StandardCharsets.UTF_8),
                new byte[] {(byte) 0xff, (byte) 0xfe, 0},
                ("[".repeat(200) + "]".repeat(200)).getBytes(StandardCharsets.UTF_8),
                ("{\"type\":\"migration.completed\",\"runId\":" + "9".repeat(1_000_000) + "}")
                        .getBytes(StandardCharsets.UTF_8),
                "{\"type\":\"no.such\"}".getBytes(StandardCharsets.UTF_8));
        poisons.forEach(bytes -> raw(Topic.MIGRATIONS, bytes));
        send(Samples.completed("r"));
        send(answer("r", CheckName.STATUS, Outcome.FAILED));

        List<TestRecord<byte[], byte[]>> letters = out(Topic.DEAD_LETTERS).readRecordsToList();

        assertThat(letters).extracting(TestRecord::value).containsExactlyElementsOf(poisons);
        assertThat(letters).allSatisfy(letter -> {
            assertThat(header(letter.headers(), "allclear-dead-letter-why")).isNotBlank();
            assertThat(header(letter.headers(), "allclear-dead-letter-where")).startsWith("t.migrations-0@");
        });
        assertThat(verdicts()).hasSize(1);
    }

    @Test
    void passesAFloodOverInsteadOfSettingAllOfItAside_andSaysSoOnce() {
        flood(DeadLetterLimit.MOST + 500);
        send(Samples.completed("r"));
        send(answer("r", CheckName.STATUS, Outcome.PASSED));
        send(answer("r", CheckName.ROWS, Outcome.PASSED));

        List<AllclearEvent> fired = events(Topic.ALERTS);
        pass(Duration.ofMinutes(1));
        List<AllclearEvent> meanwhile = events(Topic.ALERTS);
        pass(Duration.ofMinutes(1));
        List<AllclearEvent> over = events(Topic.ALERTS);
        flood(1);

        assertThat(out(Topic.DEAD_LETTERS).readRecordsToList()).hasSize(DeadLetterLimit.MOST + 1);
        assertThat(fired).singleElement().isInstanceOfSatisfying(AlertFiring.class, firing -> assertThat(
                        firing.alert().summary())
                .contains("1,000 records")
                .contains("t.results-0@" + DeadLetterLimit.MOST)
                .contains("poison"));
        assertThat(meanwhile).isEmpty();
        assertThat(over).singleElement().isInstanceOfSatisfying(AlertResolved.class, resolved -> assertThat(
                        resolved.alert().alertId())
                .isEqualTo(((AlertFiring) fired.get(0)).alert().alertId()));
        assertThat(verdicts()).extracting(Verdict::decision).containsExactly(Decision.PASS);
    }

    @Test
    void resolvesTheAlertOfAFloodThatEndedWhileItWasAway() {
        flood(DeadLetterLimit.MOST + 1);
        List<AllclearEvent> fired = events(Topic.ALERTS);
        restartAfter(Duration.ofMinutes(6));

        pass(Duration.ofMinutes(1));

        assertThat(fired).hasExactlyElementsOfTypes(AlertFiring.class);
        assertThat(events(Topic.ALERTS)).hasExactlyElementsOfTypes(AlertResolved.class);
    }

    private void flood(int count) {
        for (int i = 0; i < count; i++) {
            raw(Topic.RESULTS, new byte[] {'?'});
        }
    }

    @Test
    void givesUpResultsOfUnknownRunsAfterTenMinutes() {
        send(answer("ghost", CheckName.STATUS, Outcome.PASSED));

        pass(Duration.ofMinutes(9));
        boolean tooEarly = !out(Topic.DEAD_LETTERS).isEmpty();
        pass(Duration.ofMinutes(1));

        List<TestRecord<byte[], byte[]>> letters = out(Topic.DEAD_LETTERS).readRecordsToList();
        assertThat(tooEarly).isFalse();
        assertThat(letters).hasSize(1);
        assertThat(header(letters.get(0).headers(), "allclear-dead-letter-kind"))
                .isEqualTo("unknown-run");
        assertThat(EventRecords.decode(letters.get(0).headers(), letters.get(0).value()))
                .isInstanceOf(Decoded.Event.class);
    }

    @Test
    void holdsOnlySoManyBytesOfUnknownRuns_andTakesMoreWhenThereIsRoomAgain() {
        CheckReport report = Samples.report("ghost", CheckName.STATUS, Outcome.PASSED);
        for (int number = 0; number < 30; number++) {
            send(new CheckCompleted(new CheckReport(
                    new RunId("ghost-" + number),
                    report.database(),
                    report.check(),
                    "1",
                    report.outcome(),
                    "x".repeat(900_000),
                    List.of(),
                    Map.of(),
                    T0,
                    T0,
                    report.cost())));
        }
        int refused = out(Topic.DEAD_LETTERS).readRecordsToList().size();
        pass(Duration.ofMinutes(10));
        int givenUp = out(Topic.DEAD_LETTERS).readRecordsToList().size();
        send(answer("early", CheckName.STATUS, Outcome.FAILED));
        send(Samples.completed("early"));

        assertThat(refused).isBetween(20, 25);
        assertThat(refused + givenUp).isEqualTo(30);
        assertThat(verdicts()).hasSize(1);
    }

    @Test
    void hasRoomInItsChangelogsForTheLargestRecord_heldAsText() {
        int largest = Integer.parseInt(Topic.RESULTS.settings().get("max.message.bytes"));

        assertThat(Memory.builders()).allSatisfy(store -> assertThat(
                        Integer.parseInt(store.logConfig().get("max.message.bytes")))
                .isGreaterThan(2 * largest));
    }

    @Test
    void setsAStrayAside_whenItIsTooLargeToBeMoved() {
        partitions = 11;
        raw(Topic.RESULTS, large(500_000));
        raw(Topic.RESULTS, large((1 << 20) - 100));

        List<TestRecord<byte[], byte[]>> letters = out(Topic.DEAD_LETTERS).readRecordsToList();
        assertThat(letters).hasSize(2);
        assertThat(letters.get(0).headers().lastHeader("allclear-moved-from")).isNotNull();
        assertThat(letters.get(1).headers().lastHeader("allclear-moved-from")).isNull();
        assertThat(header(letters.get(1).headers(), "allclear-dead-letter-why")).endsWith("is too large to move");
    }

    private static byte[] large(int length) {
        String json = "{\"type\":\"check.completed\",\"runId\":\"r\",\"database\":\"shop\",\"check\":\"rows\","
                + "\"outcome\":\"PASSED\",\"summary\":\"\"}";
        return json.replace("\"\"}", "\"" + "x".repeat(length - json.length()) + "\"}")
                .getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void skipsHistory_whenItStartsForTheFirstTime() {
        driver();
        clock.advance(Duration.ofDays(3));

        send(Samples.started("r"), T0.toEpochMilli());
        send(Samples.completed("r"), T0.toEpochMilli());
        send(answer("r", CheckName.STATUS, Outcome.FAILED), T0.toEpochMilli());
        pass(Duration.ofDays(2));

        assertThat(verdicts()).isEmpty();
        assertThat(out(Topic.DEAD_LETTERS).isEmpty()).isTrue();
    }

    @Test
    void keepsWhatItNeedsToSayTheSameAfterARestart() {
        Finding finding = Finding.of(
                        new FindingCode("rows.mismatch"),
                        Severity.ERROR,
                        "public.\"Order Lines\"",
                        "3 rows were missed")
                .withRemedy("UPDATE 1")
                .withEvidence("rows", 3);
        send(Samples.started("r"));
        send(Samples.completed("r", Optional.of(false), "12"));
        send(new CheckCompleted(Samples.report("r", CheckName.ROWS, Outcome.FAILED, finding)));
        List<Verdict> first = verdicts();

        send(answer("r", CheckName.STATUS, Outcome.PASSED));

        Verdict last = verdicts().get(0);
        assertThat(first).hasSize(1);
        assertThat(last.revision()).isEqualTo(2);
        assertThat(last.isFinal()).isTrue();
        assertThat(last.checks().get(1).findings()).containsExactly(finding);
    }

    @Test
    void readsWhatHasPiledUpBeforeItLetsADeadlinePass_whenItWasAway() {
        send(Samples.completed("answered"));
        send(answer("answered", CheckName.STATUS, Outcome.PASSED));
        send(Samples.completed("unanswered", Optional.empty(), "13"));
        restartAfter(Duration.ofMinutes(6));
        resultsReachTo(1);

        pass(Standstill.REST.multipliedBy(2));
        List<Verdict> unread = verdicts();
        send(answer("answered", CheckName.ROWS, Outcome.PASSED));
        List<Verdict> read = verdicts();
        pass(Intake.TICK);

        assertThat(unread).isEmpty();
        assertThat(read)
                .extracting(Verdict::run, Verdict::decision, Verdict::isFinal)
                .containsExactly(tuple(new RunId("answered"), Decision.PASS, true));
        assertThat(verdicts())
                .extracting(Verdict::run, Verdict::decision)
                .containsExactly(tuple(new RunId("unanswered"), Decision.INCONCLUSIVE));
    }

    @Test
    void readsWhatHasPiledUpBeforeItLetsADeadlinePass_whenItIsSlow() {
        send(Samples.completed("r"));
        send(answer("r", CheckName.STATUS, Outcome.PASSED));
        resultsReachTo(2);

        pass(Duration.ofMinutes(5).plusSeconds(1));
        send(answer("r", CheckName.ROWS, Outcome.PASSED));
        pass(Duration.ofMinutes(1));

        assertThat(verdicts())
                .extracting(Verdict::decision, Verdict::revision)
                .containsExactly(tuple(Decision.PASS, 1));
    }

    @Test
    void leavesAMomentToWhoeverWasCutOffByTheSameFault_whenItStoodStill() {
        send(Samples.completed("r"));
        send(answer("r", CheckName.STATUS, Outcome.PASSED));
        pass(Standstill.REST);
        clock.advance(Duration.ofMinutes(6));

        driver().advanceWallClockTime(Duration.ofMinutes(6));
        pass(Standstill.REST.minus(Duration.ofSeconds(1)));
        send(answer("r", CheckName.ROWS, Outcome.PASSED));
        pass(Standstill.REST);

        assertThat(verdicts())
                .extracting(Verdict::decision, Verdict::revision)
                .containsExactly(tuple(Decision.PASS, 1));
    }

    /** What the first version has written is in {@code state-of-version-1.tsv}; it must be read for ever, or a rolling upgrade would lose runs. */
    @Test
    void goesOnFromTheStateThatAnEarlierVersionHasWritten() throws IOException {
        Path file = Path.of("src/test/resources/dev/allclear/aggregator/stream/state-of-version-1.tsv");
        for (String line : Files.readAllLines(file)) {
            String[] entry = line.split("\t", -1);
            driver().<String, byte[]>getKeyValueStore(entry[0])
                    .put(entry[1], entry[2].getBytes(StandardCharsets.UTF_8));
        }

        send(answer("failing", CheckName.STATUS, Outcome.PASSED));
        send(Samples.completed("early", Optional.empty(), "13"));
        List<Verdict> verdicts = verdicts();
        List<AllclearEvent> alerts = events(Topic.ALERTS);
        pass(Duration.ofMinutes(5));

        assertThat(verdicts)
                .extracting(Verdict::run, Verdict::decision, Verdict::isFinal, Verdict::revision)
                .containsExactly(
                        tuple(new RunId("failing"), Decision.FAIL, true, 3),
                        tuple(new RunId("early"), Decision.FAIL, false, 1),
                        tuple(new RunId("failing"), Decision.FAIL, true, 4));
        assertThat(verdicts.get(0).checks().get(1).findings()).containsExactly(missed());
        assertThat(alerts).singleElement().satisfies(alert -> assertThat(alert.run())
                .isEqualTo(new RunId("early")));
        assertThat(verdicts())
                .extracting(Verdict::run, Verdict::decision)
                .contains(tuple(new RunId("waiting"), Decision.INCONCLUSIVE));
    }

    /** That the file above is what the program writes, so that a change of the format is noticed, and a file of the new one added. */
    @Test
    void writesItsStateAsBefore() throws IOException {
        send(Samples.started("failing"));
        send(Samples.completed("failing", Optional.of(false), "12"));
        send(new CheckCompleted(Samples.report("failing", CheckName.ROWS, Outcome.FAILED, missed())));
        send(Samples.completed("waiting", Optional.empty(), "14"));
        send(answer("early", CheckName.STATUS, Outcome.FAILED));

        List<String> lines = new ArrayList<>();
        for (StoreBuilder<?> store : Memory.builders()) {
            driver().<String, byte[]>getKeyValueStore(store.name())
                    .all()
                    .forEachRemaining(entry -> lines.add(
                            store.name() + "\t" + entry.key + "\t" + new String(entry.value, StandardCharsets.UTF_8)));
        }
        Path file = Path.of("src/test/resources/dev/allclear/aggregator/stream/state-of-version-1.tsv");

        assertThat(lines).containsExactlyElementsOf(Files.readAllLines(file));
    }

    private static Finding missed() {
        return Finding.of(
                        new FindingCode("rows.incomplete-backfill"),
                        Severity.ERROR,
                        "public.\"Order Lines\"",
                        "3 rows were missed")
                .withRemedy("UPDATE 1")
                .withEvidence("rows", 3)
                .withEvidence("share", 0.25)
                .withEvidence("index", "orders_idx");
    }

    @Test
    void rejectsAnEventThatDoesNotBelongThere() {
        send(Samples.completed("r"));
        send(answer("r", CheckName.STATUS, Outcome.FAILED));
        TestRecord<byte[], byte[]> verdict = out(Topic.VERDICTS).readRecord();

        in(Topic.RESULTS).pipeInput(new TestRecord<>(verdict.key(), verdict.value(), verdict.headers()));

        assertThat(out(Topic.DEAD_LETTERS).readRecordsToList()).hasSize(1);
    }

    private static AllclearEvent answer(String run, CheckName check, Outcome outcome) {
        return new CheckCompleted(Samples.report(run, check, outcome));
    }

    private TopologyTestDriver driver() {
        if (open.isEmpty()) {
            Setting setting = new Setting(
                    Policies.of(STATUS_AND_ROWS),
                    clock,
                    new SimpleMeterRegistry(),
                    PREFIX,
                    partitions,
                    ignored -> CompletableFuture.completedFuture(extents));
            KafkaConfig kafka = new KafkaConfig(Map.of("bootstrap.servers", "127.0.0.1:1"), PREFIX, 1, 1);
            open = Optional.of(new TopologyTestDriver(
                    AggregatorTopology.of(setting), StreamsSettings.of(kafka, directory), clock.instant()));
        }
        return open.get();
    }

    /** What the broker says. A driver counts offsets from 0 on. */
    private void resultsReachTo(long end) {
        extents = List.of(new Extent(Topic.RESULTS.nameWith(PREFIX), 0, end));
    }

    /** Another instance takes over: with the same stores and nothing else. */
    private void restartAfter(Duration away) {
        Map<String, List<KeyValue<String, byte[]>>> kept = new HashMap<>();
        for (StoreBuilder<?> store : Memory.builders()) {
            List<KeyValue<String, byte[]>> entries = new ArrayList<>();
            driver().<String, byte[]>getKeyValueStore(store.name()).all().forEachRemaining(entries::add);
            kept.put(store.name(), entries);
        }
        driver().close();
        open = Optional.empty();
        clock.advance(away);
        kept.forEach((store, entries) ->
                driver().<String, byte[]>getKeyValueStore(store).putAll(entries));
    }

    private TestInputTopic<byte[], byte[]> in(Topic topic) {
        return driver().createInputTopic(topic.nameWith(PREFIX), new ByteArraySerializer(), new ByteArraySerializer());
    }

    private TestOutputTopic<byte[], byte[]> out(Topic topic) {
        return driver().createOutputTopic(
                        topic.nameWith(PREFIX), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private void send(AllclearEvent event) {
        send(event, clock.millis());
    }

    private void send(AllclearEvent event, long time) {
        ProducerRecord<byte[], byte[]> record = EventRecords.toRecord(PREFIX, event, "test");
        in(Topic.of(event.type())).pipeInput(new TestRecord<>(record.key(), record.value(), record.headers(), time));
    }

    private void raw(Topic topic, byte[] value) {
        in(topic).pipeInput(new TestRecord<>(new byte[0], value, new RecordHeaders(), clock.millis()));
    }

    /** Of a long time only the end is lived through tick by tick; before it the aggregator stood still. */
    private void pass(Duration time) {
        driver();
        Duration lived = time.compareTo(Standstill.REST) < 0 ? time : Standstill.REST;
        advance(time.minus(lived));
        for (long millis = lived.toMillis(); millis > 0; millis -= Intake.TICK.toMillis()) {
            advance(Duration.ofMillis(Math.min(millis, Intake.TICK.toMillis())));
        }
    }

    private void advance(Duration time) {
        clock.advance(time);
        driver().advanceWallClockTime(time);
    }

    private List<Verdict> verdicts() {
        return events(Topic.VERDICTS).stream()
                .map(event -> ((VerdictReached) event).verdict())
                .toList();
    }

    private List<AllclearEvent> events(Topic topic) {
        return out(topic).readRecordsToList().stream()
                .map(record -> ((Decoded.Event) EventRecords.decode(record.headers(), record.value())).event())
                .toList();
    }

    private static String header(Headers headers, String name) {
        return new String(headers.lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
