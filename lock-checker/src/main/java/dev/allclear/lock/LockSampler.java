package dev.allclear.lock;

import dev.allclear.model.Cost;
import dev.allclear.postgres.DatabaseFailure;
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
import java.util.Deque;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Watches the lock table for one run, over one connection that it keeps. A lost connection is opened again, ever less
 * impatiently, and the time between is noted as a gap. Questions are asked over the same connection, between two samples.
 * Thread-safe; stops by itself after {@link #LONGEST_LIFE}.
 */
final class LockSampler {
    static final Duration LONGEST_LIFE = Duration.ofHours(24);
    private static final int MOST_ATTEMPTS = 3;
    /** A proxy that pools transactions hands us another server session, which does not know our prepared statement. */
    private static final String UNKNOWN_STATEMENT = "26000";

    private final Vertx vertx;
    private final Clock clock;
    private final Visit visit;
    private final Pace pace;
    private final LockTimeline timeline;
    private final Instant end;
    private final Deque<Question<?>> questions = new ArrayDeque<>();
    private Optional<Session> session = Optional.empty();
    private long timer = -1;
    private boolean busy;
    private boolean stopped;
    private volatile boolean poolBetween;
    private int failures;

    private static final class Question<T> {
        private final Function<Statements, Future<T>> work;
        private final Promise<T> answer = Promise.promise();
        private int attempts;

        Question(Function<Statements, Future<T>> work) {
            this.work = work;
        }

        Future<Void> ask(Session session) {
            attempts++;
            return session.read(work).onSuccess(answer::tryComplete).mapEmpty();
        }
    }

    LockSampler(Vertx vertx, Clock clock, Visit visit, Duration interval, LockTimeline timeline) {
        this.vertx = vertx;
        this.clock = clock;
        this.visit = visit;
        this.pace = new Pace(interval);
        this.timeline = timeline;
        this.end = clock.instant().plus(LONGEST_LIFE);
    }

    void start() {
        next(Duration.ZERO);
    }

    /** Asks between two samples; fails when three attempts in a row got no answer, or the sampler is stopped. */
    <T> Future<T> ask(Function<Statements, Future<T>> work) {
        Question<T> question = new Question<>(work);
        synchronized (this) {
            if (stopped) {
                return Future.failedFuture(new IllegalStateException("the observation has been stopped"));
            }
            questions.add(question);
        }
        next(Duration.ZERO);
        return question.answer.future();
    }

    /** Reads what was seen so far; the work must not keep the timeline. */
    synchronized <T> T seen(Function<LockTimeline, T> work) {
        return work.apply(timeline);
    }

    /** Takes the first look for a sample, of a run that began at the moment. */
    synchronized void add(LockSample sample, Instant runBegan) {
        timeline.began(runBegan);
        timeline.add(sample);
    }

    /** Takes one more look for a sample. One that came much later than it should is a gap too, though nothing failed. */
    synchronized void add(LockSample sample) {
        Duration longest = pace.period().multipliedBy(4).plusMillis(500);
        if (timeline.to()
                .filter(last -> last.plus(longest).isBefore(sample.at()))
                .isPresent()) {
            timeline.interrupt();
        }
        timeline.add(sample);
    }

    synchronized Duration period() {
        return pace.period();
    }

    Cost cost() {
        return visit.cost();
    }

    synchronized boolean isStopped() {
        return stopped;
    }

    /** Ends the observation and its connection; unanswered questions fail. Idempotent. */
    void stop() {
        Deque<Question<?>> unanswered;
        synchronized (this) {
            stopped = true;
            unanswered = new ArrayDeque<>(questions);
            questions.clear();
            vertx.cancelTimer(timer);
            if (!busy) {
                closeSession();
            }
        }
        unanswered.forEach(
                question -> question.answer.tryFail(new IllegalStateException("the observation has been stopped")));
    }

    private synchronized void next(Duration pause) {
        if (stopped || busy) {
            return; // whoever is busy goes on with what is due
        }
        vertx.cancelTimer(timer);
        timer = vertx.setTimer(Math.max(1, pause.toMillis()), fired -> turn());
    }

    private void turn() {
        synchronized (this) {
            if (stopped || busy) {
                return;
            }
            if (clock.instant().isAfter(end)) {
                stop();
                return;
            }
            busy = true;
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
        return visit.session().compose(this::prepared).onSuccess(opened -> {
            synchronized (this) {
                session = Optional.of(opened);
            }
        });
    }

    private Future<Session> prepared(Session opened) {
        return poolBetween
                ? Future.succeededFuture(opened)
                : opened.read(tx -> tx.simple(LockSql.PREPARE)).map(opened).onFailure(failed -> opened.close());
    }

    private Future<Void> work(Session open) {
        Question<?> question;
        synchronized (this) {
            question = questions.peek();
        }
        if (question == null) {
            return sample(open);
        }
        return question.ask(open).onSuccess(answered -> {
            synchronized (this) {
                questions.remove(question);
            }
        });
    }

    private Future<Void> sample(Session open) {
        Set<Integer> holders = seen(LockTimeline::holders);
        Duration before = visit.cost().databaseTime();
        return open.read(tx -> poolBetween
                        ? tx.query(LockSql.SAMPLE, (Object) holders.toArray(new Integer[0]))
                        : tx.simple(LockSql.execute(holders)))
                .map(rows -> {
                    LockSample sample = LockRows.sample(rows);
                    synchronized (this) {
                        pace.took(visit.cost().databaseTime().minus(before));
                        add(sample);
                    }
                    return null;
                });
    }

    private synchronized Duration succeeded(Duration took) {
        busy = false;
        failures = 0;
        if (stopped) {
            closeSession();
        }
        Duration left = pace.period().minus(took);
        return left.isNegative() || !questions.isEmpty() ? Duration.ZERO : left;
    }

    private Duration failed(Throwable cause) {
        Question<?> hopeless = null;
        Duration pause;
        synchronized (this) {
            busy = false;
            failures++;
            poolBetween |= cause instanceof DatabaseFailure failure
                    && failure.sqlState().filter(UNKNOWN_STATEMENT::equals).isPresent();
            timeline.interrupt();
            Question<?> asked = questions.peek();
            // counted over all failures in a row, since a question is not even asked while nothing can be opened
            if (asked != null && (failures >= MOST_ATTEMPTS || asked.attempts >= MOST_ATTEMPTS || isOurs(cause))) {
                hopeless = questions.poll();
            }
            closeSession();
            pause = pace.backOff(failures);
        }
        if (hopeless != null) {
            hopeless.answer.tryFail(cause);
        }
        return pause;
    }

    private static boolean isOurs(Throwable cause) {
        return !(cause instanceof DatabaseFailure);
    }

    private synchronized void closeSession() {
        session.ifPresent(Session::close);
        session = Optional.empty();
    }
}
