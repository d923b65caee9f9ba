package dev.allclear.aggregator.alert;

import dev.allclear.kafka.Partition;
import dev.allclear.kafka.ReceivedEvent;
import dev.allclear.kafka.TurnHandler;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Takes notices to one target, one after another: an event is dealt with when the target has accepted it or it is too old, or when the
 * target never wanted it. What still fires is remembered for a target that is to be told again. Called from its loop's thread alone.
 */
final class Courier implements TurnHandler {
    private final Target target;
    private final Patience patience;
    private final Poster poster;
    private final Attempts attempts;
    private final AlertMeters meters;
    private final Clock clock;
    private final StillFiring firing = new StillFiring();
    private Optional<Instant> nextRepetition = Optional.empty();

    Courier(Target target, Patience patience, Poster poster, Attempts attempts, AlertMeters meters, Clock clock) {
        this.target = target;
        this.patience = patience;
        this.poster = poster;
        this.attempts = attempts;
        this.meters = meters;
        this.clock = clock;
    }

    @Override
    public Future<Void> handle(ReceivedEvent event) {
        Optional<Notice> wanted = Notice.of(event).filter(target::wants);
        if (wanted.isEmpty()) {
            return Future.succeededFuture();
        }
        Notice notice = wanted.get();
        Optional<Instant> since = firing.since(notice.alert().alertId());
        remember(event.partition(), notice);
        return attempts.until(
                now -> target.post(notice, since, now),
                event.timestamp(),
                notice.alert().alertId());
    }

    @Override
    public Duration memory() {
        return target.resend().isPresent() ? patience.remember() : Duration.ZERO;
    }

    @Override
    public void recall(ReceivedEvent event) {
        Notice.of(event).filter(target::wants).ifPresent(notice -> remember(event.partition(), notice));
    }

    @Override
    public Optional<Future<Void>> between() {
        if (target.resend().isEmpty()) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        firing.forgetBefore(now.minus(patience.remember()));
        if (firing.all().isEmpty() || nextRepetition.filter(now::isBefore).isPresent()) {
            return Optional.empty();
        }
        nextRepetition = Optional.of(now.plus(target.resend().get()));
        return Optional.of(poster.send(target.repeat(firing.all(), now), patience.timeout())
                .onSuccess(reply -> meters.repeated(target.name(), reply))
                .mapEmpty());
    }

    @Override
    public void hurry() {
        attempts.hurry();
    }

    @Override
    public void lost(Partition partition) {
        firing.forget(partition);
    }

    private void remember(Partition partition, Notice notice) {
        if (target.resend().isPresent()) {
            switch (notice.state()) {
                case FIRING -> {
                    firing.add(partition, notice);
                    if (nextRepetition.isEmpty()) {
                        nextRepetition = target.resend().map(clock.instant()::plus);
                    }
                }
                case RESOLVED -> firing.remove(notice.alert().alertId());
                case PASSED -> {}
            }
        }
    }
}
