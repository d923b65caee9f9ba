package dev.allclear.latency;

import dev.allclear.check.Baseline;
import dev.allclear.check.Checker;
import dev.allclear.codec.Json;
import dev.allclear.event.MigrationCompleted;
import dev.allclear.event.MigrationDescription;
import dev.allclear.event.MigrationStarted;
import dev.allclear.model.CheckName;
import dev.allclear.model.CheckReport;
import dev.allclear.model.RunId;
import dev.allclear.testkit.PostgresExtension;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Optional;

/** A migration as the latency check sees it, for tests: before, the change, after. */
final class LatencyScene {
    private static final RunId RUN = new RunId("run-1");
    private static final Instant FAR_FUTURE = Instant.parse("2999-01-01T00:00:00Z");

    private final PostgresExtension postgres;
    private final Checker checker;

    LatencyScene(PostgresExtension postgres, String yaml) {
        this(postgres, new LatencyCheckerModule().create(postgres.parts(yaml)));
    }

    LatencyScene(PostgresExtension postgres, Checker checker) {
        this.postgres = postgres;
        this.checker = checker;
    }

    CheckReport around(String... migration) {
        Baseline baseline = before();
        postgres.execute(migration);
        return after(baseline);
    }

    /** The baseline as it comes back from its topic. */
    Baseline before() {
        Baseline baseline = postgres.await(checker.before(
                new MigrationStarted(RUN, PostgresExtension.NAME, Instant.EPOCH, MigrationDescription.NOTHING_SAID),
                postgres.context(RUN, CheckName.LATENCY)));
        return new Baseline(Json.parse(Json.write(baseline.content())), baseline.databaseClock());
    }

    CheckReport after(Baseline baseline) {
        return postgres.await(answer(Optional.of(baseline), FAR_FUTURE));
    }

    Future<CheckReport> answer(Optional<Baseline> baseline, Instant completedAt) {
        return checker.after(
                new MigrationCompleted(
                        RUN,
                        PostgresExtension.NAME,
                        completedAt,
                        Optional.of(0),
                        Optional.empty(),
                        Optional.empty(),
                        MigrationDescription.NOTHING_SAID),
                baseline,
                postgres.context(RUN, CheckName.LATENCY));
    }
}
