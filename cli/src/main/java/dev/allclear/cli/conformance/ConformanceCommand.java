package dev.allclear.cli.conformance;

import dev.allclear.cli.UsageError;
import dev.allclear.config.AllclearConfig;
import dev.allclear.config.ConfigFile;
import dev.allclear.config.KafkaConfig;
import dev.allclear.embedded.EmbeddedBroker;
import dev.allclear.model.CheckName;
import dev.allclear.model.DatabaseName;
import dev.allclear.model.Durations;
import dev.allclear.service.TemporaryFolder;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Puts a check to the test on the wire, in whatever language it is written. */
@Command(
        name = "conformance",
        description = "Put a check of your own to the test on the wire, and say what it got wrong.",
        mixinStandardHelpOptions = true,
        customSynopsis = "allclear conformance --check TEAM.CHECK [OPTION]... [-- COMMAND [ARG]...]",
        footer = {
            "",
            "Examples:",
            "  allclear conformance --check acme.warnings -- python3 checker.py",
            "  ALLCLEAR_KAFKA_BOOTSTRAP_SERVERS=test:9092 allclear conformance --check acme.warnings",
            "",
            "Unless the configuration has kafka.bootstrap.servers, a broker runs here meanwhile; COMMAND finds it in the",
            "environment variables KAFKA and ALLCLEAR_KAFKA_BOOTSTRAP_SERVERS. With COMMAND, a restart is tried as well.",
            "Never against production: it publishes runs that never were, and garbage.",
            "Exit codes: 0 nothing wrong, 1 something is, 2 usage or configuration error."
        })
public final class ConformanceCommand implements Callable<Integer> {
    @Option(names = "--check", required = true, paramLabel = "TEAM.CHECK", description = "The check's name.")
    private String check = "";

    @Option(names = "--config", paramLabel = "FILE", description = "The configuration that names the cluster.")
    private @Nullable Path config;

    @Option(
            names = "--database",
            paramLabel = "NAME",
            description = "A database that it knows (default ${DEFAULT-VALUE}).")
    private String database = "shop";

    @Option(
            names = "--deadline",
            paramLabel = "DURATION",
            description = "Within which it owes an answer (default 30s).")
    private String deadline = "30s";

    @Option(names = "--start", paramLabel = "DURATION", description = "How long it may take to start (default 60s).")
    private String start = "60s";

    @Option(
            names = "--kafka-port",
            paramLabel = "N",
            description = "Where a broker of our own listens (default a free port).")
    private @Nullable Integer port;

    @Parameters(paramLabel = "COMMAND", arity = "0..*", description = "What starts the check, after --.")
    private List<String> command = new ArrayList<>();

    @Override
    public Integer call() {
        Clock clock = Clock.systemUTC();
        Conformance conformance = new Conformance(
                named(check),
                new DatabaseName(database),
                List.copyOf(command),
                duration("--deadline", deadline),
                duration("--start", start),
                "conformance-" + Long.toString(clock.millis() / 1000, 36),
                clock);
        List<String> wrong = examine(conformance);
        if (wrong.isEmpty()) {
            System.out.println(check + " keeps the contract.");
            return 0;
        }
        System.out.println(check + " does not keep the contract:");
        wrong.forEach(mistake -> System.out.println("  - " + mistake));
        return 1;
    }

    private List<String> examine(Conformance conformance) {
        AllclearConfig settings = ConfigFile.load(Optional.ofNullable(config), System.getenv());
        if (settings.kafka().bootstrapServers().isPresent()) {
            return conformance.examine(settings.kafka());
        }
        try (TemporaryFolder folder = TemporaryFolder.create("allclear-conformance");
                EmbeddedBroker broker = port == null
                        ? EmbeddedBroker.start(folder.path().resolve("broker"))
                        : EmbeddedBroker.start(folder.path().resolve("broker"), port)) {
            KafkaConfig own = settings.kafka().withBootstrapServers(broker.bootstrapServers());
            System.err.println(own + (command.isEmpty() ? ": start the check there" : ""));
            return conformance.examine(own);
        }
    }

    private static CheckName named(String name) {
        try {
            return new CheckName(name);
        } catch (IllegalArgumentException wrong) {
            throw new UsageError("--" + wrong.getMessage());
        }
    }

    private static Duration duration(String option, String text) {
        return Durations.parse(text)
                .orElseThrow(() -> new UsageError(option + " \"" + text + "\" is not a duration such as 30s or 5m"));
    }
}
