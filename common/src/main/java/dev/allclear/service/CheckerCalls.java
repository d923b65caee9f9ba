package dev.allclear.service;

import dev.allclear.check.Baseline;
import dev.allclear.check.Cancellation;
import dev.allclear.check.CheckContext;
import dev.allclear.check.Checker;
import dev.allclear.codec.EventJson;
import dev.allclear.config.DatabaseConfig;
import dev.allclear.event.BaselineCaptured;
import dev.allclear.event.BaselineStatus;
import dev.allclear.event.MigrationCompleted;
import dev.allclear.event.MigrationOutcome;
import dev.allclear.event.MigrationStarted;
import dev.allclear.model.CheckReport;
import dev.allclear.model.Cost;
import dev.allclear.model.DatabaseName;
import dev.allclear.model.Durations;
import dev.allclear.model.Finding;
import dev.allclear.model.RunId;
import dev.allclear.postgres.DatabaseFailure;
import dev.allclear.postgres.SqlText;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls one checker and turns whatever comes of it into an answer: the futures returned here never fail but with {@link
 * Call.Abandoned}. For the host's context only.
 */
final class CheckerCalls {
    private static final Logger LOG = LoggerFactory.getLogger(CheckerCalls.class);
    static final int LARGEST_BASELINE = 4 << 20;

    private final Checker checker;
    private final String version;
    private final Map<DatabaseName, DatabaseConfig> databases;
    private final Clock clock;
    private final Context context;
    private final EventSink sink;
    private final HostFindings findings;

    CheckerCalls(
            Checker checker,
            String version,
            Map<DatabaseName, DatabaseConfig> databases,
            Clock clock,
            Context context,
            EventSink sink) {
        this.checker = checker;
        this.version = version;
        this.databases = databases;
        this.clock = clock;
        this.context = context;
        this.sink = sink;
        this.findings = new HostFindings(checker.name());
    }

    boolean knows(DatabaseName database) {
        return databases.containsKey(database);
    }

    Future<BaselineCaptured> before(OpenRun run, MigrationStarted started, Duration limit) {
        if (run.isCompleting()) {
            return Future.succeededFuture(
                    failed(started, "the migration had already completed when its announcement was read"));
        }
        if (!knows(started.database())) {
            return Future.succeededFuture(
                    failed(started, HostFindings.unknown(started.database(), databases.keySet())));
        }
        ProgressReports progress = progress(run);
        CheckContext call = contextOf(run, limit, progress);
        return run.calling(Call.begin(context, limit, call.cancellation(), () -> checker.before(started, call)))
                .onComplete(ignored -> progress.end())
                .map(baseline -> captured(started, baseline))
                .recover(failure -> notAbandoned(failure)
                        .map(ignored -> failed(
                                started,
                                failure instanceof Call.TimedOut
                                        ? "check " + checker.name() + " had no baseline within "
                                                + Durations.format(limit)
                                        : HostFindings.inOneLine(logged(run.run(), failure)))));
    }

    Future<CheckReport> after(OpenRun run, MigrationCompleted completed, Optional<Baseline> baseline, Duration limit) {
        if (!knows(completed.database())) {
            return Future.succeededFuture(inPlaceOfAnswer(
                    run, clock.instant(), findings.unknownDatabase(completed.database(), databases.keySet())));
        }
        if (completed.outcome().filter(MigrationOutcome.NOT_STARTED::equals).isPresent()) {
            return Future.succeededFuture(inPlaceOfAnswer(run, clock.instant(), findings.notStarted(completed.run())));
        }
        ProgressReports progress = progress(run);
        progress.accept("looking");
        CheckContext call = contextOf(run, limit, progress);
        return run.calling(
                        Call.begin(context, limit, call.cancellation(), () -> checker.after(completed, baseline, call)))
                .onComplete(ignored -> progress.end())
                .map(report -> checked(run, report))
                .recover(failure -> notAbandoned(failure)
                        .map(ignored -> inPlaceOfAnswer(
                                run,
                                call.startedAt(),
                                failure instanceof Call.TimedOut
                                        ? findings.timedOut(run.run(), limit)
                                        : findings.failed(
                                                run.database(), roleAt(run.database()), logged(run.run(), failure)))));
    }

