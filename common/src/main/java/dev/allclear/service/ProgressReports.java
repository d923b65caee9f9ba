package dev.allclear.service;

import dev.allclear.event.CheckStarted;
import dev.allclear.model.CheckName;
import dev.allclear.model.DatabaseName;
import dev.allclear.model.Excerpt;
import dev.allclear.model.RunId;
import io.vertx.core.Context;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Publishes how far a call got, at most one sentence a second: the first at once, of those in between only the latest. Progress is
 * for people who watch; a sentence that cannot be published is lost.
 */
final class ProgressReports implements Consumer<String> {
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int LONGEST = 200;

    private final RunId run;
    private final DatabaseName database;
    private final CheckName check;
    private final Clock clock;
    private final Context context;
    private final EventSink sink;
    private Optional<String> latest = Optional.empty();
    private boolean pausing;
    private boolean ended;

    ProgressReports(RunId run, DatabaseName database, CheckName check, Clock clock, Context context, EventSink sink) {
        this.run = run;
        this.database = database;
        this.check = check;
        this.clock = clock;
        this.context = context;
        this.sink = sink;
    }

    /** May be called from any thread. */
    @Override
    public void accept(String activity) {
        context.runOnContext(ignored -> {
            latest = Optional.of(activity);
            publish();
        });
    }

    /** What is said from now on is not heard. On the context only. */
    void end() {
        ended = true;
    }

    private void publish() {
        if (ended || pausing || latest.isEmpty()) {
            return;
        }
        sink.publish(new CheckStarted(run, database, check, clock.instant(), Excerpt.of(latest.get(), LONGEST)));
        latest = Optional.empty();
        pausing = true;
        context.owner()
                .setTimer(
                        PAUSE.toMillis(),
                        ignored -> context.runOnContext(also -> {
                            pausing = false;
                            publish();
                        }));
    }
}
