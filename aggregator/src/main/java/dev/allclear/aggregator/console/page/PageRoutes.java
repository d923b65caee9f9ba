package dev.allclear.aggregator.console.page;

import dev.allclear.aggregator.console.api.Runs;
import dev.allclear.aggregator.console.history.RunDetail;
import dev.allclear.aggregator.console.http.Asked;
import dev.allclear.aggregator.console.http.Door;
import dev.allclear.aggregator.console.http.Refusal;
import dev.allclear.aggregator.console.http.Reply;
import dev.allclear.aggregator.console.http.Route;
import dev.allclear.aggregator.report.Markup;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The pages' addresses. {@code …/part} is the part of a page that changes, for the script. */
public final class PageRoutes {
    private final Vertx vertx;
    private final Clock clock;
    private final Runs runs;
    private final Door door;
    private final BooleanSupplier hasCaughtUp;
    private final Layout layout;

    public PageRoutes(Vertx vertx, Clock clock, Runs runs, Door door, BooleanSupplier hasCaughtUp) {
        this.vertx = vertx;
        this.clock = clock;
        this.runs = runs;
        this.door = door;
        this.hasCaughtUp = hasCaughtUp;
        this.layout = new Layout(door.isLocked());
    }

    public List<Route> routes() {
        List<Route> routes = new ArrayList<>(List.of(
                Route.get("/", asked -> page("Runs", "Runs", list(asked)::write)),
                Route.get("/runs/part", asked -> part(list(asked)::part)),
                Route.get("/runs/{runId}", this::run),
                Route.get("/runs/{runId}/part", asked -> whole(asked)
                        .compose(run -> part(html -> new RunPage(run, runs.required(run)).part(html)))),
                Route.get("/services", asked -> page("Services", "Services", services()::write)),
                Route.get("/services/part", asked -> part(services()::part)),
                Route.get("/login", asked -> page("Log in", "", html -> LoginPage.write(html, false)))
                        .open(),
                Route.post("/login", this::logIn).open(),
                Route.post(
                        "/logout",
                        asked -> Future.succeededFuture(Reply.seeOther(door.isLocked() ? "/login" : "/")
                                .with("set-cookie", door.farewell())))));
        routes.addAll(Assets.routes());
        return routes;
    }

    private ListPage list(Asked asked) {
        asked.only("database", "decision", "since", "before", "limit");
        return new ListPage(runs.history(), Runs.filter(asked), clock.instant());
    }

    private ServicesPage services() {
        return new ServicesPage(
                runs.history(), runs.policies().everywhere().required(), hasCaughtUp.getAsBoolean(), clock.instant());
    }

    private Future<RunDetail> whole(Asked asked) {
        asked.only("database");
        return runs.whole(asked);
    }

    /** A run that nobody knows is told to a person in a page. */
    private Future<Reply> run(Asked asked) {
        try {
            return whole(asked)
                    .compose(run -> page(
                            run.summary().key().run() + ", "
                                    + run.summary().key().database(),
                            "",
                            html -> new RunPage(run, runs.required(run)).write(html)));
        } catch (Refusal refusal) {
            return Future.succeededFuture(
                    Reply.html(refusal.status(), layout.sentence("Not here", refusal.reason() + ".")));
        }
    }

    private Future<Reply> page(String title, String here, Consumer<Markup> content) {
        return vertx.executeBlocking(() -> Reply.html(200, layout.page(title, here, content)), false);
    }

    private Future<Reply> part(Consumer<Markup> content) {
        return vertx.executeBlocking(
                () -> {
                    Markup html = Markup.fragment();
                    content.accept(html);
                    return Reply.html(200, html.toString());
                },
                false);
    }

    private Future<Reply> logIn(Asked asked) {
        Optional<String> cookie =
                token(asked.body().toString(StandardCharsets.UTF_8)).flatMap(door::admit);
        if (cookie.isEmpty()) {
            return page("Log in", "", html -> LoginPage.write(html, true))
                    .map(reply -> new Reply(401, reply.type(), reply.body(), reply.headers()));
        }
        return Future.succeededFuture(Reply.seeOther("/").with("set-cookie", cookie.get()));
    }

    private static Optional<String> token(String form) {
        return Stream.of(form.split("&"))
                .filter(field -> field.startsWith("token="))
                .map(field -> URLDecoder.decode(field.substring("token=".length()), StandardCharsets.UTF_8))
                .findFirst();
    }
}
