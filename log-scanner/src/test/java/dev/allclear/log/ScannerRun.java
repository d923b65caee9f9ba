package dev.allclear.log;

import dev.allclear.check.Baseline;
import dev.allclear.check.Cancellation;
import dev.allclear.check.CheckContext;
import dev.allclear.check.Checker;
import dev.allclear.config.AllclearConfig;
import dev.allclear.config.ConfigFile;
import dev.allclear.event.MigrationCompleted;
import dev.allclear.event.MigrationDescription;
import dev.allclear.event.MigrationStarted;
import dev.allclear.model.CheckName;
import dev.allclear.model.CheckReport;
import dev.allclear.model.DatabaseName;
import dev.allclear.model.RunId;
import dev.allclear.postgres.Databases;
import dev.allclear.service.Parts;
import dev.allclear.testkit.DescriptionBuilder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/**
 * The whole check of a run, before and after, with the sources of a piece of configuration.
 *
 * @param soak how long the logs are watched after completion
 */
record ScannerRun(Vertx vertx, Duration soak) {
    static final DatabaseName SHOP = new DatabaseName("shop");
    private static final RunId RUN = new RunId("run-1");
    private static final Clock CLOCK = Clock.systemUTC();

    /**
     * Runs the check.
     *
     * @param ahead how far the publisher's clock is
     */
    CheckReport verify(String logs, Runnable during, Duration ahead, Runnable after) {
        Checker checker = checker(logs);
        Baseline baseline = await(
                checker.before(new MigrationStarted(RUN, SHOP, CLOCK.instant().plus(ahead), description()), context()));
        during.run();
        // a migration takes a moment: its last line and its completion do not share a millisecond
        LockSupport.parkNanos(20_000_000);
        return after(checker, Optional.of(baseline), CLOCK.instant().plus(ahead), after);
    }

    /** The check of a run of which nobody knew before it was over. */
    CheckReport afterwards(String logs, Duration ahead, Runnable after) {
        return after(checker(logs), Optional.empty(), CLOCK.instant().plus(ahead), after);
    }

    /** The check of a run that was over before its announcement was read. */
    CheckReport verifyLate(String logs, Instant started, Instant completed) {
        Checker checker = checker(logs);
        Baseline baseline = await(checker.before(new MigrationStarted(RUN, SHOP, started, description()), context()));
        return after(checker, Optional.of(baseline), completed, () -> {});
    }

    private CheckReport after(Checker checker, Optional<Baseline> baseline, Instant time, Runnable after) {
        MigrationCompleted completed = new MigrationCompleted(
                RUN, SHOP, time, Optional.of(0), Optional.empty(), Optional.empty(), description());
        vertx.setTimer(400, timer -> after.run());
        return await(checker.after(completed, baseline, context()));
    }

    private Checker checker(String logs) {
        AllclearConfig config = config(logs);
        config.mistakes().throwIfAny();
        return new LogScannerModule()
                .create(new Parts(vertx, CLOCK, config, Databases.of(vertx, config), new SimpleMeterRegistry()));
    }

    static AllclearConfig config(String logs) {
        String yaml = "databases:\n  shop:\n    uri: postgresql://allclear@127.0.0.1:1/shop\n"
                + (logs.isEmpty() ? "" : "    logs:\n" + logs.indent(6));
        return ConfigFile.parse(yaml, "test configuration", Map.of());
    }

    private MigrationDescription description() {
        return new DescriptionBuilder()
                .applicationNames("deploy-tool")
                .logWatch(soak)
                .build();
    }

    private static CheckContext context() {
        Instant now = CLOCK.instant();
        return new CheckContext(
                RUN, SHOP, CheckName.LOGS, "test", CLOCK, now, now.plusSeconds(60), new Cancellation(), said -> {});
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.await(30, TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            throw new AssertionError(late);
        }
    }
}
