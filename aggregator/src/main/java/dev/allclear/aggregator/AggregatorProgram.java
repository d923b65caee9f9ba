package dev.allclear.aggregator;

import dev.allclear.aggregator.alert.AlertSenders;
import dev.allclear.aggregator.alert.AlertSettings;
import dev.allclear.aggregator.console.Console;
import dev.allclear.aggregator.console.ConsoleSettings;
import dev.allclear.config.AllclearConfig;
import dev.allclear.service.Parts;
import dev.allclear.service.Probe;
import dev.allclear.service.Program;
import dev.allclear.service.TemporaryFolder;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/** The aggregator as what a process does: not ready while it waits for its partitions, not alive once it has died. */
record AggregatorProgram(Aggregator aggregator, AlertSenders senders, Optional<Console> console, TemporaryFolder state)
        implements Program.Running {
    static AggregatorProgram start(Parts parts) {
        AllclearConfig config = parts.config();
        AlertSettings alerts = AlertSettings.read(config);
        ConsoleSettings settings = ConsoleSettings.read(config);
        TemporaryFolder state = TemporaryFolder.create("allclear-aggregator");
        Aggregator aggregator = Aggregator.start(config, config.kafka(), parts.clock(), parts.meters(), state.path());
        AlertSenders senders = AlertSenders.start(alerts, config.kafka(), parts.vertx(), parts.clock(), parts.meters());
        try {
            Optional<Console> console = Optional.of(settings)
                    .filter(ConsoleSettings::isEnabled)
                    .map(enabled -> Console.start(enabled, parts));
            return new AggregatorProgram(aggregator, senders, console, state);
        } catch (RuntimeException unable) {
            aggregator.close();
            senders.close();
            throw unable;
        }
    }

    @Override
    public Future<Void> close() {
        return Future.join(
                        aggregator.close(),
                        senders.close(),
                        console.map(Console::close).orElseGet(Future::succeededFuture))
                .<Void>mapEmpty()
                .onComplete(ended -> state.close());
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
