package dev.allclear.log;

import dev.allclear.log.LogSource.Entry;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/** What has been read so far of all files of a pattern. For one thread. */
final class FileProgress {
    final Consumer<Entry> sink;
    long lines;
    Optional<Instant> oldest = Optional.empty();
    Optional<Instant> newest = Optional.empty();
    boolean isComplete = true;

    FileProgress(Consumer<Entry> sink) {
        this.sink = sink;
    }

    void sawTime(Instant time) {
        if (oldest.isEmpty() || oldest.get().isAfter(time)) {
            oldest = Optional.of(time);
        }
        if (newest.isEmpty() || newest.get().isBefore(time)) {
            newest = Optional.of(time);
        }
    }
}
