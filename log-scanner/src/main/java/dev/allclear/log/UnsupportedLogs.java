package dev.allclear.log;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A source of a kind that is known but cannot be read yet: always unreachable, never silently ignored. */
record UnsupportedLogs(String name, String kind) implements LogSource {
    @Override
    public Duration lag() {
        return Duration.ZERO;
    }

    @Override
    public boolean silenceIsOk() {
        return false;
    }

    @Override
    public List<FileMark> marks() throws IOException {
        throw refusal();
    }

    @Override
    public Reading read(Optional<List<FileMark>> since, Instant now, long mostBytes, Consumer<Entry> sink)
            throws IOException {
        throw refusal();
    }

    private IOException refusal() {
        return new IOException(
                "log sources of kind " + kind + " are not supported yet; name the log's files with `file:`");
    }
}
