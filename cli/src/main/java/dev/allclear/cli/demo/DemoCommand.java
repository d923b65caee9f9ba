package dev.allclear.cli.demo;

import dev.allclear.aggregator.report.RunReport;
import dev.allclear.cli.DemoRun;
import dev.allclear.embedded.EmbeddedDatabase;
import dev.allclear.event.MigrationDescription;
import dev.allclear.event.SessionHints;
import dev.allclear.model.CheckName;
import dev.allclear.model.Decision;
import dev.allclear.model.Outcome;
import dev.allclear.service.TemporaryFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows the main job on real parts: a good migration that passes, and a bad one with exit code 0 that all five checks catch. */
@Command(
        name = "demo",
        description = "Show the main job: a good migration, and a bad one that exits 0 and is caught.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  allclear demo",
            "  allclear demo --exit --report out/",
            "",
            "Needs no Docker, no broker and no database; takes about a minute.",
            "Exit code 0 when the good migration passed and the bad one was caught by all five checks."
        })
public final class DemoCommand implements Callable<Integer> {
    @Option(names = "--exit", description = "End when both migrations are judged, instead of leaving the console open.")
    private boolean exit;

    @Option(names = "--report", paramLabel = "DIR", description = "Where the reports go (default ${DEFAULT-VALUE}).")
    private Path report = Path.of("allclear-report");

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "Where the console listens (default 8080, else a free port).")
    private int port = 8080;

    @Option(
            names = "--require",
            split = ",",
            paramLabel = "TEAM.CHECK",
            description = "Also require a check that you run in a process of its own.")
    private Set<String> require = new TreeSet<>();

    @Option(
            names = "--kafka-port",
            paramLabel = "N",
            description = "Where the broker listens for it (default a free port).")
    private @Nullable Integer kafkaPort;

    @Override
    public Integer call() throws IOException, SQLException, InterruptedException {
        Clock clock = Clock.systemUTC();
        try (DemoRun demo = DemoRun.begin(
                clock, DemoRun.names(require), kafkaPort == null ? OptionalInt.empty() : OptionalInt.of(kafkaPort))) {
            return play(demo, clock);
        }
    }

    private int play(DemoRun demo, Clock clock) throws IOException, SQLException, InterruptedException {
        demo.headline(
                "Setting the scene: a shop with half a million orders, its application, a broker and six services");
        try (TemporaryFolder folder = TemporaryFolder.create("allclear-demo");
                EmbeddedDatabase server = EmbeddedDatabase.start()) {
            Path log = folder.path().resolve("shop.log");
            ShopDatabase shop = new ShopDatabase(server);
            shop.create();
            demo.step("PostgreSQL runs on port " + server.port());
            demo.prepare(command(shop, DemoScript.HISTORY));
            demo.step("the shop's tables are filled");
            try (ShopApplication application =
                            ShopApplication.start(shop.jdbcUrl(ShopDatabase.APPLICATION), log, clock);
                    DemoRun.Cluster cluster = demo.cluster(
                            DemoScript.configuration(shop.verifierUri(), log, demo.checks()),
                            exit ? Optional.empty() : Optional.of(port))) {
                demo.step("the application runs and logs to " + log);
                return act(demo, cluster, shop);
            } finally {
                shop.endSessionsOf(ShopDatabase.DEPLOYER);
            }
        }
    }

    private int act(DemoRun demo, DemoRun.Cluster cluster, ShopDatabase shop)
            throws SQLException, InterruptedException {
        demo.headline("(a) A good migration: flyway migrate to versions 2, 3, 4 and 5");
        Optional<RunReport> good = cluster.run(
                "demo-good",
                description(List.of("2", "3", "4", "5"), DemoScript.goodExpectations()),
                command(shop, DemoScript.HISTORY, DemoScript.GOOD),
                report.resolve("good"));

        demo.headline("(b) A bad migration that exits 0: flyway migrate to versions 6, 7, 8 and 9");
        shop.cancelAnIndexBuild();
        demo.step("last week somebody cancelled an index build half-way");
        Optional<RunReport> bad = cluster.run(
                "demo-bad",
                description(List.of("6", "7", "8", "9"), DemoScript.badExpectations()),
                command(shop, DemoScript.HISTORY, DemoScript.GOOD, DemoScript.BAD),
                report.resolve("bad"));

        int code = judge(demo, good, bad);
        demo.step("reports: " + report.resolve("good/report.html") + ", " + report.resolve("bad/report.html"));
        if (!exit) {
            cluster.leaveOpen();
        }
        return code;
    }

    /** Says line by line what the demonstration promised and whether it held. */
    private static int judge(DemoRun demo, Optional<RunReport> good, Optional<RunReport> bad) {
        demo.headline("What was shown");
        List<Boolean> held = new ArrayList<>();
        held.add(demo.line(
                decided(good, Decision.PASS), "the good migration: " + decisionOf(good) + " (expected PASS)"));
        held.add(demo.line(
                decided(bad, Decision.FAIL),
                "the bad migration, exit code 0: " + decisionOf(bad) + " (expected FAIL)"));
        Set<CheckName> caughtBy = caughtBy(bad);
        for (CheckName check : CheckName.builtIn()) {
            held.add(demo.line(
                    caughtBy.contains(check),
                    String.format(
                            "caught by %-8s %s",
                            check, caughtBy.contains(check) ? summaryOf(bad, check) : "NOT caught")));
        }
        return held.contains(false) ? 1 : 0;
    }

    private static Set<CheckName> caughtBy(Optional<RunReport> report) {
        Set<CheckName> checks = new TreeSet<>();
        report.ifPresent(run -> run.verdict().checks().stream()
                .filter(check -> check.outcome() == Outcome.FAILED)
                .forEach(check -> checks.add(check.check())));
        return checks;
    }

    private static String summaryOf(Optional<RunReport> report, CheckName check) {
        return report.stream()
                .flatMap(run -> run.verdict().checks().stream())
                .filter(verdict -> verdict.check().equals(check))
                .map(verdict -> verdict.summary())
                .findFirst()
                .orElse("");
    }

    private static boolean decided(Optional<RunReport> report, Decision decision) {
        return report.filter(run ->
                        run.verdict().decision() == decision && run.verdict().isFinal())
                .isPresent();
    }

    private static String decisionOf(Optional<RunReport> report) {
        return report.map(run -> run.verdict().decision().name()).orElse("no verdict");
    }

    private static List<String> command(ShopDatabase shop, String... locations) {
        return DemoScript.command(shop.jdbcUrl(ShopDatabase.DEPLOYER), locations);
    }

    private static MigrationDescription description(List<String> targets, List<Map<String, Object>> expectations) {
        return new MigrationDescription(
                Optional.of("flyway"),
                targets,
                List.of(),
                Optional.of(true),
                Optional.of(false),
                Optional.of("shop"),
                expectations,
                List.of(),
                new SessionHints(Optional.of(ShopDatabase.DEPLOYER), List.of(), List.of()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of());
    }
}
