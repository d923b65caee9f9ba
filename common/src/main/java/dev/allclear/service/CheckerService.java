package dev.allclear.service;

import dev.allclear.check.Checker;
import dev.allclear.config.AllclearConfig;
import dev.allclear.event.AllclearEvent;
import dev.allclear.event.BaselineCaptured;
import dev.allclear.event.CheckCompleted;
import dev.allclear.event.MigrationCompleted;
import dev.allclear.event.MigrationStarted;
import dev.allclear.model.CheckReport;
import dev.allclear.model.DatabaseName;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Hosts one checker under the guarantees of {@link Checker}: announcement in, durable baseline out; completion in, report out. An
 * event counts as handled when its answer is durable. Everything happens on one Vert.x context; the public methods may be called
 * from any thread.
 */
public final class CheckerService {
    private static final Duration GRACE = Duration.ofMinutes(10);
    private static final Duration SWEEP = Duration.ofMinutes(1);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int TRIES = 5;
    private static final long MOST_BASELINE_BYTES = 64L << 20;

    private final Checker checker;
    private final Duration beforeLimit;
    private final Map<DatabaseName, RunLimits> limits;
    private final RunLimits otherLimits;
    private final Predicate<DatabaseName> owned;
    private final EventSink sink;
    private final Clock clock;
    private final MeterRegistry meters;
    private final Context context;
    private final CheckerCalls calls;
    private final RunMemory memory;
    private final Map<RunKey, OpenRun> open = new TreeMap<>();
    private final Promise<Void> caughtUp = Promise.promise();
    private final long sweeper;

    /**
     * Without Kafka: whoever makes it feeds it and takes what it says, as tests do.
     *
     * @param version the checker's version, repeated in every report
     * @param limits per configured database
     * @param owned whether the runs of a database are this instance's to observe; asked on the context
     */
    public CheckerService(
            Checker checker,
            String version,
            Duration beforeLimit,
            Map<DatabaseName, RunLimits> limits,
            AllclearConfig config,
            Predicate<DatabaseName> owned,
            EventSink sink,
            Vertx vertx,
            Clock clock,
            MeterRegistry meters) {
        this.checker = checker;
        this.beforeLimit = beforeLimit;
        this.limits = limits;
        this.otherLimits = RunLimits.everywhere(config);
        this.owned = owned;
        this.sink = sink;
        this.clock = clock;
        this.meters = meters;
        this.context = vertx.getOrCreateContext();
        this.calls = new CheckerCalls(checker, version, config.databases(), clock, context, sink);
        this.memory = new RunMemory(checker.name(), MOST_BASELINE_BYTES);
        this.sweeper = vertx.setPeriodic(SWEEP.toMillis(), ignored -> context.runOnContext(also -> forgetTheOld()));
    }

    /** An event that the check itself, here or in another instance, has published. */
    public void observe(AllclearEvent event) {
        context.runOnContext(ignored -> {
            memory.accept(event, clock.instant());
            if (caughtUp.future().isComplete()) {
                memory.find(RunKey.of(event)).ifPresent(this::resume);
            }
        });
    }

    /** What was published before this process started has all been observed; until then no event is handled. */
    public void caughtUp() {
        context.runOnContext(ignored -> caughtUp.tryComplete());
    }

    /**
     * Completes when the answer to the event is durable, or none is due.
     *
     * @param published when the broker took it, by which its age is told: a publisher's clock may be hours off
     */
    public Future<Void> handle(AllclearEvent event, Instant published) {
        if (event instanceof MigrationStarted started) {
            return onContext(() -> started(started, published));
        }
        if (event instanceof MigrationCompleted completed) {
            return onContext(() -> completed(completed, published));
        }
        return Future.succeededFuture();
    }

    /** What is this instance's own has changed: runs that came are taken up again, runs that went are let go. */
    public void reassigned() {
        onContext(() -> {
            List.copyOf(open.values()).stream()
                    .filter(run -> !owned.test(run.database()))
                    .forEach(this::abandon);
            memory.unanswered().forEach(this::resume);
            return Future.succeededFuture();
        });
    }

    /** Ends every observation and closes the checker; events still being handled end without an answer. */
    public Future<Void> close() {
        context.owner().cancelTimer(sweeper);
        Promise<Void> closed = Promise.promise();
        context.runOnContext(ignored -> {
            List.copyOf(open.values()).forEach(this::abandon);
            try {
                checker.close();
                closed.complete();
            } catch (RuntimeException failure) {
                closed.fail(failure);
            }
        });
        return closed.future();
    }

