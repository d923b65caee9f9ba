package dev.allclear.service;

import dev.allclear.check.Checker;
import dev.allclear.kafka.Topics;
import dev.allclear.model.CheckName;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Several checks, or one, hosted in this process on shared parts. */
public final class CheckerHost implements Program.Running {
    private static final Duration BROKER_LIMIT = Duration.ofSeconds(60);

    private final Parts parts;
    private final List<HostedCheck> checks;

    private CheckerHost(Parts parts, List<HostedCheck> checks) {
        this.parts = parts;
        this.checks = checks;
    }

    /**
     * Makes the checkers, makes sure of the topics, and begins to consume. Blocks while the broker does not answer.
     *
     * @throws dev.allclear.config.InvalidConfiguration with every mistake that was found, also by the modules
     * @throws dev.allclear.kafka.KafkaFailure when the broker does not answer within a minute
     */
    public static CheckerHost start(Parts parts, List<CheckerModule> modules) {
        Map<CheckerModule, Checker> checkers = new LinkedHashMap<>();
        modules.forEach(module -> checkers.put(module, module.create(parts)));
        RunLimits.of(parts.config());
        parts.config().mistakes().throwIfAny();
        int partitions = Topics.ensure(parts.config().kafka(), BROKER_LIMIT);
        List<HostedCheck> checks = new ArrayList<>();
        checkers.forEach((module, checker) -> checks.add(new HostedCheck(module, checker, parts, partitions)));
        return new CheckerHost(parts, List.copyOf(checks));
    }

    /** Under which name the host of a check publishes; only what comes under it is the check's own "before". */
    public static String sourceOf(CheckName check) {
        return "allclear/" + check;
    }

    /** Ready while every check hears from the broker. */
    @Override
    public List<Probe> ready() {
        return checks.stream()
                .map(check -> Probe.of("check-" + check.check(), check::isHealthy, "has not heard from Kafka for 15 s"))
                .toList();
    }

    /** Finishes what is under way, within limits. The parts stay open. */
    @Override
    public Future<Void> close() {
        return Future.join(
                        checks.stream().map(check -> check.close(parts.vertx())).toList())
                .mapEmpty();
    }
}
