package dev.allclear.cli;

import dev.allclear.model.CheckName;
import dev.allclear.service.ProcessHost;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs some or all services of a cluster in this process, until it is told to end. */
@Command(
        name = "serve",
        description = "Run some or all services in this process, against the configured cluster.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  allclear serve",
            "  allclear serve --only latency,locks",
            "",
            "Ends on Ctrl-C or SIGTERM, when what is under way is done."
        })
final class ServeCommand implements Callable<Integer> {
    private static final String AGGREGATOR = "aggregator";

    @Mixin
    private ConfigOptions config = new ConfigOptions();

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "SERVICE",
            description = "Some of status, latency, locks, rows, logs, team.check, aggregator.")
    private List<String> only = new ArrayList<>();

    @Override
    public Integer call() throws InterruptedException {
        Set<CheckName> checks = checks();
        boolean aggregator = only.isEmpty() || only.contains(AGGREGATOR);
        List<String> arguments = config.file == null ? List.of() : List.of("--config", config.file.toString());
        ProcessHost.run(
                "allclear serve",
                arguments.toArray(new String[0]),
                System.getenv(),
                parts -> Services.start(parts, checks, aggregator, stateDirectory()));
        new CountDownLatch(1).await();
        return ExitCode.PASS;
    }

    /** Apart for each user, since another user's cannot be written. */
    private static Path stateDirectory() {
        return Path.of(System.getProperty("java.io.tmpdir"), "allclear-state-" + System.getProperty("user.name"));
    }

    private Set<CheckName> checks() {
        Set<CheckName> checks = only.isEmpty() ? Services.checks() : new TreeSet<>();
        for (String service : only) {
            if (!service.equals(AGGREGATOR)) {
                try {
                    checks.add(new CheckName(service));
                } catch (IllegalArgumentException unknown) {
                    throw new UsageError("--only " + service
                            + " is no service; services: status, latency, locks, rows, logs, aggregator");
                }
            }
        }
        return checks;
    }
}
