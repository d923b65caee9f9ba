package dev.allclear.kafka;

import static dev.allclear.kafka.Scene.started;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.allclear.config.KafkaConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(90)
class TurnLoopTest {
    @RegisterExtension
    static final LocalBroker broker = new LocalBroker();

    private static final String GROUP = "turns";

    private final List<TurnLoop> loops = new ArrayList<>();
    private final KafkaConfig kafka = broker.kafka();
    private Scene scene;

    @BeforeEach
    void prepare() {
        scene = new Scene(kafka);
    }

    @AfterEach
    void cleanUp() throws Exception {
        for (TurnLoop loop : loops) {
            Scene.await(loop.close());
        }
        scene.close();
    }

    @Test
    void handsOverTheNextOnlyWhenTheOneBeforeIsDoneAndCommitted() throws Exception {
        for (int i = 0; i < 3; i++) {
            scene.publish(started("r" + i, "shop"));
        }
        Recorder recorder = new Recorder();
        start(recorder);
        for (int i = 0; i < 3; i++) {
            int done = i;
            await().untilAsserted(() -> assertThat(recorder.handled).hasSize(done + 1));
            assertThat(scene.committed(GROUP, "shop")).isEqualTo(done == 0 ? -1 : done);

            recorder.complete();
        }

        await().untilAsserted(() -> assertThat(scene.committed(GROUP, "shop")).isEqualTo(3));
        assertThat(recorder.handled).containsExactly("r0", "r1", "r2");
    }

    @Test
    void handsOverAgainWhatFailed_beforeAnythingElse() throws Exception {
        scene.publish(started("r0", "shop"));
        scene.publish(started("r1", "shop"));
        Recorder recorder = new Recorder();
        start(recorder);
        await().untilAsserted(() -> assertThat(recorder.handled).containsExactly("r0"));

        recorder.fail();

        await().untilAsserted(() -> assertThat(recorder.handled).containsExactly("r0", "r0"));
        recorder.complete();
        await().untilAsserted(() -> assertThat(recorder.handled).containsExactly("r0", "r0", "r1"));
    }

    @Test
    void skipsWhatIsNoEvent() throws Exception {
        scene.publishBytes("shop", "{".getBytes(UTF_8));
        scene.publish(started("good", "shop"));
        scene.publishBytes("shop", "{".getBytes(UTF_8));
        Recorder recorder = new Recorder();

        start(recorder);

        await().untilAsserted(() -> assertThat(recorder.handled).containsExactly("good"));
        recorder.complete();
        await().untilAsserted(() -> assertThat(scene.committed(GROUP, "shop")).isEqualTo(3));
    }

    @Test
    void commitsNothing_ofWhatWasNotDoneWhenItCloses() throws Exception {
        scene.publish(started("r0", "shop"));
        Recorder recorder = new Recorder();
        TurnLoop first = start(recorder);
        await().untilAsserted(() -> assertThat(recorder.handled).containsExactly("r0"));

        Scene.await(first.close());

        assertThat(recorder.hurried.get()).isPositive();
        assertThat(scene.committed(GROUP, "shop")).isEqualTo(-1);
        Recorder afterwards = new Recorder();
        start(afterwards);
        await().untilAsserted(() -> assertThat(afterwards.handled).containsExactly("r0"));
    }

    @Test
    void recallsWhatWasDoneBefore_andOnlyThenFindsTimeForOtherThings() throws Exception {
        scene.publish(started("r0", "shop"));
        scene.publish(started("r1", "shop"));
        Recorder before = new Recorder();
        TurnLoop first = start(before);
        for (int i = 1; i <= 2; i++) {
            int size = i;
            await().untilAsserted(() -> assertThat(before.handled).hasSize(size));
            before.complete();
        }
        Scene.await(first.closeWhenDone(Duration.ofSeconds(20)));
        assertThat(before.recalled).isEmpty();

        Recorder after = new Recorder();
        start(after);

        await().untilAsserted(() -> assertThat(after.recalled).containsExactly("r0", "r1"));
        await().untilAsserted(() -> assertThat(after.between.get()).isPositive());
        assertThat(after.recalledBeforeBetween).isEqualTo(2);
        scene.publish(started("r2", "shop"));
        await().untilAsserted(() -> assertThat(after.handled).containsExactly("r2"));
    }

    private TurnLoop start(TurnHandler handler) {
        TurnLoop loop = new TurnLoop(
                kafka, GROUP, Set.of(Topic.MIGRATIONS), handler, Clock.systemUTC(), new SimpleMeterRegistry());
        loops.add(loop);
        loop.start();
        return loop;
    }

    private static final class Recorder implements TurnHandler {
        private final List<String> handled = new CopyOnWriteArrayList<>();
        private final List<String> recalled = new CopyOnWriteArrayList<>();
        private final ConcurrentLinkedQueue<Promise<Void>> open = new ConcurrentLinkedQueue<>();
        private final AtomicInteger between = new AtomicInteger();
        private final AtomicInteger hurried = new AtomicInteger();
        private volatile int recalledBeforeBetween;

        void complete() {
            open.remove().complete();
        }

        void fail() {
            open.remove().fail("not yet");
        }

        @Override
        public Future<Void> handle(ReceivedEvent event) {
            Promise<Void> promise = Promise.promise();
            open.add(promise);
            handled.add(event.event().run().value());
            return promise.future();
        }

        @Override
        public Duration memory() {
            return Duration.ofDays(1);
        }

        @Override
        public void recall(ReceivedEvent event) {
            recalled.add(event.event().run().value());
        }

        @Override
        public Optional<Future<Void>> between() {
            if (between.getAndIncrement() == 0 || recalledBeforeBetween == 0) {
                recalledBeforeBetween = recalled.size();
            }
            return Optional.empty();
        }

        @Override
        public void hurry() {
            hurried.incrementAndGet();
            open.forEach(promise -> promise.tryFail("hurried"));
        }
    }
}
