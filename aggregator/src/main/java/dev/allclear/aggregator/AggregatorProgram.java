package dev.allclear.aggregator;

import dev.allclear.service.Parts;
import dev.allclear.service.Probe;
import dev.allclear.service.Program;
import dev.allclear.service.TemporaryFolder;
import io.vertx.core.Future;
import java.util.List;

/** The aggregator as what a process does: not ready while it waits for its partitions, not alive once it has died. */
record AggregatorProgram(Aggregator aggregator, TemporaryFolder state) implements Program.Running {
    static AggregatorProgram start(Parts parts) {
        TemporaryFolder state = TemporaryFolder.create("allclear-aggregator");
        return new AggregatorProgram(
                Aggregator.start(parts.config(), parts.config().kafka(), parts.clock(), parts.meters(), state.path()),
                state);
    }

    @Override
    public Future<Void> close() {
        return aggregator.close().onComplete(ended -> state.close());
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
