package dev.allclear.lock;

import dev.allclear.model.Cost;
import dev.allclear.postgres.DatabaseFailure;
import dev.allclear.postgres.ResultRow;
import dev.allclear.postgres.Session;
import dev.allclear.postgres.Statements;
import dev.allclear.postgres.Visit;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Looks at one database for all runs that are observed there, over one connection that it keeps. A lost connection is opened again,
 * ever less impatiently, and the time between is noted as a gap. Questions are asked over the same connection, between two looks.
 * Thread-safe; stops for good when nobody watches any more.
 */
final class LockSampler {
    /** A proxy that pools transactions hands us another server session, which does not know our prepared statements. */
    private static final String UNKNOWN_STATEMENT = "26000";

    private final Vertx vertx;
    private final Clock clock;
    private final Visit visit;
    private final Pace pace;
    private final List<Watcher> watchers = new ArrayList<>();
    private final Deque<PendingQuestion<?>> questions = new ArrayDeque<>();
    private Promise<Void> nextRead = Promise.promise();
    private Optional<Session> session = Optional.empty();
    private Optional<Instant> lastGlance = Optional.empty();
    private Optional<Instant> lastRead = Optional.empty();
    private volatile long database;
    private volatile boolean poolBetween;
    private long timer = -1;
    private boolean busy;
    private boolean stopped;
    private int failures;

    private record Watcher(LockTimeline timeline, Instant end) {}

    LockSampler(Vertx vertx, Clock clock, Visit visit, Duration interval) {
        this.vertx = vertx;
        this.clock = clock;
        this.visit = visit;
        this.pace = new Pace(interval);
    }

    /** Begins to add looks to the timeline, at the latest until {@code end}; false when it has stopped already. */
    synchronized boolean watch(LockTimeline timeline, Instant end) {
        if (stopped) {
            return false;
        }
        watchers.add(new Watcher(timeline, end));
        lastRead = Optional.empty(); // what is there already shows at the next look
        next(Duration.ZERO);
        return true;
    }

    /** Adds nothing to the timeline any more, and stops when it was the last. Idempotent. */
    void unwatch(LockTimeline timeline) {
        boolean alone;
        synchronized (this) {
            watchers.removeIf(watcher -> watcher.timeline() == timeline);
            alone = watchers.isEmpty();
        }
        if (alone) {
            stop();
        }
    }

    synchronized boolean isWatching(LockTimeline timeline) {
        return watchers.stream().anyMatch(watcher -> watcher.timeline() == timeline);
    }

    /** Asks between two looks; fails when it is hopeless, by {@link PendingQuestion}'s measure, or the sampler is stopped. */
    <T> Future<T> ask(Function<Statements, Future<T>> work, Duration patience) {
        PendingQuestion<T> question =
                new PendingQuestion<>(work, clock.instant().plus(patience));
        synchronized (this) {
            if (stopped) {
                return Future.failedFuture(stoppedAlready());
            }
            questions.add(question);
        }
        next(Duration.ZERO);
        return question.answer();
    }

    /** Completes when the lock table was read the next time: the first read of a connection, which has to be planned, takes longest. */
    synchronized Future<Void> nextRead() {
        lastRead = Optional.empty();
        return nextRead.future();
    }

    /** Reads or notes something in a timeline between two looks; the work must not keep it. */
    synchronized <T> T with(LockTimeline timeline, Function<LockTimeline, T> work) {
        return work.apply(timeline);
    }

    synchronized Duration period() {
        return pace.period();
    }

    Cost cost() {
        return visit.cost();
    }

    private void stop() {
        Deque<PendingQuestion<?>> unanswered;
        synchronized (this) {
            stopped = true;
            nextRead.tryFail(stoppedAlready());
            unanswered = new ArrayDeque<>(questions);
            questions.clear();
            vertx.cancelTimer(timer);
            if (!busy) {
                closeSession();
            }
        }
        unanswered.forEach(question -> question.fail(stoppedAlready()));
    }

    private static IllegalStateException stoppedAlready() {
        return new IllegalStateException("the observation has been stopped");
    }

    private synchronized void next(Duration pause) {
        if (stopped || busy) {
            return; // whoever is busy goes on with what is due
        }
        vertx.cancelTimer(timer);
        timer = vertx.setTimer(Math.max(1, pause.toMillis()), fired -> turn());
    }

    private void turn() {
        boolean nobody;
        synchronized (this) {
            if (stopped || busy) {
                return;
            }
            watchers.removeIf(watcher -> clock.instant().isAfter(watcher.end()));
            nobody = watchers.isEmpty();
            busy = !nobody;
        }
        if (nobody) {
            stop();
            return;
        }
        long begun = System.nanoTime();
        opened().compose(this::work).onComplete(done -> {
            Duration took = Duration.ofNanos(System.nanoTime() - begun);
            Duration pause = done.succeeded() ? succeeded(took) : failed(done.cause());
            next(pause);
        });
    }