    /** Takes up an announced run whose "before" was measured elsewhere, or by a process that is gone. */
    private void resume(BaselineCaptured baseline) {
        if (open.containsKey(RunKey.of(baseline))
                || !owned.test(baseline.database())
                || !calls.knows(baseline.database())) {
            return;
        }
        baseline.started().ifPresent(started -> {
            Duration left = Duration.between(clock.instant(), started.time().plus(RunMemory.RETENTION));
            calls.resume(openRun(started), started, RunMemory.contentOf(baseline), left);
        });
    }

    private Future<Void> started(MigrationStarted started, Instant published) {
        if (published.isBefore(clock.instant().minus(RunMemory.RETENTION))) {
            return skipped("expired");
        }
        if (memory.isAnswered(RunKey.of(started))
                || memory.find(RunKey.of(started)).isPresent()) {
            return skipped("duplicate");
        }
        OpenRun run = openRun(started);
        return run.announce(() -> calls.before(run, started, beforeLimit).compose(captured -> {
            meters.counter(
                            "allclear.baselines",
                            "check",
                            checker.name().value(),
                            "status",
                            captured.status().name())
                    .increment();
            return publish(captured, TRIES).onSuccess(ignored -> memory.accept(captured, clock.instant()));
        }));
    }

    private Future<Void> completed(MigrationCompleted completed, Instant published) {
        RunLimits limit = limits.getOrDefault(completed.database(), otherLimits);
        Instant expiry =
                published.plus(limit.deadlineOf(completed.description())).plus(GRACE);
        if (clock.instant().isAfter(expiry)) {
            return skipped("expired");
        }
        if (memory.isAnswered(RunKey.of(completed))) {
            return skipped("duplicate");
        }
        OpenRun run = openRun(completed);
        return run.complete(() -> look(run, completed, limit).compose(report -> answer(run, report)));
    }

    /** Begins when "before" has ended, so that what was announced is known by now, if anything was. */
    private Future<CheckReport> look(OpenRun run, MigrationCompleted told, RunLimits limit) {
        Optional<BaselineCaptured> known = memory.find(RunKey.of(told));
        MigrationCompleted completed = known.flatMap(BaselineCaptured::started)
                .map(announced -> told.describedAlsoBy(announced.description()))
                .orElse(told);
        return calls.after(
                run, completed, known.flatMap(RunMemory::contentOf), limit.checkLimitOf(completed.description()));
    }

    private Future<Void> answer(OpenRun run, CheckReport report) {
        CheckCompleted answer = new CheckCompleted(report);
        meters.timer(
                        "allclear.checks",
                        "check",
                        checker.name().value(),
                        "outcome",
                        report.outcome().name())
                .record(Duration.between(report.startedAt(), report.completedAt()));
        return publish(answer, TRIES).onSuccess(ignored -> {
            memory.accept(answer, clock.instant());
            open.remove(run.key());
            calls.forget(run.key());
        });
    }

    /**
     * Completes on the context, wherever the sink completes. A broker that is away for a moment costs another try and not the answer.
     */
    private Future<Void> publish(AllclearEvent event, int tries) {
        Promise<Void> done = Promise.promise();
        sink.publish(event)
                .onComplete(published -> context.runOnContext(ignored -> {
                    if (published.succeeded()) {
                        done.complete();
                    } else if (tries <= 1) {
                        done.fail(published.cause());
                    } else {
                        context.owner().setTimer(PAUSE.toMillis(), again -> publish(event, tries - 1)
                                .onComplete(done));
                    }
                }));
        return done.future();
    }

    private OpenRun openRun(AllclearEvent event) {
        return open.computeIfAbsent(RunKey.of(event), key -> new OpenRun(key.run(), key.database(), clock.instant()));
    }

    private void abandon(OpenRun run) {
        open.remove(run.key());
        run.abandon();
        calls.forget(run.key());
    }

    private void forgetTheOld() {
        Instant oldest = clock.instant().minus(RunMemory.RETENTION);
        List.copyOf(open.values()).stream()
                .filter(run -> run.since().isBefore(oldest) && !run.isCompleting())
                .forEach(this::abandon);
        memory.prune(clock.instant());
    }

    private Future<Void> skipped(String why) {
        meters.counter("allclear.events.skipped", "check", checker.name().value(), "reason", why)
                .increment();
        return Future.succeededFuture();
    }

    private Future<Void> onContext(Supplier<Future<Void>> work) {
        Promise<Void> done = Promise.promise();
        caughtUp.future()
                .onComplete(ready -> context.runOnContext(ignored -> {
                    try {
                        work.get().onComplete(done);
                    } catch (RuntimeException failure) {
                        done.fail(failure);
                    }
                }));
        return done.future();
    }
}
