package dev.allclear.aggregator.console.api;

import dev.allclear.aggregator.console.history.RunKey;
import dev.allclear.aggregator.console.history.RunSummary;
import dev.allclear.aggregator.console.http.Asked;
import dev.allclear.aggregator.console.http.Refusal;
import dev.allclear.aggregator.console.http.Reply;
import dev.allclear.aggregator.console.http.Route;
import dev.allclear.codec.EventJson;
import dev.allclear.event.AllclearEvent;
import dev.allclear.event.MigrationStarted;
import dev.allclear.kafka.EventPublisher;
import dev.allclear.model.CheckName;
import dev.allclear.model.DatabaseName;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Announcing a migration and its end, for whoever has nothing but curl. Accepted means that the broker has it. */
public final class MigrationRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(MigrationRoutes.class);
    static final Duration LONGEST_WAIT = Duration.ofMinutes(2);

    private final EventPublisher publisher;
    private final Publishing publishing;
    private final Runs runs;
    private final News news;

    public MigrationRoutes(EventPublisher publisher, Set<DatabaseName> databases, Clock clock, Runs runs, News news) {
        this.publisher = publisher;
        this.publishing = new Publishing(databases, clock);
        this.runs = runs;
        this.news = news;
    }

    public List<Route> routes() {
        return List.of(
                Route.post("/v1/migrations/{runId}/started", this::started),
                Route.post("/v1/migrations/{runId}/completed", this::completed));
    }

    private Future<Reply> started(Asked asked) {
        asked.only("wait");
        Duration patience = asked.patience(LONGEST_WAIT);
        AllclearEvent event = publishing.started(asked);
        Optional<Instant> ended = over((MigrationStarted) event);
        if (ended.isPresent()) {
            return publish(event).compose(acknowledged -> Future.failedFuture(repeated(event, ended.get())));
        }
        Map<String, Object> answer = acceptance(event);
        if (patience.isZero()) {
            return publish(event).map(acknowledged -> Reply.json(202, answer));
        }
        RunKey run = RunKey.of(event);
        Set<CheckName> required = runs.policies()
                .of(event.database())
                .requiredWith(((MigrationStarted) event).description().checks());
        return publish(event)
                .compose(acknowledged -> news.until(() -> answered(run).containsAll(required), patience))
                .map(over -> {
                    Set<CheckName> missing = new TreeSet<>(required);
                    missing.removeAll(captured(run));
                    answer.put("captured", names(captured(run)));
                    answer.put("missing", names(missing));
                    return Reply.json(202, answer);
                });
    }

    /**
     * When the run was over, if this announces it anew. It is published all the same: whoever is told so may migrate nevertheless, and the
     * verdict that is there must not stand for that. Sent again, the same announcement has the same time.
     */
    private Optional<Instant> over(MigrationStarted started) {
        return runs.history()
                .find(RunKey.of(started))
                .filter(known -> !known.startedAt().equals(Optional.of(started.startedAt())))
                .flatMap(RunSummary::completedAt)
                .filter(started.startedAt()::isAfter);
    }

    private static Refusal repeated(AllclearEvent started, Instant over) {
        return new Refusal(
                409,
                "run " + started.run() + " of " + started.database() + " was over at " + over
                        + ": an id names one attempt, so its verdict is proven no more; give this attempt another");
    }

    private Future<Reply> completed(Asked asked) {
        asked.only();
        AllclearEvent event = publishing.completed(asked);
        return publish(event).map(acknowledged -> Reply.json(202, acceptance(event)));
    }

    private Future<Void> publish(AllclearEvent event) {
        return publisher.publish(event).recover(failure -> {
            LOG.warn("an event that came over HTTP was not published: {}", failure.getMessage());
            return Future.failedFuture(Refusal.unavailable(
                    "the broker did not acknowledge the event in time: send it again, the same event counts once"));
        });
    }

    private static Map<String, Object> acceptance(AllclearEvent event) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("eventId", EventJson.idOf(event));
        answer.put("runId", event.run().value());
        answer.put("type", event.type().wireName());
        return answer;
    }

    private Collection<CheckName> captured(RunKey run) {
        return runs.history().find(run).map(Runs::captured).orElse(List.of());
    }

    /** A baseline that failed is an answer too: there is nothing more to wait for. */
    private Set<CheckName> answered(RunKey run) {
        Set<CheckName> checks = new TreeSet<>();
        runs.history()
                .find(run)
                .map(RunSummary::checks)
                .ifPresent(all -> all.forEach((check, progress) -> {
                    if (progress.baseline().isPresent()) {
                        checks.add(check);
                    }
                }));
        return checks;
    }

    private static List<String> names(Collection<CheckName> checks) {
        return checks.stream().map(CheckName::value).toList();
    }
}
