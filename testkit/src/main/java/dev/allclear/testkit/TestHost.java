package dev.allclear.testkit;

import dev.allclear.check.Checker;
import dev.allclear.event.AllclearEvent;
import dev.allclear.event.BaselineCaptured;
import dev.allclear.event.CheckCompleted;
import dev.allclear.event.MigrationCompleted;
import dev.allclear.event.MigrationStarted;
import dev.allclear.model.CheckReport;
import dev.allclear.service.CheckerService;
import dev.allclear.service.Parts;
import dev.allclear.service.RunLimits;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A check in the host that it will have, with a list in place of Kafka. */
public final class TestHost implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;

    private final List<AllclearEvent> published = new CopyOnWriteArrayList<>();
    private final CheckerService service;
    private final Parts parts;

    /** @param limit how long {@code before} may take, and {@code after} */
    public TestHost(Checker checker, Parts parts, Duration limit) {
        // no log watch, and the five seconds by which a check answers ahead of the verdict
        RunLimits limits = new RunLimits(limit.plusSeconds(5), Duration.ofDays(-1), Duration.ofDays(1));
        this.parts = parts;
        this.service = new CheckerService(
                checker,
                "test",
                limit,
                Map.of(PostgresExtension.NAME, limits),
                parts.config(),
                database -> true,
                this::publish,
                parts.vertx(),
                parts.clock(),
                parts.meters());
        service.caughtUp();
    }

    /** Everything that the host has published, in order. */
    public List<AllclearEvent> published() {
        return List.copyOf(published);
    }

    /** Announces the run and waits until the check's "before" is durable. */
    public BaselineCaptured announce(MigrationStarted started) {
        await(service.handle(started, parts.clock().instant()));
        return last(BaselineCaptured.class);
    }

    /** Tells that the migration is over and waits for the check's answer. */
    public CheckReport complete(MigrationCompleted completed) {
        await(service.handle(completed, parts.clock().instant()));
        return last(CheckCompleted.class).report();
    }

    @Override
    public void close() {
        await(service.close());
    }

    private Future<Void> publish(AllclearEvent event) {
        published.add(event);
        return Future.succeededFuture();
    }

    private <T> T last(Class<T> type) {
        return published.stream()
                .filter(type::isInstance)
                .map(type::cast)
                .reduce((earlier, later) -> later)
                .orElseThrow(() -> new AssertionError("the host published no " + type.getSimpleName()));
    }

    private static void await(Future<Void> future) {
        try {
            future.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            throw new AssertionError("no answer within " + PATIENCE_SECONDS + " s", late);
        }
    }
}
