package dev.allclear.hook;

import dev.allclear.config.KafkaConfig;
import dev.allclear.event.AllclearEvent;
import dev.allclear.event.BaselineCaptured;
import dev.allclear.event.BaselineStatus;
import dev.allclear.event.MigrationCompleted;
import dev.allclear.event.MigrationStarted;
import dev.allclear.kafka.EventPublisher;
import dev.allclear.kafka.EventTail;
import dev.allclear.kafka.Topic;
import dev.allclear.kafka.Topics;
import dev.allclear.model.CheckName;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** Hears what is announced on a real broker, and answers it as the five checkers do. */
final class FakeServices implements AutoCloseable {
    private final List<AllclearEvent> heard = new CopyOnWriteArrayList<>();
    private final EventPublisher publisher;
    private final EventTail tail;
    private final Set<CheckName> silent;
    private final Runnable beforeAnswer;

    /** @param beforeAnswer runs before the first "before" is captured */
    FakeServices(KafkaConfig kafka, Set<CheckName> silent, Runnable beforeAnswer) {
        Topics.ensure(kafka, Duration.ofSeconds(60));
        this.silent = silent;
        this.beforeAnswer = beforeAnswer;
        this.publisher = new EventPublisher(kafka, "fake-checkers");
        this.tail = EventTail.fromBeginning(
                kafka, Set.of(Topic.MIGRATIONS, Topic.BASELINES), received -> hear(received.event()));
        caughtUp(); // topics that were made a moment ago are not yet everywhere
    }

    private void caughtUp() {
        try {
            tail.caughtUp().await(20, TimeUnit.SECONDS);
        } catch (java.util.concurrent.TimeoutException late) {
            throw new AssertionError("the broker did not answer", late);
        }
    }

    private void hear(AllclearEvent event) {
        heard.add(event);
        if (event instanceof MigrationStarted started) {
            beforeAnswer.run();
            CheckName.builtIn().stream()
                    .filter(check -> !silent.contains(check))
                    .forEach(check -> answer(started, check));
        }
    }

    private void answer(MigrationStarted started, CheckName check) {
        var unused = publisher.publish(new BaselineCaptured(
                started.run(),
                started.database(),
                check,
                BaselineStatus.CAPTURED,
                Optional.empty(),
                Clock.systemUTC().instant(),
                Optional.empty(),
                Map.of(),
                Optional.of(started)));
    }

    MigrationStarted started(String run) {
        return only(run, MigrationStarted.class);
    }

    MigrationCompleted completed(String run) {
        return only(run, MigrationCompleted.class);
    }

    private <T extends AllclearEvent> T only(String run, Class<T> type) {
        caughtUp();
        List<T> found = heard.stream()
                .filter(type::isInstance)
                .map(type::cast)
                .filter(event -> event.run().value().equals(run))
                .toList();
        if (found.size() != 1) {
            throw new AssertionError("expected one " + type.getSimpleName() + " of " + run + ", heard " + found);
        }
        return found.get(0);
    }

    @Override
    public void close() {
        var unused = tail.close();
        publisher.close();
    }
}
