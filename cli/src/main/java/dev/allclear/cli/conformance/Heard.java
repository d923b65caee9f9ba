package dev.allclear.cli.conformance;

import dev.allclear.event.AllclearEvent;
import dev.allclear.event.BaselineCaptured;
import dev.allclear.event.CheckCompleted;
import dev.allclear.kafka.Decoded;
import dev.allclear.kafka.WireProbe;
import dev.allclear.model.CheckName;
import java.time.Duration;
import java.util.Optional;

/**
 * A record that somebody wrote.
 *
 * @param after since its run was completed, or since the examination began
 */
record Heard(WireProbe.Seen record, Duration after) {
    /** Whether the check wrote it, or nobody can tell who did. */
    boolean isOf(CheckName check) {
        return record.content() instanceof Decoded.Poison
                || as(CheckCompleted.class)
                        .filter(answer -> answer.report().check().equals(check))
                        .isPresent()
                || as(BaselineCaptured.class)
                        .filter(baseline -> baseline.check().equals(check))
                        .isPresent();
    }

    /** Of a type, where it is an event of that type. */
    <T extends AllclearEvent> Optional<T> as(Class<T> type) {
        return record.content() instanceof Decoded.Event decoded && type.isInstance(decoded.event())
                ? Optional.of(type.cast(decoded.event()))
                : Optional.empty();
    }
}
