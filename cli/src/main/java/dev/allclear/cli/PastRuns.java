package dev.allclear.cli;

import dev.allclear.cli.history.PastRun;
import dev.allclear.cli.history.RunFolder;
import dev.allclear.config.AllclearConfig;
import dev.allclear.config.KafkaConfig;
import dev.allclear.event.AllclearEvent;
import dev.allclear.kafka.EventTail;
import dev.allclear.kafka.Topic;
import dev.allclear.model.DatabaseName;
import dev.allclear.model.RunId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Where an earlier run is found: on the topics of the configured cluster, then in the history. */
final class PastRuns {
    private static final Duration READING = Duration.ofMinutes(2);

    private PastRuns() {}

    /** @param database whose run; null where the user did not say */
    static Optional<PastRun> find(RunId run, @Nullable String database, AllclearConfig config, HistoryOptions history) {
        if (config.kafka().bootstrapServers().isPresent()) {
            Optional<PastRun> known = onTopics(run, database, config.kafka());
            if (known.isPresent()) {
                return known;
            }
        }
        return history.find(run, database).map(RunFolder::read);
    }

    /** Why there is no such run, in words that say where it was looked for. */
    static String unknown(RunId run, @Nullable String database, AllclearConfig config, HistoryOptions history) {
        String whose = database == null ? "" : " of database " + database;
        return "there is no run " + run + whose + " in "
                + (config.kafka().bootstrapServers().isPresent() ? "the topics of " + config.kafka() + ", nor in " : "")
                + history.history().directory().resolve("runs");
    }

    /** Reads what the cluster keeps, once and to its end; only this run's events stay in memory. */
    private static Optional<PastRun> onTopics(RunId run, @Nullable String database, KafkaConfig kafka) {
        List<AllclearEvent> events = Collections.synchronizedList(new ArrayList<>());
        EventTail tail = EventTail.fromBeginning(
                kafka, EnumSet.of(Topic.MIGRATIONS, Topic.BASELINES, Topic.RESULTS, Topic.VERDICTS), received -> {
                    AllclearEvent event = received.event();
                    if (event.run().equals(run)
                            && (database == null || event.database().value().equals(database))) {
                        events.add(event);
                    }
                });
        try {
            tail.caughtUp().await(READING.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            throw new Unanswered(kafka + " was not read to its end within " + READING.toSeconds() + " s");
        } finally {
            tail.close();
        }
        List<AllclearEvent> all = List.copyOf(events);
        Set<DatabaseName> databases =
                all.stream().map(AllclearEvent::database).collect(Collectors.toCollection(TreeSet::new));
        if (databases.size() > 1) {
            throw new UsageError("there is a run " + run + " of each of "
                    + databases.stream().map(DatabaseName::value).collect(Collectors.joining(", "))
                    + ": say which with --database");
        }
        return databases.stream().findFirst().map(name -> PastRun.of(run, name, all));
    }
}
