package dev.allclear.aggregator.alert;

import dev.allclear.model.Decision;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/** Somebody to be told, and in which words. Pure. */
interface Target {
    /** The name by which logs, metrics and the consumer group know it. */
    String name();

    /** Of which verdicts it wants to hear. */
    Set<Decision> on();

    /** What to send about a notice that it wants to hear of. */
    Post post(Notice notice, Optional<Instant> firingSince, Instant now);

    /** How often it wants to be told again what still fires; empty for one that keeps count itself. */
    default Optional<Duration> resend() {
        return Optional.empty();
    }

    /** What to send to say that all these still fire. */
    default Post repeat(Collection<Notice> firing, Instant now) {
        throw new UnsupportedOperationException(name() + " is told once");
    }

    default boolean wants(Notice notice) {
        return on().contains(notice.decision());
    }
}
