package dev.allclear.aggregator.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.allclear.aggregator.alert.FakeTarget.Manner;
import dev.allclear.config.AllclearConfig;
import dev.allclear.config.ConfigFile;
import dev.allclear.config.KafkaConfig;
import dev.allclear.event.AllclearEvent;
import dev.allclear.kafka.EventPublisher;
import dev.allclear.kafka.Topics;
import dev.allclear.testkit.BrokerExtension;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Senders on a real broker, against targets that behave badly. */
class AlertSendersTest {
    @RegisterExtension
    static final BrokerExtension broker = new BrokerExtension();

    private static final AtomicInteger TOPICS = new AtomicInteger();

    private final Vertx vertx = Vertx.vertx();
    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final FakeTarget good = FakeTarget.start();
    private final FakeTarget bad = FakeTarget.start();
    private KafkaConfig kafka = broker.kafka();

    @BeforeEach
    void makeTopics() {
        kafka = new KafkaConfig(
                broker.kafka().client(), broker.kafka().topicPrefix() + TOPICS.incrementAndGet() + ".", 3, 1);
        Topics.ensure(kafka, Duration.ofSeconds(60));
    }

    @AfterEach
    void end() {
        good.close();
        bad.close();
        done(vertx.close());
    }

    @Test
    void tellsEachTargetOnceInOrder_thoughTheOtherNeverAnswers() {
        bad.always(Manner.HANG);
        AlertSenders senders = start("""
                alerts:
                  - webhook: { url: "%s/a", name: good }
                  - webhook: { url: "%s/b", name: bad, timeout: 1s }
                """.formatted(good.url(), bad.url()));

        publish(AlertSamples.firing("r1"), AlertSamples.resolved("r1"), AlertSamples.firing("r2"));

        await().atMost(Duration.ofSeconds(30)).until(() -> good.accepted().size() >= 3);
        assertThat(FakeTarget.values(good.accepted(), "type"))
                .containsExactly(
                        "dev.allclear.alert.firing.v1",
                        "dev.allclear.alert.resolved.v1",
                        "dev.allclear.alert.firing.v1");
        assertThat(bad.accepted()).isEmpty();
        done(senders.close());
    }

    @Test
    void triesAgainUntilItIsAccepted_whateverTheTargetDoesMeanwhile() {
        bad.then(
                Manner.FAIL_500,
                Manner.CLOSE_HALF_WAY,
                Manner.HANG,
                Manner.BUSY_429,
                Manner.REDIRECT,
                Manner.MALFORMED_400,
                Manner.ENDLESS);
        AlertSenders senders = start("""
                alerts:
                  - webhook: { url: "%s/hook", timeout: 1s }
                """.formatted(bad.url()));

        publish(AlertSamples.firing("r1"));
        publish(AlertSamples.firing("r2"));

        await().atMost(Duration.ofSeconds(40)).until(() -> bad.accepted().size() >= 2);
        done(senders.close());
        assertThat(bad.attempts()).hasSize(9);
        assertThat(FakeTarget.values(bad.attempts().subList(0, 8), "id"))
                .hasSize(8)
                .containsOnly(FakeTarget.values(bad.accepted(), "id").get(0));
        assertThat(FakeTarget.values(bad.accepted(), "subject")).containsExactly("r1", "r2");
        assertThat(bad.redirectsFollowed()).isZero();
        assertThat(meters.counter("allclear.alerts.attempts", "target", "webhook", "outcome", "accepted")
                        .count())
                .isEqualTo(2);
    }

