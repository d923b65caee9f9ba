package dev.allclear.aggregator.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.allclear.aggregator.alert.FakeTarget.Manner;
import dev.allclear.testkit.TestClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How long a message is tried, and what a target's answer means. */
class AttemptsTest {
    private static final Patience HASTY = new Patience(
            Duration.ofSeconds(10),
            Duration.ofMillis(20),
            Duration.ofMillis(50),
            Duration.ofHours(24),
            Duration.ofMinutes(10),
            Duration.ofDays(7));

    private final Vertx vertx = Vertx.vertx();
    private final FakeTarget fake = FakeTarget.start();
    private final TestClock clock = new TestClock(AlertSamples.NOON);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Attempts attempts =
            new Attempts("it", HASTY, new Poster(vertx, clock), new AlertMeters(meters), clock, vertx);

    @AfterEach
    void end() {
        fake.close();
        await().until(vertx.close()::isComplete);
    }

    @Test
    void givesAnAlertUp_whenItIsTooOld() {
        fake.always(Manner.FAIL_500);
        Future<Void> dealtWith = attempts.until(this::post, AlertSamples.NOON, "id");
        await().until(() -> fake.attempts().size() >= 3);

        clock.advance(Duration.ofHours(24).plusMillis(1));

        await().until(dealtWith::succeeded);
        assertThat(meters.counter("allclear.alerts.given.up", "target", "it", "outcome", "expired")
                        .count())
                .isEqualTo(1);
    }

    @Test
    void sendsNothing_thatWasTooOldFromTheBeginning() {
        Future<Void> dealtWith = attempts.until(this::post, AlertSamples.NOON.minus(Duration.ofHours(25)), "id");

        await().until(dealtWith::succeeded);
        assertThat(fake.attempts()).isEmpty();
    }

    @Test
    void givesUpSooner_whatTheTargetCallsMalformed() {
        fake.always(Manner.MALFORMED_400);
        Future<Void> dealtWith = attempts.until(this::post, AlertSamples.NOON, "id");
        await().until(() -> fake.attempts().size() >= 3);

        clock.advance(Duration.ofMinutes(10).plusMillis(1));

        await().until(dealtWith::succeeded);
        assertThat(meters.counter("allclear.alerts.given.up", "target", "it", "outcome", "refused")
                        .count())
                .isEqualTo(1);
    }

    @Test
    void waitsAsLongAsTheTargetWishes() {
        fake.then(Manner.BUSY_429);

        Future<Void> dealtWith = attempts.until(this::post, AlertSamples.NOON, "id");

        await().until(dealtWith::succeeded);
        List<FakeTarget.Taken> both = fake.attempts();
        assertThat(Duration.ofNanos(both.get(1).atNanos() - both.get(0).atNanos()))
                .isGreaterThan(Duration.ofMillis(900));
    }

    @Test
    void letsGoOfAMessageThatWaits_whenItIsHurried() {
        Attempts patient =
                new Attempts("it", Patience.DEFAULT, new Poster(vertx, clock), new AlertMeters(meters), clock, vertx);
        fake.always(Manner.FAIL_500);
        Future<Void> dealtWith = patient.until(this::post, AlertSamples.NOON, "id");
        await().until(() -> fake.attempts().size() == 1
                && meters.counter("allclear.alerts.attempts", "target", "it", "outcome", "later")
                                .count()
                        == 1);

        patient.hurry();

        await().until(dealtWith::isComplete);
        assertThat(dealtWith.failed()).isTrue();
        assertThat(fake.attempts()).hasSize(1);
    }

    @Test
    void understandsRetryAfter_inSecondsAndAsADate_andNothingElse() {
        Instant now = Instant.parse("2026-03-01T12:00:00Z");

        assertThat(Reply.of(429, "7", now).retryAfter()).contains(Duration.ofSeconds(7));
        assertThat(Reply.of(503, "Sun, 01 Mar 2026 12:01:00 GMT", now).retryAfter())
                .contains(Duration.ofMinutes(1));
        assertThat(Reply.of(429, "soon", now).retryAfter()).isEmpty();
        assertThat(Reply.of(429, "-5", now).retryAfter()).isEmpty();
        assertThat(Patience.DEFAULT.pauseAfter(1, Reply.of(429, "999999999", now)))
                .isEqualTo(Duration.ofMinutes(15));
        assertThat(Patience.DEFAULT.pauseAfter(30, Reply.of(500, null, now))).isEqualTo(Duration.ofMinutes(1));
        assertThat(Reply.of(204, null, now)).isEqualTo(new Reply(Reply.Kind.ACCEPTED, "accepted", Optional.empty()));
    }

    private Post post(Instant now) {
        return Post.json(URI.create(fake.url()), Map.of("text", "hello"), Map.of());
    }
}
