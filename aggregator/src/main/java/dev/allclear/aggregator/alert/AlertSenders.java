package dev.allclear.aggregator.alert;

import dev.allclear.config.KafkaConfig;
import dev.allclear.kafka.Topic;
import dev.allclear.kafka.TurnLoop;
import dev.allclear.model.Decision;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Tells every configured target, each by a consumer group of its own: several instances share the work, and an alert is sent at least
 * once, at most once more for each crash.
 */
public final class AlertSenders {
    private final List<TurnLoop> loops;
    private final Poster poster;

    private AlertSenders(List<TurnLoop> loops, Poster poster) {
        this.loops = loops;
        this.poster = poster;
    }

    /** Starts; whether a target can be reached plays no part. The topics must be there. */
    public static AlertSenders start(
            AlertSettings settings, KafkaConfig kafka, Vertx vertx, Clock clock, MeterRegistry meters) {
        Poster poster = new Poster(vertx, clock);
        AlertMeters counts = new AlertMeters(meters);
        List<TurnLoop> loops = new ArrayList<>();
        for (AlertSettings.Recipient recipient : settings.recipients()) {
            Target target = recipient.target();
            Attempts attempts = new Attempts(target.name(), recipient.patience(), poster, counts, clock, vertx);
            Courier courier = new Courier(target, recipient.patience(), poster, attempts, counts, clock);
            TurnLoop loop = new TurnLoop(kafka, "alerts-to-" + target.name(), topics(target), courier, clock, meters);
            loop.start();
            loops.add(loop);
        }
        return new AlertSenders(loops, poster);
    }

    /** Finishes the attempts being made, commits and ends; what was not accepted is sent by whoever comes next. */
    public Future<Void> close() {
        return closeWhenTold(Duration.ZERO);
    }

    /** As {@link #close}, but first tells the targets what is to be told by now, for as long as {@code patience} lasts. */
    public Future<Void> closeWhenTold(Duration patience) {
        return Future.join(
                        loops.stream().map(loop -> loop.closeWhenDone(patience)).toList())
                .<Void>mapEmpty()
                .eventually(poster::close);
    }

    /** A PASS has no alert; whoever wants to hear of it hears the verdicts too. */
    private static Set<Topic> topics(Target target) {
        return target.on().contains(Decision.PASS)
                ? EnumSet.of(Topic.ALERTS, Topic.VERDICTS)
                : EnumSet.of(Topic.ALERTS);
    }
}
