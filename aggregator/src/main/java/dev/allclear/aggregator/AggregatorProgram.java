package dev.allclear.aggregator;

import dev.allclear.service.Parts;
import dev.allclear.service.Probe;
import dev.allclear.service.Program;
import io.vertx.core.Future;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The aggregator as what a process does: not ready while it waits for its partitions, not alive once it has died. */
record AggregatorProgram(Aggregator aggregator) implements Program.Running {
    static AggregatorProgram start(Parts parts) {
        return new AggregatorProgram(Aggregator.start(
                parts.config(), parts.config().kafka(), parts.clock(), parts.meters(), temporaryDirectory()));
    }

    private static Path temporaryDirectory() {
        try {
            return Files.createTempDirectory("allclear-aggregator");
        } catch (IOException unwritable) {
            throw new UncheckedIOException("no temporary directory can be made", unwritable);
        }
    }

    @Override
    public Future<Void> close() {
        return aggregator.close();
    }

    @Override
    public List<Probe> ready() {
        return List.of(Probe.of("aggregator", aggregator::isReady, "is waiting for its partitions"));
    }

    @Override
    public List<Probe> alive() {
        return List.of(Probe.of("aggregator", aggregator::isAlive, "has died; the log says why"));
    }
}
