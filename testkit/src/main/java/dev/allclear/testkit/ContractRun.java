package dev.allclear.testkit;

import dev.allclear.check.Baseline;
import dev.allclear.check.Cancellation;
import dev.allclear.check.CheckContext;
import dev.allclear.codec.EventJson;
import dev.allclear.codec.UndecodableEvent;
import dev.allclear.event.BaselineCaptured;
import dev.allclear.event.BaselineStatus;
import dev.allclear.event.EventType;
import dev.allclear.event.MigrationCompleted;
import dev.allclear.event.MigrationDescription;
import dev.allclear.event.MigrationStarted;
import dev.allclear.model.CheckName;
import dev.allclear.model.RunId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** One run of the {@link CheckerContract}: its events, and what a call of the check is handed. */
final class ContractRun {
    private static final Duration NO_HURRY = Duration.ofSeconds(50);

    private final CheckName check;
    private final Clock clock = Clock.systemUTC();
    private final RunId run = new RunId("run-" + UUID.randomUUID().toString().substring(0, 8));

    ContractRun(CheckName check) {
        this.check = check;
    }

    RunId id() {
        return run;
    }

    MigrationStarted started(MigrationDescription said) {
        return new MigrationStarted(run, PostgresExtension.NAME, clock.instant(), said);
    }

    /** Of a publisher that had waited for the check's "before". */
    MigrationCompleted completed(MigrationDescription said) {
        return new MigrationCompleted(
                        run,
                        PostgresExtension.NAME,
                        clock.instant(),
                        Optional.of(0),
                        Optional.empty(),
                        Optional.empty(),
                        said)
                .havingAwaited(Set.of(check));
    }

    /** The same without times of its own, which would make the host's limits longer. */
    static MigrationDescription withoutWaits(MigrationDescription said) {
        return new MigrationDescription(
                said.tool(),
                said.targetVersions(),
                said.tables(),
                said.dataChanging(),
                said.reversible(),
                said.application(),
                said.expectations(),
                said.checks(),
                said.sessions(),
                Optional.empty(),
                Optional.empty(),
                said.change(),
                said.links());
    }

    CheckContext context() {
        Instant now = clock.instant();
        return new CheckContext(
                run,
                PostgresExtension.NAME,
                check,
                "test",
                clock,
                now,
                now.plus(NO_HURRY),
                new Cancellation(),
                said -> {});
    }

    /** The baseline as another process reads it. */
    Baseline throughTheWire(Baseline baseline) throws UndecodableEvent {
        BaselineCaptured captured = new BaselineCaptured(
                run,
                PostgresExtension.NAME,
                check,
                baseline.isNone() ? BaselineStatus.NONE : BaselineStatus.CAPTURED,
                Optional.empty(),
                Instant.EPOCH,
                baseline.databaseClock(),
                baseline.content(),
                Optional.empty());
        BaselineCaptured read =
                (BaselineCaptured) EventJson.read(EventType.BASELINE_CAPTURED, EventJson.write(captured));
        return new Baseline(read.content(), read.databaseClock());
    }
}
