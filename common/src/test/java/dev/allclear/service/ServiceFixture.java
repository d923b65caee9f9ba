package dev.allclear.service;

import dev.allclear.config.AllclearConfig;
import dev.allclear.config.ConfigFile;
import dev.allclear.event.MigrationCompleted;
import dev.allclear.event.MigrationDescription;
import dev.allclear.event.MigrationOutcome;
import dev.allclear.event.MigrationStarted;
import dev.allclear.model.DatabaseName;
import dev.allclear.model.RunId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A service around a {@link FakeChecker} with a clock and a sink in the test's hands. */
final class ServiceFixture implements AutoCloseable {
    static final DatabaseName SHOP = new DatabaseName("shop");
    static final RunId RUN = new RunId("r1");
    static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

    final Vertx vertx = Vertx.vertx();
    final MovableClock clock = new MovableClock(NOON);
    final FakeSink sink = new FakeSink();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final AllclearConfig config = ConfigFile.parse(
            "databases: { shop: { uri: 'postgresql://checks@127.0.0.1:1/shop' }, bank: { uri: 'postgresql://h/bank' } }",
            "test",
            Map.of());
    final Set<DatabaseName> owned = ConcurrentHashMap.newKeySet();
    FakeChecker checker = new FakeChecker();
    CheckerService service = service(Duration.ofSeconds(30), Duration.ofMinutes(5));

    ServiceFixture() {
        owned.add(SHOP);
        service.caughtUp();
    }

    /** Another process takes over: nothing is remembered but what was published. */
    void restart() {
        checker = new FakeChecker();
        service = service(Duration.ofSeconds(30), Duration.ofMinutes(5));
        sink.published.forEach(service::observe);
        service.caughtUp();
    }

    void useLimits(Duration before, Duration after) {
        service = service(before, after);
        service.caughtUp();
    }

    private CheckerService service(Duration before, Duration after) {
        // no log watch, and the margins that the limits add and subtract
        RunLimits limits = new RunLimits(after.plusSeconds(5), Duration.ofDays(-1), Duration.ofDays(1));
        return new CheckerService(
                checker,
                "1.2.3",
                before,
                Map.of(SHOP, limits),
                config,
                database -> owned.contains(database),
                sink,
                vertx,
                clock,
                meters);
    }

    MigrationStarted started() {
        return new MigrationStarted(RUN, SHOP, clock.instant(), MigrationDescription.NOTHING_SAID);
    }

    MigrationCompleted completed() {
        return completed(SHOP, Optional.empty());
    }

    MigrationCompleted completed(DatabaseName database, Optional<MigrationOutcome> outcome) {
        return new MigrationCompleted(
                RUN,
                database,
                clock.instant(),
                Optional.of(0),
                outcome,
                Optional.empty(),
                MigrationDescription.NOTHING_SAID);
    }

    double skipped(String reason) {
        return meters.counter("allclear.events.skipped", "check", "rows", "reason", reason)
                .count();
    }

    static <T> T await(Future<T> future) {
        try {
            return future.await(20, TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            throw new AssertionError("no answer within 20 s", late);
        }
    }

    @Override
    public void close() {
        await(vertx.close());
    }
}
