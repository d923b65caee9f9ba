package dev.allclear.aggregator.alert;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What came of one attempt.
 *
 * @param words for a log: never the address, never what the target answered
 * @param retryAfter when the target wishes to be tried again
 */
record Reply(Kind kind, String words, Optional<Duration> retryAfter) {
    enum Kind {
        ACCEPTED,
        /** Not now, or no answer. */
        LATER,
        /** The target calls the message itself malformed; another attempt will hardly do better. */
        REFUSED
    }

    static Reply of(int status, @Nullable String retryAfter, Instant now) {
        if (status >= 200 && status < 300) {
            return new Reply(Kind.ACCEPTED, "accepted", Optional.empty());
        }
        String words = status >= 300 && status < 400
                ? "it answers with a redirect (" + status + "), and redirects are not followed"
                : "it answers " + status;
        return switch (status) {
            case 400, 413, 414, 415, 422 -> new Reply(Kind.REFUSED, words, Optional.empty());
            default -> new Reply(Kind.LATER, words, wish(retryAfter, now));
        };
    }

    /** An exception may quote the address; only its kind is told. */
    static Reply failed(Throwable failure) {
        return new Reply(Kind.LATER, "no answer (" + failure.getClass().getSimpleName() + ")", Optional.empty());
    }

    /** Seconds or a date, as HTTP has it; anything else is as if nothing were said. */
    private static Optional<Duration> wish(@Nullable String retryAfter, Instant now) {
        if (retryAfter == null) {
            return Optional.empty();
        }
        String text = retryAfter.strip();
        if (text.matches("\\d{1,9}")) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
        }
        try {
            Instant date = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Optional.of(Duration.between(now, date)).filter(wish -> !wish.isNegative());
        } catch (DateTimeException notADate) {
            return Optional.empty();
        }
    }
}
