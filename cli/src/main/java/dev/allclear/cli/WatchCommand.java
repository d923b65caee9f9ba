package dev.allclear.cli;

import dev.allclear.cli.history.EventLines;
import dev.allclear.codec.Json;
import dev.allclear.config.KafkaConfig;
import dev.allclear.event.AllclearEvent;
import dev.allclear.kafka.EventTail;
import dev.allclear.kafka.Topic;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints what happens in a cluster, run by run, until it is told to end. */
@Command(
        name = "watch",
        description = "Follow runs and verdicts of a cluster as they happen.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  allclear watch --database shop",
            "  allclear watch --since 1h --format json | jq 'select(.decision == \"FAIL\")'",
            "",
            "With --format json each line is an event of the contract with its type; what a",
            "\"before\" holds is left out. Ends on Ctrl-C, or when nobody reads it any more."
        })
final class WatchCommand implements Callable<Integer> {
    /** Of standard output. */
    enum Format {
        text,
        json
    }

    private static final long LOOK_SECONDS = 1;

    @Mixin
    private ConfigOptions config = new ConfigOptions();

    @Option(names = "--database", paramLabel = "NAME", description = "Only runs of this database.")
    private @Nullable String database;

    @Option(
            names = "--since",
            paramLabel = "DURATION",
            description = "Begin so long ago (default ${DEFAULT-VALUE}: with what comes).")
    private String since = "0s";

    @Option(names = "--format", paramLabel = "text|json", description = "A line for people, or one JSON object a line.")
    private Format format = Format.text;

    private final CountDownLatch nobodyReads = new CountDownLatch(1);

    @Override
    public Integer call() {
        Duration ago = MigrationOptions.duration("--since", since).orElseThrow();
        KafkaConfig kafka = config.cluster("watch");
        EventTail tail = EventTail.from(
                Clock.systemUTC().instant().minus(ago),
                kafka,
                EnumSet.of(Topic.MIGRATIONS, Topic.BASELINES, Topic.RESULTS, Topic.VERDICTS, Topic.ALERTS),
                received -> print(received.event(), System.out));
        try {
            RunClient.await(tail.caughtUp());
            System.err.println("allclear: watching " + kafka + "; end with Ctrl-C");
            while (!nobodyReads.await(LOOK_SECONDS, TimeUnit.SECONDS)) {
                // the tail prints in its own thread
            }
        } catch (InterruptedException toldToEnd) {
            Thread.currentThread().interrupt();
        } finally {
            tail.close();
        }
        return ExitCode.PASS;
    }

    /** A line is written whole, since others may read it line by line. */
    private void print(AllclearEvent event, PrintStream out) {
        if (database != null && !event.database().value().equals(database)) {
            return;
        }
        out.println(format == Format.json ? json(event) : WatchLine.of(event));
        if (out.checkError()) {
            nobodyReads.countDown();
        }
    }

    private static String json(AllclearEvent event) {
        Map<String, Object> line = EventLines.map(event);
        line.remove("content");
        return Json.write(line);
    }
}