    @Test
    void missesNothingAndRepeatsAtMostOne_whenItIsRestartedInTheMiddle() {
        List<String> runs =
                IntStream.rangeClosed(1, 8).mapToObj(i -> "run-" + i).toList();
        runs.forEach(run -> publish(AlertSamples.firing(run)));
        bad.then(Manner.ACCEPT, Manner.ACCEPT, Manner.ACCEPT).always(Manner.HANG);
        String yaml = """
                alerts:
                  - webhook: { url: "%s/hook", timeout: 2s }
                """.formatted(bad.url());
        AlertSenders first = start(yaml);
        await().atMost(Duration.ofSeconds(30)).until(() -> bad.attempts().size() >= 4);

        done(first.close());
        bad.always(Manner.ACCEPT);
        AlertSenders second = start(yaml);

        await().atMost(Duration.ofSeconds(40)).until(() -> bad.accepted().size() >= 8);
        done(second.closeWhenTold(Duration.ofSeconds(10)));
        assertThat(FakeTarget.values(bad.accepted(), "subject")).containsExactlyElementsOf(runs);
        assertThat(FakeTarget.values(bad.accepted(), "id")).doesNotHaveDuplicates();
    }

    @Test
    void repeatsToAlertmanagerWhatFires_alsoAfterARestart_andEndsItWhenItIsResolved() {
        String yaml = """
                alerts:
                  - alertmanager: { url: "%s", resend: 1s }
                """.formatted(good.url());
        Instant since = Clock.systemUTC().instant();
        AlertSenders first = start(yaml);
        publish(AlertSamples.firing("r1", since), AlertSamples.firing("r0", since), AlertSamples.resolved("r0", since));
        await().atMost(Duration.ofSeconds(30)).until(() -> good.accepted().size() >= 5);
        done(first.close());
        int before = good.accepted().size();

        AlertSenders second = start(yaml);
        await().atMost(Duration.ofSeconds(30)).until(() -> good.accepted().size() >= before + 2);
        publish(AlertSamples.resolved("r1", Clock.systemUTC().instant()));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> !endOf(good.accepted().get(good.accepted().size() - 1))
                        .isAfter(Clock.systemUTC().instant()));
        done(second.closeWhenTold(Duration.ofSeconds(10)));

        assertThat(good.accepted()).allSatisfy(taken -> {
            assertThat(taken.path()).isEqualTo("/api/v2/alerts");
            assertThat(FakeTarget.values(List.of(taken), "startsAt")).containsExactly(since.toString());
        });
        assertThat(good.accepted().subList(3, good.accepted().size()))
                .allMatch(taken ->
                        taken.body().contains("shop/r1/fail") && !taken.body().contains("shop/r0/fail"));
    }

    @Test
    void tellsWhatIsLeftBeforeItCloses_asARunOnItsOwnDoes() {
        AlertSenders senders = start("""
                alerts:
                  - slack: { url: "%s/services/T/B/X" }
                """.formatted(good.url()));
        IntStream.rangeClosed(1, 5).forEach(i -> publish(AlertSamples.firing("run-" + i)));

        done(senders.closeWhenTold(Duration.ofSeconds(20)));

        assertThat(good.accepted()).hasSize(5);
    }

    private static Instant endOf(FakeTarget.Taken taken) {
        return Instant.parse(FakeTarget.values(List.of(taken), "endsAt").get(0));
    }

    private AlertSenders start(String yaml) {
        AllclearConfig config = ConfigFile.parse(yaml, "test", Map.of());
        AlertSettings settings = AlertSettings.read(config);
        config.mistakes().throwIfAny();
        AlertSettings hasty = new AlertSettings(settings.recipients().stream()
                .map(one -> new AlertSettings.Recipient(one.target(), hasty(one.patience())))
                .toList());
        return AlertSenders.start(hasty, kafka, vertx, Clock.systemUTC(), meters);
    }

    private static Patience hasty(Patience usual) {
        return new Patience(
                usual.timeout(),
                Duration.ofMillis(50),
                Duration.ofMillis(200),
                usual.expireAfter(),
                usual.refusedAfter(),
                usual.remember());
    }

    private void publish(AllclearEvent... events) {
        try (EventPublisher publisher = new EventPublisher(kafka, "test")) {
            for (AllclearEvent event : events) {
                done(publisher.publish(event));
            }
        }
    }

    private static void done(Future<?> future) {
        await().atMost(Duration.ofSeconds(40)).until(future::isComplete);
        assertThat(future.succeeded()).as("%s", future.cause()).isTrue();
    }
}
