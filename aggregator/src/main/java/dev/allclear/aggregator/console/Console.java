package dev.allclear.aggregator.console;

import dev.allclear.aggregator.console.api.EventStreams;
import dev.allclear.aggregator.console.api.MigrationRoutes;
import dev.allclear.aggregator.console.api.News;
import dev.allclear.aggregator.console.api.RunRoutes;
import dev.allclear.aggregator.console.api.Runs;
import dev.allclear.aggregator.console.history.Archive;
import dev.allclear.aggregator.console.history.Follower;
import dev.allclear.aggregator.console.history.RunHistory;
import dev.allclear.aggregator.console.http.Door;
import dev.allclear.aggregator.console.http.Route;
import dev.allclear.aggregator.console.http.Site;
import dev.allclear.aggregator.console.page.PageRoutes;
import dev.allclear.aggregator.policy.Policies;
import dev.allclear.config.AllclearConfig;
import dev.allclear.kafka.EventPublisher;
import dev.allclear.service.Parts;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The console as a running thing. Every instance reads all topics for itself, so that any of several shows the same. */
public final class Console {
    private static final Logger LOG = LoggerFactory.getLogger(Console.class);
    private static final int MOST_RUNS = 10_000;
    private static final long MOST_BYTES = 64L << 20;
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);
    private static final Duration LONGEST_START = Duration.ofSeconds(15);

    private final Vertx vertx;
    private final List<Route> routes;
    private final Site site;
    private final Follower follower;
    private final EventPublisher publisher;

    private Console(Vertx vertx, List<Route> routes, Site site, Follower follower, EventPublisher publisher) {
        this.vertx = vertx;
        this.routes = List.copyOf(routes);
        this.site = site;
        this.follower = follower;
        this.publisher = publisher;
    }

    /**
     * Listens and begins to read the topics, which must be there; blocks until it listens.
     *
     * @throws IllegalStateException when it cannot listen, in a sentence for the operator
     */
    public static Console start(ConsoleSettings settings, Parts parts) {
        return start(settings, parts, new RunHistory(MOST_RUNS, MOST_BYTES));
    }

    static Console start(ConsoleSettings settings, Parts parts, RunHistory history) {
        AllclearConfig config = parts.config();
        Vertx vertx = parts.vertx();
        Context context = vertx.getOrCreateContext();
        Runs runs = new Runs(history, new Archive(history, config.kafka(), vertx), Policies.read(config));
        News news = new News(vertx, context);
        AtomicBoolean hasCaughtUp = new AtomicBoolean();
        EventPublisher publisher = new EventPublisher(config.kafka(), "http");
        Door door = new Door(settings.hosts(), settings.token(), parts.clock());
        List<Route> routes = new ArrayList<>();
        routes.addAll(new MigrationRoutes(publisher, config.databases().keySet(), parts.clock(), runs, news).routes());
        routes.addAll(new RunRoutes(vertx, runs, news).routes());
        routes.addAll(new EventStreams(vertx, news, HEARTBEAT).routes());
        routes.addAll(new Vitals(history, hasCaughtUp::get, parts.meters()).routes());
        routes.addAll(new PageRoutes(vertx, parts.clock(), runs, door, hasCaughtUp::get).routes());
        try {
            Site site = open(vertx, context, settings, door, routes);
            Follower follower =
                    Follower.start(history, config.kafka(), parts.clock().instant(), change -> {
                        if (hasCaughtUp.get()) {
                            news.heard(change);
                        }
                    });
            follower.caughtUp().onSuccess(read -> hasCaughtUp.set(true));
            LOG.info("the console is open at http://{}:{}/", settings.host(), site.port());
            return new Console(vertx, routes, site, follower, publisher);
        } catch (RuntimeException unable) {
            publisher.close();
            throw unable;
        }
    }

    /** On the port asked for or, where that was nobody's wish, on a free one when it is taken. */
    private static Site open(Vertx vertx, Context context, ConsoleSettings settings, Door door, List<Route> routes) {
        try {
            return await(Site.open(vertx, context, settings.host(), settings.port(), door, routes)
                    .recover(taken -> {
                        if (!settings.mayMove()) {
                            return Future.failedFuture(taken);
                        }
                        LOG.warn("port {} is taken: the console takes a free one", settings.port());
                        return Site.open(vertx, context, settings.host(), 0, door, routes);
                    }));
        } catch (IllegalStateException unable) {
            throw new IllegalStateException(
                    "the console cannot listen on " + settings.host() + ":" + settings.port()
                            + " (console.host, console.port): " + unable.getMessage(),
                    unable);
        }
    }

    private static Site await(Future<Site> opening) {
        try {
            return opening.await(LONGEST_START.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            throw new IllegalStateException("it took too long", late);
        } catch (Exception failed) {
            // a failure to bind comes as a checked exception, though none is declared
            throw new IllegalStateException(String.valueOf(failed.getMessage()), failed);
        }
    }

    List<Route> routes() {
        return routes;
    }

    /** The port it listens on. */
    public int port() {
        return site.port();
    }

    /** Whether what the topics held at the start has been read. */
    public Future<Void> caughtUp() {
        return follower.caughtUp();
    }

    /** Stops answering and reading. */
    public Future<Void> close() {
        return Future.join(
                        site.close(),
                        follower.close(),
                        vertx.executeBlocking(
                                () -> {
                                    publisher.close();
                                    return "closed";
                                },
                                false))
                .mapEmpty();
    }
}