    private Future<Session> opened() {
        synchronized (this) {
            if (session.isPresent()) {
                return Future.succeededFuture(session.get());
            }
        }
        return visit.session()
                .compose(opened -> prepared(opened).map(opened).onFailure(failed -> opened.close()))
                .onSuccess(opened -> {
                    synchronized (this) {
                        session = Optional.of(opened);
                    }
                });
    }

    private Future<Void> prepared(Session opened) {
        return opened.read(tx -> tx.query(LockSql.FACTS)).compose(facts -> {
            database = facts.get(0).number("oid");
            return poolBetween
                    ? Future.succeededFuture()
                    : opened.prepare(LockSql.PREPARE_GLANCE).compose(done -> opened.prepare(LockSql.PREPARE_SAMPLE));
        });
    }

    private Future<Void> work(Session open) {
        PendingQuestion<?> question;
        synchronized (this) {
            question = questions.peek();
        }
        if (question == null) {
            return look(open);
        }
        return question.ask(open).onSuccess(answered -> {
            synchronized (this) {
                questions.remove(question);
            }
        });
    }

    private Future<Void> look(Session open) {
        return open.readOnce(LockSql.glance(wanted(), lastRead().orElse(Instant.EPOCH), database, !poolBetween))
                .compose(rows -> isReadDue(rows)
                        ? open.readOnce(LockSql.sample(wanted(), !poolBetween))
                                .map(this::read)
                                .onSuccess(Promise::tryComplete)
                                .mapEmpty()
                        : Future.succeededFuture());
    }

    private synchronized Optional<Instant> lastRead() {
        return lastRead;
    }

    private synchronized Set<Integer> wanted() {
        Set<Integer> pids = new HashSet<>();
        watchers.forEach(watcher -> pids.addAll(watcher.timeline().wanted()));
        return pids;
    }

    /** Takes the glance in, and says whether it makes the lock table worth reading now. */
    private synchronized boolean isReadDue(List<ResultRow> rows) {
        Glance glance = LockRows.glance(rows);
        Instant at = glance.at();
        pace.glanced(
                LockRows.took(rows),
                lastGlance.map(last -> Duration.between(last, at)).orElse(Duration.ZERO));
        boolean news = glance.hasNews()
                || watchers.stream().anyMatch(watcher -> watcher.timeline().isNews(glance));
        noteLateness(at);
        watchers.forEach(watcher -> watcher.timeline().add(glance));
        lastGlance = Optional.of(at);
        return lastRead.map(read -> pace.isDue(news, Duration.between(read, at)))
                .orElse(true);
    }

    /** Takes the read in, and returns what waits for it. */
    private synchronized Promise<Void> read(List<ResultRow> rows) {
        LockSample sample = LockRows.sample(rows);
        pace.readLocks(LockRows.took(rows));
        noteLateness(sample.at());
        watchers.forEach(watcher -> watcher.timeline().add(sample));
        lastRead = Optional.of(sample.at());
        Promise<Void> awaited = nextRead;
        nextRead = Promise.promise();
        return awaited;
    }

    /** A look that came much later than it should is a gap too, though nothing failed. */
    private void noteLateness(Instant at) {
        Duration longest = Pace.longestBetween(pace.period());
        watchers.forEach(watcher -> watcher.timeline().expectBefore(at, longest));
    }

    private synchronized Duration succeeded(Duration took) {
        busy = false;
        failures = 0;
        if (stopped) {
            closeSession();
        }
        boolean closer =
                watchers.stream().anyMatch(watcher -> watcher.timeline().isWorthACloserLook());
        Duration left = pace.period().dividedBy(closer ? 2 : 1).minus(took);
        // on a slow server half the time at least is left to it
        Duration pause = left.compareTo(took) < 0 && left.isNegative() ? took : left;
        return !questions.isEmpty() || pause.isNegative() ? Duration.ZERO : pause;
    }

    private Duration failed(Throwable cause) {
        Optional<PendingQuestion<?>> hopeless = Optional.empty();
        Duration pause;
        synchronized (this) {
            busy = false;
            failures++;
            poolBetween |= cause instanceof DatabaseFailure failure
                    && failure.sqlState().filter(UNKNOWN_STATEMENT::equals).isPresent();
            watchers.forEach(watcher -> watcher.timeline().interrupt());
            int inARow = failures;
            hopeless = Optional.<PendingQuestion<?>>ofNullable(questions.peek())
                    .filter(question -> question.isHopeless(cause, inARow, clock.instant()));
            hopeless.ifPresent(questions::remove);
            closeSession();
            pause = pace.backOff(failures);
        }
        hopeless.ifPresent(question -> question.fail(cause));
        return pause;
    }

    private synchronized void closeSession() {
        session.ifPresent(Session::close);
        session = Optional.empty();
    }
}
