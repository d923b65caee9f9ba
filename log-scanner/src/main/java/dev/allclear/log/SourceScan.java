package dev.allclear.log;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What one source showed since the migration began.
 *
 * @param newest time of its newest line
 * @param silent of several files that were being written, the one that fell silent first
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
        Optional<String> problem) {
    SourceScan {
        sightings = List.copyOf(sightings);
    }

    /** Whether it kept up until the window's end; only then its times can tell an error of the run from one after it. */
    boolean keptUp(LogWindow window) {
        return !hasSilentFile(window) && newestKeptUp(window);
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
