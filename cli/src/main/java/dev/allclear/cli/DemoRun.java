package dev.allclear.cli;

import dev.allclear.aggregator.console.ConsoleSettings;
import dev.allclear.aggregator.policy.Policies;
import dev.allclear.aggregator.report.RunReport;
import dev.allclear.aggregator.report.TerminalReport;
import dev.allclear.cli.progress.Progress;
import dev.allclear.cli.progress.Wait;
import dev.allclear.config.AllclearConfig;
import dev.allclear.config.ConfigFile;
import dev.allclear.event.MigrationDescription;
import dev.allclear.model.CheckName;
import dev.allclear.model.DatabaseName;
import dev.allclear.model.RunId;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;

/** What the demonstration needs of the command line: the same standalone services and the same flow as {@code run}. */
public final class DemoRun implements AutoCloseable {
    private static final DatabaseName SHOP = new DatabaseName("shop");

    private final Clock clock;
    private final Progress progress;
    private final Set<CheckName> elsewhere;
    private final OptionalInt kafkaPort;

    private DemoRun(Clock clock, Progress progress, Set<CheckName> elsewhere, OptionalInt kafkaPort) {
        this.clock = clock;
        this.progress = progress;
        this.elsewhere = elsewhere;
        this.kafkaPort = kafkaPort;
    }

    /**
     * A demonstration that tells its progress on the terminal.
     *
     * @param elsewhere checks that are required and run in other processes
     * @param kafkaPort where the broker listens for those
     */
    public static DemoRun begin(Clock clock, Set<CheckName> elsewhere, OptionalInt kafkaPort) {
        return new DemoRun(clock, Console.progress(clock), elsewhere, kafkaPort);
    }

    /** Checks by name, as an option gives them. */
    public static Set<CheckName> names(Set<String> given) {
        Set<CheckName> names = new TreeSet<>();
        for (String name : given) {
            try {
                names.add(new CheckName(name));
            } catch (IllegalArgumentException wrong) {
                throw new UsageError("--require: " + wrong.getMessage());
            }
        }
        return names;
    }

    public void headline(String text) {
        progress.headline(text);
    }

    public void step(String text) {
        progress.step(text);
    }

    @Override
    public void close() {
        progress.close();
    }

    /** A promise of the demonstration: told in green or red, and returned. */
    public boolean line(boolean held, String text) {
        if (held) {
            progress.good("OK      " + text);
        } else {
            progress.bad("MISSING " + text);
        }
        return held;
    }

    /** Runs a command that belongs to the scene and must succeed; its output is not shown. */
    public void prepare(List<String> command) throws InterruptedException {
        progress.await(Wait.starting("filling the shop's tables"));
        WrappedCommand.Ending ending =
                new WrappedCommand(command, Map.of()).run(java.io.OutputStream.nullOutputStream(), System.err);
        progress.over();
        if (ending.interrupted()) {
            throw new InterruptedException("told to end while the scene was set");
        }
        if (ending.exitCode() != 0) {
            throw new IllegalStateException("the scene could not be set: " + ending.output());
        }
    }

    /** The checks that are required: the built-in ones, teams' own that were put beside them, and those that run elsewhere. */
    public Set<CheckName> checks() {
        Set<CheckName> checks = Services.checks();
        checks.addAll(elsewhere);
        return checks;
    }

    /**
     * Starts a broker and all services with this configuration. The caller closes them.
     *
     * @param consolePort where the console is wanted; a free port when that is taken, and no console when empty
     */
    public Cluster cluster(String yaml, Optional<Integer> consolePort) {
        AllclearConfig config = ConfigFile.parse(yaml, "the demo's configuration", Map.of());
        Policies policies = Policies.read(config);
        progress.await(Wait.starting("starting a Kafka broker and six services"));
        Standalone standalone = Standalone.start(
                config,
                Services.checks(),
                StandaloneOptions.NONE
                        .with(consolePort.map(ConsoleSettings::local))
                        .onKafkaPort(kafkaPort),
                clock);
        progress.over();
        step("a Kafka broker and six services run; " + standalone.kafka());
        standalone.consolePort().ifPresent(port -> {
            boolean moved = consolePort
                    .filter(wanted -> wanted != 0 && !wanted.equals(port))
                    .isPresent();
            step((moved ? "port " + consolePort.orElse(0) + " is taken, another is used; " : "")
                    + "watch it in the console: http://localhost:" + port + "/");
        });
        return new Cluster(standalone, policies.of(SHOP).deadline().plusSeconds(30));
    }

    /** The running services. */
    public final class Cluster implements AutoCloseable {
        private final Standalone standalone;
        private final Duration patience;

        private Cluster(Standalone standalone, Duration patience) {
            this.standalone = standalone;
            this.patience = patience;
        }

        /** One verified migration: shows its report and writes it to the directory. Empty when there was no verdict. */
        public Optional<RunReport> run(
                String id, MigrationDescription description, List<String> command, Path directory)
                throws InterruptedException {
            RunRequest request = new RunRequest(
                    new RunId(id),
                    SHOP,
                    description,
                    command,
                    false,
                    checks(),
                    Duration.ofSeconds(30),
                    false,
                    patience);
            RunFlow.Result result =
                    new RunFlow(standalone.kafka(), clock, progress, System.out, System.err).run(request);
            Optional<RunReport> report = result.verdict()
                    .map(verdict -> new RunReport(
                            verdict, result.reports(), Optional.of(result.started()), Optional.of(result.completed())));
            report.ifPresent(shown -> {
                System.out.print(TerminalReport.of(shown, Console.hasColour()));
                System.out.flush();
                ReportOptions.write(shown, directory);
            });
            return report;
        }

        /** Leaves the console open until the user ends the demonstration. */
        public void leaveOpen() {
            standalone
                    .consolePort()
                    .ifPresent(port -> progress.headline(
                            "The console is open at http://localhost:" + port + "/ ; end with Ctrl-C"));
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException end) {
                progress.step("closing");
            }
        }

        @Override
        public void close() {
            standalone.close();
        }
    }
}
