package dev.allclear.aggregator.alert;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One message at a time, tried until it is accepted or too old. Its state belongs to one Vert.x context; may be called from any thread. */
final class Attempts {
    private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);

    private final String target;
    private final Patience patience;
    private final Poster poster;
    private final AlertMeters meters;
    private final Clock clock;
    private final Vertx vertx;
    private final Context context;
    private @Nullable Message current;
    private boolean isFailing;

    Attempts(String target, Patience patience, Poster poster, AlertMeters meters, Clock clock, Vertx vertx) {
        this.target = target;
        this.patience = patience;
        this.poster = poster;
        this.meters = meters;
        this.clock = clock;
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
    }

    private static final class Message {
        private final Function<Instant, Post> words;
        private final Instant published;
        private final String alertId;
        private final Instant begun;
        private final Promise<Void> dealtWith = Promise.promise();
        private int attempt;
        private boolean isLast;
        private long timer = -1;

        Message(Function<Instant, Post> words, Instant published, String alertId, Instant begun) {
            this.words = words;
            this.published = published;
            this.alertId = alertId;
            this.begun = begun;
        }
    }

    /**
     * Completes when the message was accepted or given up; fails only after {@link #hurry()}.
     *
     * @param words the message as it is to be at the time of the attempt
     * @param published since when the message is under way, from which its age counts
     */
    Future<Void> until(Function<Instant, Post> words, Instant published, String alertId) {
        Message message = new Message(words, published, alertId, clock.instant());
        context.runOnContext(now -> {
            current = message;
            attempt(message);
        });
        return message.dealtWith.future();
    }

    /** The attempt being made is the last; a message that waits for its next one fails at once. */
    void hurry() {
        context.runOnContext(now -> {
            Message message = current;
            if (message != null) {
                message.isLast = true;
                if (message.timer >= 0 && vertx.cancelTimer(message.timer)) {
                    giveBack(message);
                }
            }
        });
    }

    private void attempt(Message message) {
        Instant now = clock.instant();
        message.timer = -1;
        if (isOlder(message.published, patience.expireAfter(), now)) {
            meters.expired(target);
            LOG.error(
                    "alert {} is older than {} and is given up: {} was not told",
                    message.alertId,
                    patience.expireAfter(),
                    target);
            end(message);
            return;
        }
        message.attempt++;
        poster.send(message.words.apply(now), patience.timeout())
                .onComplete(reply -> context.runOnContext(back -> take(message, reply.result())));
    }

    private void take(Message message, Reply reply) {
        meters.attempted(target, reply);
        switch (reply.kind()) {
            case ACCEPTED -> {
                if (isFailing) {
                    LOG.info("{} takes alerts again", target);
                    isFailing = false;
                }
                end(message);
            }
            case REFUSED -> {
                if (isOlder(message.begun, patience.refusedAfter(), clock.instant())) {
                    meters.refused(target);
                    LOG.error(
                            "{} refuses alert {} for good, it is given up: {}", target, message.alertId, reply.words());
                    end(message);
                } else {
                    again(message, reply);
                }
            }
            case LATER -> again(message, reply);
        }
    }

    private void again(Message message, Reply reply) {
        if (!isFailing) {
            LOG.warn("{} does not take alert {} and is tried again: {}", target, message.alertId, reply.words());
            isFailing = true;
        }
        if (message.isLast) {
            giveBack(message);
        } else {
            Duration pause = patience.pauseAfter(message.attempt, reply);
            message.timer =
                    vertx.setTimer(Math.max(1, pause.toMillis()), due -> context.runOnContext(now -> attempt(message)));
        }
    }

    private void end(Message message) {
        forget(message);
        message.dealtWith.tryComplete();
    }

    private void giveBack(Message message) {
        forget(message);
        message.dealtWith.tryFail("not delivered yet");
    }

    private void forget(Message message) {
        if (current == message) {
            current = null;
        }
    }

    private static boolean isOlder(Instant since, Duration limit, Instant now) {
        return since.plus(limit).isBefore(now);
    }
}
