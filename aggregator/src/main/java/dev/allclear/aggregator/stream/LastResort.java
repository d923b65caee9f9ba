package dev.allclear.aggregator.stream;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of a stream thread that died: a passing trouble with the broker gets a new thread, but not endlessly; a bug or a missing
 * right ends the aggregator, so that whoever supervises it sees it.
 */
public final class LastResort implements StreamsUncaughtExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(LastResort.class);
    private static final int MOST = 20;
    private static final Duration WITHIN = Duration.ofMinutes(10);

    private final Clock clock;
    private final Deque<Instant> deaths = new ArrayDeque<>();

    /** Counts deaths by this clock. */
    public LastResort(Clock clock) {
        this.clock = clock;
    }

    @Override
    public synchronized StreamThreadExceptionResponse handle(Throwable death) {
        Instant now = clock.instant();
        deaths.addLast(now);
        while (!deaths.isEmpty() && deaths.getFirst().isBefore(now.minus(WITHIN))) {
            deaths.removeFirst();
        }
        if (isPassing(death) && deaths.size() <= MOST) {
            LOG.warn("the aggregator's thread died and is replaced", death);
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        }
        LOG.error("the aggregator ends", death);
        return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }

    private static boolean isPassing(Throwable death) {
        boolean byKafka = false;
        for (Throwable cause = death; cause != null; cause = cause.getCause()) {
            if (cause instanceof AuthenticationException || cause instanceof AuthorizationException) {
                return false;
            }
            boolean isWrapper = cause.getClass() == org.apache.kafka.streams.errors.StreamsException.class;
            byKafka |= cause instanceof KafkaException && !isWrapper;
            if (!(cause instanceof KafkaException)) {
                return byKafka;
            }
        }
        return byKafka;
    }
}
