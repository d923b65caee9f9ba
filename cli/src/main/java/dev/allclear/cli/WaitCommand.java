package dev.allclear.cli;

import dev.allclear.cli.progress.Progress;
import dev.allclear.cli.progress.Wait;
import dev.allclear.config.KafkaConfig;
import dev.allclear.kafka.EventTail;
import dev.allclear.kafka.Topic;
import dev.allclear.model.DatabaseName;
import dev.allclear.model.Durations;
import dev.allclear.model.RunId;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Waits for the final verdict on a run that somebody else published; its exit code is the verdict's. */
@Command(
        name = "wait",
        description = "Wait for the verdict on a run of a cluster; the exit code is the verdict's.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Example:",
            "  allclear wait deploy-41 --report out/",
            "",
            "Exit codes: 0 PASS, 1 FAIL, 2 usage or configuration error, 3 INCONCLUSIVE (also when no verdict comes)."
        })
final class WaitCommand implements Callable<Integer> {
    @Mixin
    private ConfigOptions config = new ConfigOptions();

    @Mixin
    private ReportOptions report = new ReportOptions();

    @Parameters(index = "0", paramLabel = "RUN_ID")
    private String id = "";

    @Option(
            names = "--database",
            paramLabel = "NAME",
            description = "Whose run; needed where several databases have one of this name.")
    private @Nullable String database;

    @Option(names = "--deadline", paramLabel = "DURATION", description = "How long to wait (default ${DEFAULT-VALUE}).")
    private String deadline = "10m";

    @Override
    public Integer call() throws InterruptedException {
        RunId run = RunIds.parse("RUN_ID", id);
        Duration patience = MigrationOptions.duration("--deadline", deadline).orElseThrow();
        report.prepare();
        KafkaConfig kafka = config.cluster("wait");
        try (Progress progress = Console.progress(Clock.systemUTC())) {
            return await(run, kafka, patience, progress);
        }
    }

    /** Which checks are required only the aggregator knows: shown are those that say something. */
    private int await(RunId run, KafkaConfig kafka, Duration patience, Progress progress) throws InterruptedException {
        RunFollower follower =
                new RunFollower(run, Optional.ofNullable(database).map(ConfigOptions::databaseName), progress);
        progress.await(Wait.answers("run " + run + ": waiting for its verdict", Set.of(), patience));
        long end = System.nanoTime() + patience.toNanos();
        EventTail tail = EventTail.fromBeginning(
                kafka,
                EnumSet.of(Topic.MIGRATIONS, Topic.RESULTS, Topic.VERDICTS),
                received -> follower.accept(received.event(), received.timestamp()));
        try {
            // what is there already may have been said before the last word, or of a run of another database
            hear(tail, kafka, patience);
            follower.awaitVerdict(Math.max(0, (end - System.nanoTime()) / 1_000_000));
            RunClient.hearOut(tail);
            progress.over();
            if (follower.databases().size() > 1) {
                throw new UsageError("there is a run " + run + " of each of "
                        + follower.databases().stream()
                                .map(DatabaseName::value)
                                .sorted()
                                .collect(Collectors.joining(", "))
                        + ": say which with --database");
            }
            return report.show(run, follower.verdict(), follower.reports(), patience);
        } finally {
            tail.close();
        }
    }

    private static void hear(EventTail tail, KafkaConfig kafka, Duration patience) {
        try {
            tail.caughtUp().await(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            throw new Unanswered(kafka + " did not answer within " + Durations.format(patience));
        }
    }
}
