package dev.allclear.cli;

import dev.allclear.cli.progress.Progress;
import dev.allclear.cli.progress.Wait;
import dev.allclear.config.KafkaConfig;
import dev.allclear.kafka.EventTail;
import dev.allclear.kafka.Topic;
import dev.allclear.model.Durations;
import dev.allclear.model.RunId;
import dev.allclear.model.Verdict;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
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
        RunFollower follower = new RunFollower(run, Optional.empty(), progress);
        progress.await(Wait.answers("run " + run + ": waiting for its verdict", Set.of(), patience));
        EventTail tail = EventTail.fromBeginning(
                kafka, EnumSet.of(Topic.RESULTS, Topic.VERDICTS), received -> follower.accept(received.event()));
        try {
            Future<Void> heard = tail.caughtUp();
            Optional<Verdict> verdict = follower.awaitVerdict(patience.toMillis());
            if (verdict.isEmpty() && !heard.succeeded()) {
                throw new Unanswered(kafka + " did not answer within " + Durations.format(patience));
            }
            RunClient.hearOut(tail);
            progress.over();
            return report.show(run, verdict, follower.reports(), patience);
        } finally {
            tail.close();
        }
    }
}
