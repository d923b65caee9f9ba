package dev.allclear.log;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What one source showed since the migration began.
 *
 * @param newest time of its newest line
 * @param silent of several files that were being written, the one that fell silent first
 * @param ahead the time of a line that is yet to come
 * @param problem why it could not be read
 */
record SourceScan(
        String source,
        java.time.Duration lag,
        boolean silenceIsOk,
        long lines,
        Optional<Instant> newest,
        boolean isComplete,
        List<Sighting> sightings,
        Optional<LogSource.SilentFile> silent,
        Optional<Instant> ahead,
        Optional<String> problem) {
    SourceScan {
        sightings = List.copyOf(sightings);
    }

    /** Whether it kept up until the window's end; only then its times can tell an error of the run from one after it. */
    boolean keptUp(LogWindow window) {
        return ahead.isEmpty() && !hasSilentFile(window) && newestKeptUp(window);
    }

    /** Whether silence, or the lack of it, shows nothing: times that cannot be true. */
    boolean provesNothing(LogWindow window) {
        return ahead.isPresent() || !(silenceIsOk || keptUp(window));
    }

    /**
     * Whether a line's time may place it. Of a source that kept up it does; of one that may be silent only a line can be older than the
     * completion, though it was written after it, that was late by no more than its lag.
     */
    boolean isBelievable(Instant time, LogWindow window) {
        return keptUp(window)
                || (silenceIsOk && !time.isBefore(window.completed().minus(lag)));
    }

    /** One file that goes on must not hide another that has stopped. */
    boolean hasSilentFile(LogWindow window) {
        return silent.filter(file -> file.written().isBefore(window.mustReach(lag)))
                .isPresent();
    }

    private boolean newestKeptUp(LogWindow window) {
        return newest.filter(time -> time.isAfter(window.completed()))
                .filter(time -> !time.isBefore(window.mustReach(lag)))
                .isPresent();
    }
}
