package dev.allclear.log;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Where log lines come from. Calls block and may take long; they are made off the event loop, one at a time for a source.
 */
public interface LogSource {
    /** What the configuration calls it, such as the file pattern. */
    String name();

    /** How far behind its newest line may be. */
    Duration lag();

    /** Whether no lines at all are a sign of health, as with an application that logs only errors. */
    boolean silenceIsOk();

    /** How far it reaches now. Fails with a sentence that says why the source cannot be read. */
    List<FileMark> marks(Instant now) throws IOException;

    /** Where it stood at a moment of the past, if it can be asked; a file tells that only by its lines. */
    default Optional<List<FileMark>> marksAt(Instant time) throws IOException {
        return Optional.empty();
    }

    /**
     * Hands over what was written since the marks, or without marks the last part of what there is.
     *
     * @param mostBytes to read of one file; when there is more, only the end is read (of a store, only the beginning)
     */
    Reading read(Optional<List<FileMark>> since, Instant now, long mostBytes, Consumer<Entry> sink) throws IOException;

    /** A record and the mark its position refers to. */
    record Entry(String fileKey, LogRecord record) {}

    /**
     * What was read.
     *
     * @param oldest the time of the oldest line
     * @param newest the time of the newest line; of lines without a time, when the file was last written
     * @param isComplete false when there was more than could be read
     * @param silent of several files that were being written, the one that fell silent first
     * @param ahead the time of a line that is yet to come: its clock is ahead, or its zone is taken for another
     */
    record Reading(
            long lines,
            Optional<Instant> oldest,
            Optional<Instant> newest,
            boolean isComplete,
            Optional<SilentFile> silent,
            Optional<Instant> ahead) {
        Reading withAhead(Optional<Instant> time) {
            return new Reading(lines, oldest, newest, isComplete, silent, time);
        }
    }

    /** A file that was being written when the run began, and when it was last written. */
    record SilentFile(String file, Instant written) {}
}
