package dev.allclear.log;

import dev.allclear.check.Baseline;
import dev.allclear.check.CheckContext;
import dev.allclear.check.Checker;
import dev.allclear.event.MigrationCompleted;
import dev.allclear.event.MigrationDescription;
import dev.allclear.event.MigrationStarted;
import dev.allclear.log.LogBaseline.Rate;
import dev.allclear.model.CheckName;
import dev.allclear.model.CheckReport;
import dev.allclear.model.Cost;
import dev.allclear.model.Durations;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Watches a database's logs for errors that the migration brought. Before: notes how far each source reaches and how often each
 * error occurred in the last half hour. After: waits for the soak, reads what was written since, and compares. Keeps nothing between
 * the two calls but the baseline, so a restart loses nothing.
 *
 * <p>Without a baseline every error after completion counts as new, and that is said; no error at all needs no baseline. One that was
 * taken when the migration was over serves by the times of its lines alone, and where there are errors that is said as well.
 */
public final class LogScanner implements Checker {
    private static final Duration WINDOW_BEFORE = Duration.ofMinutes(30);

    /** Left of the time limit for reading, after the soak. */
    private static final Duration RESERVE = Duration.ofSeconds(3);

    /** Lines of the window's last moment may still be on their way into the file. */
    private static final Duration GRACE = Duration.ofMillis(250);

    /** How often progress is told while the logs are watched. */
    private static final Duration TELL_EVERY = Duration.ofSeconds(5);

    private final Vertx vertx;
    private final LogSettings settings;
    private final LogClassifier classifier;

    public LogScanner(Vertx vertx, LogSettings settings, LogClassifier classifier) {
        this.vertx = vertx;
        this.settings = settings;
        this.classifier = classifier;
    }

    @Override
    public CheckName name() {
        return CheckName.LOGS;
    }

    @Override
    public Future<Baseline> before(MigrationStarted started, CheckContext context) {
        List<LogSource> sources = settings.of(context.database());
        if (sources.isEmpty()) {
            return Future.succeededFuture(Baseline.none());
        }
        SourceReader reader = reader(started.description());
        return vertx.executeBlocking(() -> measure(started, sources, reader, context), false)
                .map(baseline -> new Baseline(baseline.content(), Optional.empty()));
    }

    private static LogBaseline measure(
            MigrationStarted started, List<LogSource> sources, SourceReader reader, CheckContext context) {
        Instant from = started.startedAt().minus(WINDOW_BEFORE);
        Map<String, List<FileMark>> marks = new LinkedHashMap<>();
        List<Rate> rates = new ArrayList<>();
        RecentErrors recent = RecentErrors.NONE;
        Instant oldest = started.startedAt();
        for (LogSource source : sources) {
            try {
                SourceReader.Before before = reader.before(
                        source, from, started.startedAt(), context.clock().instant());
                marks.put(source.name(), before.marks());
                rates.addAll(before.rates());
                recent = recent.plus(before.recent());
                Instant sourceOldest = before.oldest().orElse(from);
                oldest = sourceOldest.isBefore(oldest) ? sourceOldest : oldest;
            } catch (java.io.IOException unreadable) {
                // without a mark the source is read whole afterwards, or is then unreachable and said to be
                context.progress().accept(source.name() + ": cannot be read: " + unreadable.getMessage());
            }
        }
        return new LogBaseline(
                started.startedAt(),
                context.clock().instant(),
                Duration.between(oldest, started.startedAt()),
                marks,
                rates,
                recent);
    }

