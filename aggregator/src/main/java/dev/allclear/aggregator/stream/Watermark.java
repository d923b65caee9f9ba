package dev.allclear.aggregator.stream;

import dev.allclear.kafka.GroupProgress.Extent;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The moment up to which a partition's topics have been read to the end. A deadline passes when the watermark does, not when the clock
 * does: an answer that was there in time counts, however late it is read. The clock alone cannot tell, after a takeover, under a
 * backlog, or when the broker was away. So, once something is due, the broker is asked how far the topics reach, and the moment of the
 * question is the watermark as soon as all of that has been read.
 *
 * <p>Counts ticks instead of time, because a clock may be set back.
 */
final class Watermark {
    /** Between two questions to the broker. */
    static final int AGAIN = 4;
    /** What is left when no record comes for so long is none: a transaction's marker, or what the topic no longer keeps. */
    static final int QUIET = 40;
    /** Then it moves in any case, since an overdue verdict must come some time, and without the answer it is never a PASS. */
    static final int MOST = 480;

    private static final Logger LOG = LoggerFactory.getLogger(Watermark.class);

    private final Supplier<CompletionStage<List<Extent>>> broker;
    private final Map<String, Long> read = new HashMap<>();
    private @Nullable Question question;
    private @Nullable Goal goal;
    private int rest;
    private int quiet;
    private int waited;
    private boolean told;

    private record Question(Instant at, CompletableFuture<List<Extent>> answer) {}

    private record Goal(Instant at, List<Extent> ends) {}

    Watermark(Supplier<CompletionStage<List<Extent>>> broker) {
        this.broker = broker;
    }

    /** A record was read. */
    void read(String topic, long offset) {
        read.merge(topic, offset + 1, Math::max);
        quiet = 0;
    }

    /** Whether the broker has said something new, so that the next tick need not be awaited. */
    boolean isAnswered() {
        Question open = question;
        return open != null && open.answer.isDone();
    }

    /**
     * To be asked at each tick while something is due.
     *
     * @return a moment, not after {@code now}, with nothing unread that was written before it; empty while that is not known of any
     *     moment later than what was returned before
     */
    Optional<Instant> at(Instant now) {
        waited++;
        quiet++;
        hearAnswer();
        if (question == null && !isReached() && rest-- <= 0) {
            rest = AGAIN;
            question = new Question(now, broker.get().toCompletableFuture());
            hearAnswer();
        }
        Goal reading = goal;
        if (reading != null && isReached()) {
            return Optional.of(passed(reading.at));
        }
        if (waited >= MOST) {
            LOG.warn(
                    "deadlines pass though {}",
                    reading == null
                            ? "the broker does not say whether answers are unread"
                            : "records that were there before them are still unread");
            return Optional.of(passed(reading == null ? now : reading.at));
        }
        return Optional.empty();
    }

    private boolean isReached() {
        Goal reading = goal;
        return reading != null
                && (quiet >= QUIET
                        || reading.ends.stream()
                                .allMatch(extent -> read.getOrDefault(extent.topic(), 0L) >= extent.end()));
    }

    private void hearAnswer() {
        Question open = question;
        if (open == null || !open.answer.isDone()) {
            return;
        }
        question = null;
        try {
            List<Extent> extents = open.answer.join();
            told = false;
            extents.forEach(extent -> read.merge(extent.topic(), extent.committed(), Math::max));
            if (goal == null) {
                goal = new Goal(open.at, extents);
                quiet = 0;
            }
        } catch (CompletionException failure) {
            if (!told) {
                told = true;
                LOG.warn(
                        "deadlines wait, because the broker does not say whether answers are unread: {}",
                        String.valueOf(failure.getCause()));
            }
        }
    }

    private Instant passed(Instant at) {
        goal = null;
        rest = 0;
        waited = 0;
        return at;
    }
}
