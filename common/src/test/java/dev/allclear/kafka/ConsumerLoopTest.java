package dev.allclear.kafka;

import static dev.allclear.kafka.Scene.started;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.allclear.config.KafkaConfig;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(90)
class ConsumerLoopTest {
    @RegisterExtension
    static final LocalBroker broker = new LocalBroker();

    private static final String GROUP = "checker";
    private static final LoopLimits QUICK = new LoopLimits(100, Duration.ofMillis(300), 3, Duration.ofMillis(10));

    private final Vertx vertx = Vertx.vertx();
    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final List<ConsumerLoop> loops = new ArrayList<>();
    private final Recorder recorder = new Recorder();
    private Scene scene;

    @BeforeEach
    void prepare() {
        scene = new Scene(broker.kafka());
    }

    @AfterEach
    void cleanUp() throws Exception {
        for (ConsumerLoop loop : loops) {
            Scene.await(loop.close());
        }
        scene.close();
        Scene.await(vertx.close());
    }

    @Test
    void handlesTheNextGoodEvent_afterPoisonOfEveryKind() throws Exception {
        List<byte[]> poison = new ArrayList<>();
        poison.add("{\"runId\":\"r1\",\"datab".getBytes(UTF_8));
        poison.add(null);
        poison.add(new byte[0]);
        poison.add(new byte[] {(byte) 0xc3, 0x28, (byte) 0xff, 0});
        poison.add("{\"runId\":7,\"database\":[],\"startedAt\":{}}".getBytes(UTF_8));
        poison.add("x".repeat(1_000_000).getBytes(UTF_8));
        poison.add(("{\"links\":" + "[".repeat(100_000)).getBytes(UTF_8));
        poison.add(("{\"runId\":" + "9".repeat(1_000_000 - 100) + "}").getBytes(UTF_8));
        scene.publish(started("before", "shop"));
        for (byte[] value : poison) {
            scene.publishBytes("shop", value);
        }
        scene.publish(started("after", "shop"));

        start(QUICK, recorder);

        await().untilAsserted(() -> assertThat(recorder.runs()).containsExactly("before", "after"));
        await().untilAsserted(() -> assertThat(scene.committed(GROUP, "shop")).isEqualTo(poison.size() + 2));
        assertThat(count("poison")).isEqualTo(poison.size());
    }

    @Test
    void deliversAgainFromTheOldestUnfinished_afterARestart() throws Exception {
        for (int i = 0; i < 8; i++) {
            scene.publish(started("r" + i, "shop"));
        }
        recorder.hold("r3", "r5");
        ConsumerLoop first = start(QUICK, recorder);
        await().untilAsserted(() -> assertThat(recorder.runs()).hasSize(8));

        Scene.await(first.close());

        assertThat(scene.committed(GROUP, "shop")).isEqualTo(3);
        Recorder afterwards = new Recorder();
        start(QUICK, afterwards);
        await().untilAsserted(() -> assertThat(afterwards.runs()).containsExactly("r3", "r4", "r5", "r6", "r7"));
        await().untilAsserted(() -> assertThat(scene.committed(GROUP, "shop")).isEqualTo(8));
    }

    @Test
    void waitsForWhatIsInFlightBeforeItCloses() throws Exception {
        scene.publish(started("slow", "shop"));
        recorder.hold("slow");
        ConsumerLoop loop = start(new LoopLimits(10, Duration.ofSeconds(20), 3, Duration.ZERO), recorder);
        await().untilAsserted(() -> assertThat(recorder.runs()).containsExactly("slow"));

        Future<Void> closed = loop.close();
        vertx.setTimer(300, timer -> recorder.release("slow"));
        Scene.await(closed);

        assertThat(scene.committed(GROUP, "shop")).isEqualTo(1);
    }

    @Test
    void pausesIntakeAndKeepsItsPartitions_whenHandlersAreSlowerThanThePollInterval() throws Exception {
        for (int i = 0; i < 20; i++) {
            scene.publish(started("r" + i, "shop"));
        }
        String[] all = IntStream.range(0, 20).mapToObj(i -> "r" + i).toArray(String[]::new);
        recorder.hold(all);
        ConsumerLoop loop = start(
                new LoopLimits(2, Duration.ofSeconds(1), 3, Duration.ZERO), recorder, "max.poll.interval.ms", "2500");
        await().untilAsserted(() -> assertThat(recorder.runs()).containsExactly("r0", "r1"));

        await().during(Duration.ofSeconds(4))
                .atMost(Duration.ofSeconds(6))
                .untilAsserted(() -> assertThat(recorder.runs()).containsExactly("r0", "r1"));

        assertThat(loop.isHealthy()).isTrue();
        recorder.release(all);
        await().untilAsserted(() -> assertThat(recorder.runs()).containsExactly(all));
        assertThat(recorder.lost).isEmpty();
    }

