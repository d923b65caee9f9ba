package dev.allclear.cli;

import dev.allclear.aggregator.console.ConsoleSettings;
import dev.allclear.event.BaselineCaptured;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What some commands want of the services in their process besides.
 *
 * @param before of runs that were announced elsewhere; it lies on the broker before a service listens, so that each takes up those runs as
 *     it does after a restart
 * @param console where one is wanted
 * @param kafkaPort where the broker listens, for checks that run in other processes; a free port when empty
 */
record StandaloneOptions(List<BaselineCaptured> before, Optional<ConsoleSettings> console, OptionalInt kafkaPort) {
    static final StandaloneOptions NONE = new StandaloneOptions(List.of(), Optional.empty(), OptionalInt.empty());

    StandaloneOptions {
        before = List.copyOf(before);
    }

    StandaloneOptions knowing(List<BaselineCaptured> known) {
        return new StandaloneOptions(known, console, kafkaPort);
    }

    StandaloneOptions with(Optional<ConsoleSettings> wanted) {
        return new StandaloneOptions(before, wanted, kafkaPort);
    }

    StandaloneOptions onKafkaPort(OptionalInt port) {
        return new StandaloneOptions(before, console, port);
    }
}
