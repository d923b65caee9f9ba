package dev.allclear.cli;

import dev.allclear.aggregator.Aggregator;
import dev.allclear.aggregator.alert.AlertSenders;
import dev.allclear.aggregator.alert.AlertSettings;
import dev.allclear.aggregator.console.Console;
import dev.allclear.aggregator.console.ConsoleSettings;
import dev.allclear.aggregator.policy.Policies;
import dev.allclear.config.AllclearConfig;
import dev.allclear.config.ConfigFile;
import dev.allclear.kafka.Topics;
import dev.allclear.latency.LatencyCheckerModule;
import dev.allclear.lock.LockCheckerModule;
import dev.allclear.log.LogScannerModule;
import dev.allclear.model.CheckName;
import dev.allclear.postgres.Databases;
import dev.allclear.row.RowCheckerModule;
import dev.allclear.service.CheckerHost;
import dev.allclear.service.CheckerModule;
import dev.allclear.service.Parts;
import dev.allclear.service.Probe;
import dev.allclear.service.Program;
import dev.allclear.status.StatusCheckerModule;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Some or all of Allclear's services in this process, against whatever Kafka the parts' configuration names. */
final class Services implements Program.Running {
    private static final Duration BROKER_LIMIT = Duration.ofSeconds(60);

    private final CheckerHost checkers;
    private final Optional<Aggregator> aggregator;
    private final Optional<AlertSenders> senders;
    private final Optional<Console> console;

    private Services(
            CheckerHost checkers,
            Optional<Aggregator> aggregator,
            Optional<AlertSenders> senders,
            Optional<Console> console) {
        this.checkers = checkers;
        this.aggregator = aggregator;
        this.senders = senders;
        this.console = console;
    }

    /** Starts these checks, and the aggregator with its console where it is asked for. Blocks while the broker does not answer. */
    static Services start(Parts parts, Set<CheckName> checks, boolean withAggregator, Path stateDirectory) {
        Optional<ConsoleSettings> console = withAggregator
                ? Optional.of(ConsoleSettings.read(parts.config())).filter(ConsoleSettings::isEnabled)
                : Optional.empty();
        return start(parts, checks, withAggregator, console, stateDirectory);
    }

    /** As {@link #start(Parts, Set, boolean, Path)}, with the console that the caller wants. */
    static Services start(
            Parts parts,
            Set<CheckName> checks,
            boolean withAggregator,
            Optional<ConsoleSettings> console,
            Path stateDirectory) {
        List<CheckerModule> modules = new ArrayList<>(modules());
        modules.removeIf(module -> !checks.contains(module.name()));
        if (withAggregator) {
            // reads what is wrong with these before anything is started
            Policies.read(parts.config());
            AlertSettings.read(parts.config());
        }
        CheckerHost checkers = CheckerHost.start(parts, modules);
        if (!withAggregator) {
            return new Services(checkers, Optional.empty(), Optional.empty(), Optional.empty());
        }
        AllclearConfig config = parts.config();
        Topics.ensure(config.kafka(), BROKER_LIMIT);
        Aggregator aggregator = Aggregator.start(config, config.kafka(), parts.clock(), parts.meters(), stateDirectory);
        AlertSenders senders = AlertSenders.start(
                AlertSettings.read(config), config.kafka(), parts.vertx(), parts.clock(), parts.meters());
        return new Services(
                checkers,
                Optional.of(aggregator),
                Optional.of(senders),
                console.map(settings -> Console.start(settings, parts)));
    }

    /** The built-in checks, and those that teams have put beside them: {@code META-INF/services} names their modules. */
    private static List<CheckerModule> modules() {
        List<CheckerModule> modules = new ArrayList<>(List.of(
                new StatusCheckerModule(),
                new LatencyCheckerModule(),
                new LockCheckerModule(),
                new RowCheckerModule(),
                new LogScannerModule()));
        ServiceLoader.load(CheckerModule.class).forEach(modules::add);
        return modules;
    }

    /** The names of all checks that can be hosted in this process. */
    static Set<CheckName> checks() {
        return modules().stream().map(CheckerModule::name).collect(Collectors.toCollection(TreeSet::new));
    }

    /** These checks, and every team's check that is here. */
    static Set<CheckName> withTeams(Set<CheckName> checks) {
        Set<CheckName> all = checks();
        all.removeAll(CheckName.builtIn());
        all.addAll(checks);
        return all;
    }

    /**
     * Lets every check read its part of the configuration, whether it will run here or not, and throws all mistakes at once, also
     * those that were found before. Opens nothing.
     */
    static void throwMistakes(AllclearConfig config, Clock clock) {
        AllclearConfig nothing = ConfigFile.parse("", "nothing", Map.of());
        Vertx vertx = Vertx.vertx();
        try {
            Parts parts = new Parts(vertx, clock, config, Databases.of(vertx, nothing), new SimpleMeterRegistry());
            modules().forEach(module -> module.create(parts));
            config.mistakes().throwIfAny();
        } finally {
            vertx.close();
        }
    }

    /** The parts of a process that hosts services, made of its configuration. */
    static Parts parts(Vertx vertx, Clock clock, AllclearConfig config, MeterRegistry meters) {
        return new Parts(vertx, clock, config, Databases.of(vertx, config), meters);
    }

    /** Completes when the aggregator listens; at once where there is none. */
    Future<Void> running() {
        return aggregator.map(Aggregator::running).orElseGet(Future::succeededFuture);
    }

    /** Tells the targets of alerts what is to be told by now; none is told anything after that. */
    Future<Void> tellAlerts(Duration patience) {
        return senders.map(service -> service.closeWhenTold(patience)).orElseGet(Future::succeededFuture);
    }

    /** The console's port, where there is one. */
    Optional<Integer> consolePort() {
        return console.map(Console::port);
    }

    @Override
    public List<Probe> ready() {
        List<Probe> probes = new ArrayList<>(checkers.ready());
        aggregator.ifPresent(service ->
                probes.add(Probe.of("aggregator", () -> service.running().succeeded(), "is not listening yet")));
        return probes;
    }

    @Override
    public List<Probe> alive() {
        return aggregator
                .map(service -> List.of(Probe.of("aggregator", service::isAlive, "has died; its log says why")))
                .orElse(List.of());
    }

    @Override
    public Future<Void> close() {
        return Future.join(
                        checkers.close(),
                        aggregator.map(Aggregator::close).orElseGet(Future::succeededFuture),
                        senders.map(AlertSenders::close).orElseGet(Future::succeededFuture),
                        console.map(Console::close).orElseGet(Future::succeededFuture))
                .mapEmpty();
    }
}