    @Test
    void losesNothing_whenASecondInstanceJoinsAndTheFirstLeaves() throws Exception {
        Recorder second = new Recorder();
        recorder.delay = 20;
        second.delay = 20;
        List<String> published = new ArrayList<>();
        ConsumerLoop leaving = start(QUICK, recorder);

        for (int i = 0; i < 150; i++) {
            scene.publish(started("r" + i, "db" + i % 7));
            published.add("r" + i);
            if (i == 50) {
                start(QUICK, second);
                await().until(() -> !second.assigned.isEmpty());
            } else if (i == 100) {
                leaving.close();
            }
        }

        await().untilAsserted(() -> {
            List<String> handled = new ArrayList<>(recorder.finished);
            handled.addAll(second.finished);
            assertThat(handled).containsAll(published);
        });
        assertThat(recorder.lost).isNotEmpty();
        await().untilAsserted(() -> assertThat(second.assigned).hasSize(3));
    }

    @Test
    void handsAnEventOverAgain_whenItsHandlerFails() throws Exception {
        scene.publish(started("flaky", "shop"));
        recorder.failures.put("flaky", 2);

        start(QUICK, recorder);

        await().untilAsserted(() -> assertThat(recorder.finished).containsExactly("flaky"));
        assertThat(recorder.runs()).containsExactly("flaky", "flaky", "flaky");
        assertThat(count("failed")).isZero();
    }

    @Test
    void countsAndSkipsAnEvent_whenItsHandlerFailsEveryTime() throws Exception {
        recorder.failures.put("broken", 1_000);
        scene.publish(started("broken", "shop"));
        scene.publish(started("fine", "shop"));

        start(QUICK, recorder);

        await().untilAsserted(() -> assertThat(scene.committed(GROUP, "shop")).isEqualTo(2));
        assertThat(recorder.finished).containsExactly("fine");
        assertThat(recorder.runs().stream().filter("broken"::equals)).hasSize(3);
        assertThat(count("failed")).isEqualTo(1);
    }

    @Test
    void skipsAStray_sinceItIsPublishedAgainWhereItBelongs() throws Exception {
        int wrong = (scene.partitionOf("shop") + 1) % 3;
        scene.publishTo(wrong, started("stray", "shop"));
        scene.publish(started("right", "shop"));

        start(QUICK, recorder);

        await().untilAsserted(() -> assertThat(count("stray")).isEqualTo(1));
        await().untilAsserted(() -> assertThat(recorder.runs()).containsExactly("right"));
    }

    @Test
    void closesAtOnce_whenItWasNeverStarted() throws Exception {
        ConsumerLoop loop = new ConsumerLoop(scene.kafka, GROUP, Set.of(Topic.MIGRATIONS), recorder, vertx, meters);

        Scene.await(loop.close());

        assertThat(loop.isHealthy()).isFalse();
    }

    private ConsumerLoop start(LoopLimits limits, EventHandler handler, String... setting) {
        KafkaConfig config = scene.kafka;
        if (setting.length == 2) {
            Map<String, String> client = new HashMap<>(config.client());
            client.put(setting[0], setting[1]);
            config = new KafkaConfig(client, config.topicPrefix(), 3, 1);
        }
        ConsumerLoop loop = new ConsumerLoop(config, GROUP, Set.of(Topic.MIGRATIONS), handler, vertx, meters, limits);
        loops.add(loop);
        loop.start();
        return loop;
    }

    private double count(String outcome) {
        return meters.counter("allclear.events", "topic", "migrations", "outcome", outcome)
                .count();
    }

    /** Remembers what it was handed; holds, fails or delays it as told. */
    private final class Recorder implements EventHandler {
        final List<String> handed = new CopyOnWriteArrayList<>();
        final List<String> finished = new CopyOnWriteArrayList<>();
        final Set<Partition> assigned = ConcurrentHashMap.newKeySet();
        final List<Partition> lost = new CopyOnWriteArrayList<>();
        final Map<String, Promise<Void>> held = new ConcurrentHashMap<>();
        final Map<String, Integer> failures = new ConcurrentHashMap<>();
        volatile long delay;

        @Override
        public Future<Void> handle(ReceivedEvent received) {
            String run = received.event().run().value();
            handed.add(run);
            if (failures.merge(run, -1, Integer::sum) >= 0) {
                throw new IllegalStateException("failing as told: " + run);
            }
            Future<Void> gate = held.containsKey(run) ? held.get(run).future() : Future.succeededFuture();
            return gate.compose(go -> delay == 0
                            ? Future.<Void>succeededFuture()
                            : vertx.timer(delay).<Void>mapEmpty())
                    .onSuccess(done -> finished.add(run));
        }

        @Override
        public void assigned(Set<Partition> partitions) {
            assigned.addAll(partitions);
        }

        @Override
        public void lost(Set<Partition> partitions) {
            lost.addAll(partitions);
        }

        void hold(String... runs) {
            for (String run : runs) {
                held.put(run, Promise.promise());
            }
        }

        void release(String... runs) {
            for (String run : runs) {
                held.get(run).complete();
            }
        }

        List<String> runs() {
            return List.copyOf(handed);
        }
    }
}
