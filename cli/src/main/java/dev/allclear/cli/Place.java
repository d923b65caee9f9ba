package dev.allclear.cli;

import dev.allclear.cli.progress.Progress;
import dev.allclear.cli.progress.Wait;
import dev.allclear.config.KafkaConfig;
import dev.allclear.event.BaselineCaptured;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Where the services are that do the work: in the configured cluster, or in this process for as long as this is open. */
record Place(KafkaConfig kafka, Optional<Standalone> here) implements AutoCloseable {
    static Place of(RunSetup setup, Clock clock, Progress progress) {
        return knowing(List.of(), setup, clock, progress);
    }

    /** As {@link #of}; services that are started here know these "before" as after a restart. */
    static Place knowing(List<BaselineCaptured> before, RunSetup setup, Clock clock, Progress progress) {
        if (setup.hasCluster()) {
            progress.step("publishing to " + setup.config().kafka() + "; its services do the work");
            return new Place(setup.config().kafka(), Optional.empty());
        }
        progress.await(Wait.starting("no cluster configured: starting a broker and the services here"));
        Standalone standalone =
                Standalone.start(setup.config(), setup.hosted(), StandaloneOptions.NONE.knowing(before), clock);
        progress.over();
        return new Place(standalone.kafka(), Optional.of(standalone));
    }

    @Override
    public void close() {
        here.ifPresent(Standalone::close);
    }
}
