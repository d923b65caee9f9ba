package dev.allclear.aggregator.console.api;

import dev.allclear.aggregator.console.history.Decided;
import dev.allclear.aggregator.console.history.RunDetail;
import dev.allclear.aggregator.console.history.RunSummary;
import dev.allclear.aggregator.console.http.Asked;
import dev.allclear.aggregator.console.http.Refusal;
import dev.allclear.aggregator.console.http.Reply;
import dev.allclear.aggregator.console.http.Route;
import dev.allclear.aggregator.report.HtmlReport;
import dev.allclear.aggregator.report.JsonReport;
import dev.allclear.aggregator.report.JunitReport;
import dev.allclear.aggregator.report.MarkdownReport;
import dev.allclear.aggregator.report.RunReport;
import dev.allclear.codec.EventJson;
import dev.allclear.event.VerdictReached;
import dev.allclear.model.DatabaseName;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Asking about runs: the list, one of them, its verdict when it is there, its reports. */
public final class RunRoutes {
    static final Duration LONGEST_WAIT = Duration.ofMinutes(10);
    private static final int MOST_WAITING = 1_000;

    /** The file has its own style inside, which its own policy admits by hash; a header cannot be narrower without knowing it. */
    private static final String REPORT_CONTENT =
            "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final Vertx vertx;
    private final Runs runs;
    private final News news;

    public RunRoutes(Vertx vertx, Runs runs, News news) {
        this.vertx = vertx;
        this.runs = runs;
        this.news = news;
    }

    public List<Route> routes() {
        return List.of(
                Route.get("/v1/runs", this::list),
                Route.get("/v1/runs/{runId}", this::one),
                Route.get("/v1/runs/{runId}/verdict", this::verdict),
                Route.get("/v1/runs/{runId}/report.html", asked -> report(
                                asked, "text/html; charset=utf-8", HtmlReport::of)
                        .map(reply -> reply.with("content-security-policy", REPORT_CONTENT))),
                Route.get(
                        "/v1/runs/{runId}/report.md",
                        asked -> report(asked, "text/markdown; charset=utf-8", MarkdownReport::of)),
                Route.get("/v1/runs/{runId}/report.json", asked -> report(asked, "application/json", JsonReport::of)),
                Route.get("/v1/runs/{runId}/report.xml", asked -> report(asked, "application/xml", JunitReport::of)));
    }

    private Future<Reply> list(Asked asked) {
        asked.only("database", "decision", "since", "before", "limit");
        return Future.succeededFuture(Reply.json(200, Views.of(runs.history().list(Runs.filter(asked)))));
    }

    private Future<Reply> one(Asked asked) {
        asked.only("database");
        return runs.whole(asked).map(run -> Reply.json(200, Views.of(run, runs.required(run))));
    }

    private Future<Reply> verdict(Asked asked) {
        asked.only("database", "wait");
        Duration patience = asked.patience(LONGEST_WAIT);
        if (!patience.isZero() && news.followers() >= MOST_WAITING) {
            throw Refusal.unavailable(MOST_WAITING + " clients are waiting already");
        }
        return news.until(() -> isDecided(asked), patience).compose(over -> {
            RunSummary run = theOnly(asked);
            return isDecided(asked)
                    ? runs.whole(asked).map(RunRoutes::verdictOf)
                    : Future.succeededFuture(Reply.json(202, Views.of(run)));
        });
    }

    /** Whoever goes by a verdict must not be given that of another database's run. */
    private RunSummary theOnly(Asked asked) {
        Set<DatabaseName> databases = runs.history().databasesOf(asked.run());
        if (asked.database().isEmpty() && databases.size() > 1) {
            throw Refusal.badRequest("there is a run " + asked.run() + " of each of "
                    + databases.stream().map(DatabaseName::value).collect(Collectors.joining(", "))
                    + ": say which with ?database=");
        }
        return runs.named(asked);
    }

    private boolean isDecided(Asked asked) {
        return runs.history()
                .find(asked.run(), asked.database())
                .flatMap(RunSummary::decided)
                .filter(Decided::isFinal)
                .isPresent();
    }

    private static Reply verdictOf(RunDetail run) {
        return Reply.json(200, EventJson.toMap(new VerdictReached(run.verdict().orElseThrow(() -> gone(run)))));
    }

    private Future<Reply> report(Asked asked, String type, Function<RunReport, String> face) {
        asked.only("database");
        return runs.whole(asked).compose(run -> {
            Optional<RunReport> report = run.report();
            if (report.isEmpty()) {
                throw run.summary().decided().isPresent()
                        ? gone(run)
                        : Refusal.notFound("run " + run.summary().key().run() + " has no verdict yet");
            }
            return vertx.executeBlocking(() -> Reply.text(200, type, face.apply(report.get())), false);
        });
    }

    private static Refusal gone(RunDetail run) {
        return new Refusal(
                410, "the topics do not keep run " + run.summary().key().run() + " whole any more");
    }
}