    @Override
    public Future<CheckReport> after(MigrationCompleted completed, Optional<Baseline> baseline, CheckContext context) {
        List<LogSource> sources = settings.of(context.database());
        if (sources.isEmpty()) {
            return Future.succeededFuture(context.report(
                    "nobody looked: no log source is configured",
                    List.of(LogFindings.noSource(context.database())),
                    Map.of(),
                    Cost.NONE));
        }
        Optional<LogBaseline> known =
                baseline.filter(some -> !some.isNone()).map(some -> LogBaseline.of(some.content()));
        Optional<String> tooLate = known.flatMap(some -> some.whyTooLate(completed));
        Optional<LogBaseline> before = tooLate.isEmpty() ? known : known.map(LogBaseline::withoutMarks);
        Duration wanted = settings.watchOf(completed);
        Instant now = context.clock().instant();
        Instant latest = context.deadline().minus(RESERVE);
        // by a publisher's clock that is fast, what the new release does would still be "during the run"
        Instant over = earlier(completed.completedAt(), now);
        // and by one that is slow the watch would be over before it began
        Instant watched = earlier(
                before.map(some -> some.byOurClock(completed.completedAt())).orElse(now), now);
        Instant end = earlier(watched.plus(wanted), latest);
        Duration soak = atLeastZero(Duration.between(watched, end));
        SourceReader reader = reader(completed.description());
        return vertx.executeBlocking(() -> marks(sources, now), false).compose(completion -> soak(now, end, context)
                .compose(waited -> vertx.executeBlocking(
                        () -> {
                            LogWindow window = new LogWindow(
                                    before.map(LogBaseline::started),
                                    over,
                                    watched,
                                    context.clock().instant(),
                                    soak,
                                    before.map(LogBaseline::covered).orElse(Duration.ZERO));
                            List<SourceScan> scans = scan(sources, before, completion, window, reader, context);
                            return LogReport.of(window, wanted, before, tooLate, scans, context);
                        },
                        false)));
    }

    /** Where each source stands; one that cannot be read has no entry and is reported when it still cannot be at the end. */
    private static Map<String, List<FileMark>> marks(List<LogSource> sources, Instant now) {
        Map<String, List<FileMark>> marks = new LinkedHashMap<>();
        for (LogSource source : sources) {
            try {
                marks.put(source.name(), source.marks(now));
            } catch (java.io.IOException unreadable) {
                marks.put(source.name(), List.of());
            }
        }
        return marks;
    }

    private static List<SourceScan> scan(
            List<LogSource> sources,
            Optional<LogBaseline> before,
            Map<String, List<FileMark>> completion,
            LogWindow window,
            SourceReader reader,
            CheckContext context) {
        List<SourceScan> scans = new ArrayList<>();
        for (LogSource source : sources) {
            context.progress().accept("reading " + source.name());
            Optional<List<FileMark>> since =
                    before.flatMap(known -> Optional.ofNullable(known.marks().get(source.name())));
            List<FileMark> marks = completion.getOrDefault(source.name(), List.of());
            Instant from = earlier(window.started().orElse(window.completed()), window.completed());
            try {
                // what a source read before it took may have been long
                Instant now = context.clock().instant();
                scans.add(reader.after(source, since.isPresent() ? since : source.marksAt(from), marks, from, now));
            } catch (java.io.IOException unreadable) {
                scans.add(SourceReader.unreadable(source, unreadable));
            }
        }
        return scans;
    }

    private Future<Void> soak(Instant from, Instant end, CheckContext context) {
        Promise<Void> done = Promise.promise();
        long started = System.nanoTime();
        Duration all = atLeastZero(Duration.between(from, end)).plus(GRACE);
        context.cancellation().onCancel(() -> done.tryFail("cancelled"));
        tick(done, started, all, context);
        return done.future();
    }

    private void tick(Promise<Void> done, long started, Duration all, CheckContext context) {
        Duration gone = Duration.ofNanos(System.nanoTime() - started);
        Duration left = all.minus(gone);
        if (left.isNegative() || left.isZero()) {
            done.tryComplete();
        } else if (!done.future().isComplete()) {
            context.progress()
                    .accept("watching the logs, " + Durations.rounded(Duration.ofSeconds(left.toSeconds())) + " to go");
            long step = Math.max(1, Math.min(left.toMillis(), Math.max(TELL_EVERY.toMillis(), all.toMillis() / 10)));
            vertx.setTimer(step, timer -> tick(done, started, all, context));
        }
    }

    private SourceReader reader(MigrationDescription description) {
        return new SourceReader(classifier, new OwnLines(description.sessions().applicationNames()));
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static Duration atLeastZero(Duration duration) {
        return duration.isNegative() ? Duration.ZERO : duration;
    }
}
