package dev.allclear.testkit;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** Calls a check on a Vert.x context, as its host does, and feels the context's pulse meanwhile. */
final class HeartbeatProbe {
    private static final long BEAT_MILLIS = 20;

    private final Vertx vertx;
    private final AtomicLong longest = new AtomicLong();

    HeartbeatProbe(Vertx vertx) {
        this.vertx = vertx;
    }

    <T> Future<T> call(Supplier<Future<T>> work) {
        Promise<T> done = Promise.promise();
        Context context = vertx.getOrCreateContext();
        context.runOnContext(begun -> {
            long[] last = {System.nanoTime()};
            long timer = vertx.setPeriodic(BEAT_MILLIS, beat -> pulse(last));
            Future<T> answer;
            try {
                answer = work.get();
            } catch (RuntimeException thrown) {
                answer = Future.failedFuture(thrown);
            }
            pulse(last);
            answer.onComplete(outcome -> context.runOnContext(ended -> {
                vertx.cancelTimer(timer);
                pulse(last);
                done.handle(outcome);
            }));
        });
        return done.future();
    }

    /** The longest time for which the context did nothing but the check's own work. */
    Duration longestPause() {
        return Duration.ofNanos(longest.get());
    }

    private void pulse(long[] last) {
        long now = System.nanoTime();
        longest.accumulateAndGet(now - last[0], Math::max);
        last[0] = now;
    }
}
