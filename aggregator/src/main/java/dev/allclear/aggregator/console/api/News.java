package dev.allclear.aggregator.console.api;

import dev.allclear.aggregator.console.history.RunChange;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Passes on what is heard of runs to whoever follows or waits. Lives on one event loop; only {@link #heard} may be called from anywhere. */
public final class News {
    private static final Duration GLANCE = Duration.ofSeconds(1);

    private final Vertx vertx;
    private final Context context;
    private final Set<Consumer<RunChange>> followers = new LinkedHashSet<>();

    public News(Vertx vertx, Context context) {
        this.vertx = vertx;
        this.context = context;
    }

    public void heard(RunChange change) {
        context.runOnContext(here -> List.copyOf(followers).forEach(follower -> follower.accept(change)));
    }

    /** Follows until the returned action is run. */
    Runnable follow(Consumer<RunChange> follower) {
        followers.add(follower);
        return () -> followers.remove(follower);
    }

    /** How many follow or wait. */
    int followers() {
        return followers.size();
    }

    /** Completes when the condition holds or the time is up, whichever comes first; it is asked again with every change. */
    Future<Void> until(BooleanSupplier condition, Duration patience) {
        if (patience.isZero() || condition.getAsBoolean()) {
            return Future.succeededFuture();
        }
        Promise<Void> over = Promise.promise();
        Runnable leave = follow(change -> {
            if (condition.getAsBoolean()) {
                over.tryComplete();
            }
        });
        // what is heard while the past is being read is not passed on one by one: hence a glance now and then
        long glances = vertx.setPeriodic(GLANCE.toMillis(), tick -> {
            if (condition.getAsBoolean()) {
                over.tryComplete();
            }
        });
        long timer = vertx.setTimer(patience.toMillis(), late -> over.tryComplete());
        return over.future().onComplete(ended -> {
            leave.run();
            vertx.cancelTimer(glances);
            vertx.cancelTimer(timer);
        });
    }
}
