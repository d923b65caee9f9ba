package dev.allclear.cli;

import dev.allclear.aggregator.alert.AlertSettings;
import dev.allclear.aggregator.policy.Policies;
import dev.allclear.cli.doctor.AddressProbe;
import dev.allclear.cli.doctor.ClusterProbe;
import dev.allclear.cli.doctor.DatabaseProbe;
import dev.allclear.cli.doctor.Line;
import dev.allclear.cli.doctor.LogProbe;
import dev.allclear.cli.doctor.Probes;
import dev.allclear.config.AllclearConfig;
import dev.allclear.config.Section;
import dev.allclear.log.LogScannerModule;
import dev.allclear.log.LogSource;
import dev.allclear.model.CheckName;
import dev.allclear.model.DatabaseName;
import dev.allclear.postgres.Databases;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Looks at everything the configuration names, and says what is missing and what mends it. */
@Command(
        name = "doctor",
        description = "Check databases, log sources, broker and alert targets, and say what mends what is missing.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Example:",
            "  allclear doctor --config allclear.yaml",
            "",
            "A line for each thing: ok, warn (works, with less than could be) or missing, with",
            "the SQL or command that mends it below. Nothing is changed and nothing is sent.",
            "Exit codes: 0 all that is needed is there, 1 something is missing, 2 wrong",
            "configuration."
        })
final class DoctorCommand implements Callable<Integer> {
    private static final String PAGERDUTY = "https://events.pagerduty.com";

    @Mixin
    private ConfigOptions options = new ConfigOptions();

    @Override
    public Integer call() throws InterruptedException {
        Clock clock = Clock.systemUTC();
        AllclearConfig config = options.load();
        Policies policies = Policies.read(config);
        AlertSettings.read(config);
        Map<DatabaseName, List<LogSource>> sources = LogScannerModule.sources(config);
        Services.throwMistakes(config, clock);
        boolean hasCluster = config.kafka().bootstrapServers().isPresent();
        if (config.databases().isEmpty() && !hasCluster) {
            throw new UsageError("nothing is configured: neither databases nor kafka.bootstrap.servers;"
                    + " `allclear init` writes an allclear.yaml to begin with");
        }
        Vertx vertx = Vertx.vertx();
        try (Probes probes = new Probes()) {
            Databases databases = Databases.of(vertx, config);
            for (DatabaseName name : config.databases().keySet()) {
                probes.ask(DatabaseProbe.subject(name), () -> new DatabaseProbe(databases.get(name), clock).ask());
                List<LogSource> own = sources.getOrDefault(name, List.of());
                own.forEach(source -> probes.ask(LogProbe.subject(name), () -> LogProbe.ask(name, source, clock)));
                if (own.isEmpty()) {
                    boolean required = policies.of(name).required().contains(CheckName.LOGS);
                    probes.ask(LogProbe.subject(name), () -> List.of(LogProbe.none(name, required)));
                }
            }
            if (hasCluster) {
                probes.ask(ClusterProbe.SUBJECT, () -> new ClusterProbe(config.kafka()).ask());
            }
            askTargets(config, probes);
            return show(probes.answers(), hasCluster);
        } finally {
            vertx.close();
        }
    }

    private static void askTargets(AllclearConfig config, Probes probes) {
        for (Section item : config.root().sections("alerts")) {
            String kind = item.keys().get(0);
            Section target = item.section(kind);
            String subject = "alerts to " + target.string("name", kind);
            URI address = URI.create(target.string("url", PAGERDUTY).strip());
            probes.ask(subject, () -> AddressProbe.ask(subject, address));
        }
    }

    private static int show(List<Line> lines, boolean hasCluster) {
        lines.forEach(line -> System.out.println(line.text()));
        if (!hasCluster) {
            System.out.println(
                    "ok       kafka                  none is configured: `allclear run` brings its own broker");
        }
        List<Line> missing = new ArrayList<>(lines);
        missing.removeIf(line -> line.state() != Line.State.MISSING);
        System.out.println(
                missing.isEmpty()
                        ? "All that is needed is there."
                        : missing.size() + (missing.size() == 1 ? " thing is" : " things are") + " missing.");
        return missing.isEmpty() ? ExitCode.PASS : ExitCode.FAIL;
    }
}