    void resume(OpenRun run, MigrationStarted started, Optional<Baseline> baseline, Duration limit) {
        guarded(run.run(), () -> checker.resume(started, baseline, contextOf(run, limit, activity -> {})));
    }

    void forget(RunKey key) {
        guarded(key.run(), () -> checker.forget(key.database(), key.run()));
    }

    private BaselineCaptured captured(MigrationStarted started, Baseline baseline) {
        BaselineCaptured captured = answer(
                started, baseline.isNone() ? BaselineStatus.NONE : BaselineStatus.CAPTURED, Optional.empty(), baseline);
        int size = EventJson.write(captured).length;
        return size <= LARGEST_BASELINE
                ? captured
                : failed(started, "the baseline is " + size + " bytes (limit " + LARGEST_BASELINE + ")");
    }

    private BaselineCaptured failed(MigrationStarted started, String reason) {
        return answer(started, BaselineStatus.FAILED, Optional.of(reason), Baseline.none());
    }

    private BaselineCaptured answer(
            MigrationStarted started, BaselineStatus status, Optional<String> reason, Baseline baseline) {
        return new BaselineCaptured(
                started.run(),
                started.database(),
                checker.name(),
                status,
                reason,
                clock.instant(),
                baseline.databaseClock(),
                baseline.content(),
                Optional.of(started));
    }

    private CheckReport checked(OpenRun run, CheckReport report) {
        if (!report.run().equals(run.run())
                || !report.check().equals(checker.name())
                || !report.database().equals(run.database())) {
            throw new IllegalStateException("it answered for check " + report.check() + " of run " + report.run());
        }
        return ReportSize.fit(report);
    }

    private CheckReport inPlaceOfAnswer(OpenRun run, Instant startedAt, Finding why) {
        return contextAt(run, startedAt, startedAt, activity -> {})
                .report("Not proven: " + why.message(), List.of(why), Map.of(), Cost.NONE);
    }

    private CheckContext contextOf(OpenRun run, Duration limit, Consumer<String> progress) {
        Instant now = clock.instant();
        return contextAt(run, now, now.plus(limit), progress);
    }

    private CheckContext contextAt(OpenRun run, Instant startedAt, Instant deadline, Consumer<String> progress) {
        return new CheckContext(
                run.run(),
                run.database(),
                checker.name(),
                version,
                clock,
                startedAt,
                deadline,
                new Cancellation(),
                progress);
    }

    private ProgressReports progress(OpenRun run) {
        return new ProgressReports(run.run(), run.database(), checker.name(), clock, context, sink);
    }

    private void guarded(RunId run, Runnable call) {
        try {
            call.run();
        } catch (RuntimeException failure) {
            logged(run, failure);
        }
    }

    private Throwable logged(RunId run, Throwable failure) {
        if (failure instanceof DatabaseFailure) {
            LOG.warn("check {} of run {}: {}", checker.name(), run, failure.getMessage());
        } else {
            LOG.error("check {} of run {} crashed", checker.name(), run, failure);
        }
        return failure;
    }

    private static Future<Void> notAbandoned(Throwable failure) {
        return failure instanceof Call.Abandoned ? Future.failedFuture(failure) : Future.succeededFuture();
    }

    private String roleAt(DatabaseName database) {
        DatabaseConfig config = databases.get(database);
        String userInfo = config == null ? null : URI.create(config.uri()).getUserInfo();
        return userInfo == null ? "your_allclear_role" : SqlText.identifier(userInfo.split(":", 2)[0]);
    }
}
