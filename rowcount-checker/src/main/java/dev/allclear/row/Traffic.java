package dev.allclear.row;

import dev.allclear.postgres.DatabaseFailure;
import dev.allclear.postgres.Visit;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Watches whether somebody writes tables while no migration runs any more: then a total cannot be laid at the migration's door. */
final class Traffic {
    /** A server process reports its tuple counts up to a second late (PGSTAT_MIN_INTERVAL), so the migration's own may still come. */
    static final Duration STATISTICS_DELAY = Duration.ofMillis(1_100);

    private final Vertx vertx;
    private final Duration patience;

    /** @param patience how long to watch at most before the doubt stays */
    Traffic(Vertx vertx, Duration patience) {
        this.vertx = vertx;
        this.patience = patience;
    }

    /**
     * What others may have to do with a difference.
     *
     * @param distance how many rows the total is off; 0 when it is as expected, and may be so by coincidence
     * @param before the counters at the count before; empty when unknown
     */
    Future<Others> watch(Visit visit, List<Relation> relations, long distance, Optional<WriteCounters> before) {
        return WriteCounters.read(visit, relations)
                .compose(now -> {
                    Doubt doubt = new Doubt(distance, before, now);
                    return doubt.isSettled()
                            ? Future.succeededFuture(doubt.settled())
                            : watchFrom(visit, relations, distance, before);
                })
                .recover(cause -> cause instanceof DatabaseFailure
                        ? Future.succeededFuture(new Others(Others.State.UNKNOWN, Duration.ZERO, Duration.ZERO))
                        : Future.failedFuture(cause));
    }

    private Future<Others> watchFrom(
            Visit visit, List<Relation> relations, long distance, Optional<WriteCounters> before) {
        return pause(STATISTICS_DELAY)
                .compose(waited -> WriteCounters.read(visit, relations))
                .compose(first -> watch(visit, relations, new Doubt(distance, before, first)));
    }

    private record Doubt(long distance, Optional<WriteCounters> before, WriteCounters first) {
        Duration window(WriteCounters now) {
            return Duration.between(before.map(WriteCounters::clock).orElse(first.clock()), now.clock());
        }

        /** As expected, and nobody, not even the migration, has inserted or deleted a row: no coincidence. */
        boolean isSettled() {
            return distance == 0
                    && first.counting()
                    && before.filter(then -> then.counting() && !first.movedSince(then))
                            .isPresent()
                    && window(first).compareTo(STATISTICS_DELAY.multipliedBy(2)) > 0;
        }

        Others settled() {
            return new Others(Others.State.UNLIKELY, window(first), window(first));
        }

        Others judge(WriteCounters now) {
            Duration watched = Duration.between(first.clock(), now.clock());
            Duration window = window(now);
            if (!now.counting() || !first.counting() || before.isEmpty()) {
                return new Others(Others.State.UNKNOWN, watched, window);
            }
            if (now.movedSince(first)) {
                return new Others(Others.State.WRITING, watched, window);
            }
            WriteCounters then = before.get();
            if (distance == 0) {
                Duration quiet = now.changedSince(first) ? Duration.ZERO : watched;
                boolean coincidence = TrafficJudge.mayBeCoincidence(window, quiet, then.usual());
                return new Others(coincidence ? Others.State.COMPENSATING : Others.State.UNLIKELY, watched, window);
            }
            boolean possible = TrafficJudge.mayBeOthers(distance, window, watched, then.rate());
            return new Others(possible ? Others.State.POSSIBLE : Others.State.UNLIKELY, watched, window);
        }

        /** A total is as expected: where their history is shorter than the time in question, they are watched as long as that. */
        boolean isWatchedEnough(Others others) {
            Duration inQuestion = others.window().minus(others.watched());
            double history = before.map(WriteCounters::history).orElse(0.0);
            return distance > 0
                    || others.watched().compareTo(inQuestion) >= 0
                    || history * 1_000 >= inQuestion.toMillis();
        }
    }

    private Future<Others> watch(Visit visit, List<Relation> relations, Doubt doubt) {
        return pause(STATISTICS_DELAY)
                .compose(waited -> WriteCounters.read(visit, relations))
                .compose(now -> {
                    Others others = doubt.judge(now);
                    boolean open = others.isOpen()
                            || (others.state() == Others.State.UNLIKELY && !doubt.isWatchedEnough(others));
                    boolean longer = open && others.watched().compareTo(patience) < 0;
                    return longer ? watch(visit, relations, doubt) : Future.succeededFuture(others);
                });
    }

    Future<Void> pause(Duration time) {
        return Future.future(promise -> vertx.setTimer(Math.max(1, time.toMillis()), fired -> promise.complete()));
    }
}
