package dev.allclear.log;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Joins lines to records: stack traces, wrapped messages and the server's DETAIL and STATEMENT lines belong to the line before
 * them. Bounded: of a record's text only the first part is kept, the rest is read and dropped. For one thread.
 */
final class RecordJoiner {
    private static final int LONGEST = 32 * 1024;
    private static final String[] CONTINUATIONS = {
        "Caused by:",
        "at ",
        "...",
        "---> ",
        "--- End of",
        "LINE ",
        "DETAIL:",
        "Detail:",
        "HINT:",
        "Hint:",
        "CONTEXT:",
        "STATEMENT:",
        "QUERY:",
        "LOCATION:",
        "Position:",
        "}",
        ")",
        "]",
        "During handling of",
        "The above exception",
        "[SQL:",
        "(Background on",
        "nested exception",
        "code:",
        "position:",
        "routine:",
        ": SELECT",
        ": INSERT",
        ": UPDATE",
        ": DELETE"
    };
    private static final String[] SERVER_CONTINUATIONS = {
        "DETAIL:  ", "HINT:  ", "CONTEXT:  ", "STATEMENT:  ", "QUERY:  ", "LOCATION:  "
    };

    private final Timestamps timestamps;
    private final Consumer<LogRecord> sink;
    private final StringBuilder text = new StringBuilder();
    private Optional<Instant> latest = Optional.empty();
    private boolean isStamped;
    private boolean isOpen;
    private long position;

    RecordJoiner(Timestamps timestamps, Consumer<LogRecord> sink) {
        this.timestamps = timestamps;
        this.sink = sink;
    }

    void line(String line, long at) {
        Optional<Instant> time = timestamps.in(line);
        if (isOpen && continues(line, time.isPresent())) {
            append(line);
            return;
        }
        flush();
        isOpen = true;
        isStamped = time.isPresent();
        latest = time.or(() -> latest);
        position = at;
        append(line);
    }

    /** Hands over what has been gathered; to be called at the end. */
    void flush() {
        if (isOpen) {
            isOpen = false;
            sink.accept(new LogRecord(latest, isStamped, position, text.toString()));
            text.setLength(0);
        }
    }

    /** What is too long for one record goes on as another of the same time. */
    private void append(String line) {
        if (text.length() > 0 && text.length() + line.length() >= LONGEST) {
            sink.accept(new LogRecord(latest, isStamped, position, text.toString()));
            text.setLength(0);
        }
        text.append(text.length() == 0 ? "" : "\n").append(line, 0, Math.min(line.length(), LONGEST));
    }

    /** Whether a line may be a record's first, as far as it tells itself. */
    static boolean mayBegin(String line, boolean hasTime) {
        return hasTime
                ? !startsWithBlank(line) && !line.contains("SqlExceptionHelper") && serverPart(line) < 0
                : !line.isEmpty() && !startsWithBlank(line) && !startsWithAny(line);
    }

    private boolean continues(String line, boolean hasTime) {
        if (hasTime) {
            return (startsWithBlank(line) && !line.isBlank() && !isStamped)
                    || isServerContinuation(line)
                    || isSecondHalf(line);
        }
        return (isStamped && !line.startsWith("{")) || line.isEmpty() || startsWithBlank(line) || startsWithAny(line);
    }

    private static boolean startsWithBlank(String line) {
        return !line.isEmpty() && (line.charAt(0) == ' ' || line.charAt(0) == '\t');
    }

    private static boolean startsWithAny(String line) {
        for (String start : CONTINUATIONS) {
            if (line.startsWith(start)) {
                return true;
            }
        }
        return false;
    }

    /** The server repeats its line prefix before each part of one report. */
    private boolean isServerContinuation(String line) {
        return serverPart(line) >= 0
                && (text.indexOf("ERROR:") >= 0 || text.indexOf("FATAL:") >= 0 || text.indexOf("LOG:") >= 0);
    }

    private static int serverPart(String line) {
        String head = line.substring(0, Math.min(line.length(), 200));
        for (String part : SERVER_CONTINUATIONS) {
            int at = head.indexOf(part);
            if (at >= 0 && head.indexOf("ERROR:") < 0 && head.indexOf("FATAL:") < 0) {
                return at;
            }
        }
        return -1;
    }

    /** Hibernate logs the SQLSTATE and the sentence as two records. */
    private boolean isSecondHalf(String line) {
        return line.contains("SqlExceptionHelper") && text.indexOf("SQLState: ") >= 0 && text.indexOf("\n") < 0;
    }
}
