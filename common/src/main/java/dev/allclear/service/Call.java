package dev.allclear.service;

import dev.allclear.check.Cancellation;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * One call of a checker under a time limit. Whatever the checker does (never complete, throw, complete on another thread, return
 * null) the future completes, once, on the host's context.
 */
final class Call<T> {
    /** The limit has passed. */
    static final class TimedOut extends RuntimeException {
        private static final long serialVersionUID = 1;

        TimedOut() {
            super("timed out", null, false, false);
        }
    }

    /** The host no longer wants the answer: the run went to another instance, or the process ends. */
    static final class Abandoned extends RuntimeException {
        private static final long serialVersionUID = 1;

        Abandoned() {
            super("abandoned", null, false, false);
        }
    }

    private final Cancellation cancellation;
    private final Promise<T> answer = Promise.promise();

    private Call(Cancellation cancellation) {
        this.cancellation = cancellation;
    }

    /** Must be called on the context. */
    static <T> Call<T> begin(Context context, Duration limit, Cancellation cancellation, Supplier<Future<T>> work) {
        Call<T> call = new Call<>(cancellation);
        long timer = context.owner()
                .setTimer(
                        Math.max(1, limit.toMillis()),
                        ignored -> context.runOnContext(late -> {
                            call.answer.tryFail(new TimedOut());
                            cancellation.cancel();
                        }));
        Future<T> future;
        try {
            future = work.get();
        } catch (Throwable thrown) {
            future = Future.failedFuture(thrown);
        }
        if (future == null) {
            future = Future.failedFuture(new IllegalStateException("the checker returned no future"));
        }
        future.onComplete(done -> context.runOnContext(ignored -> {
            context.owner().cancelTimer(timer);
            if (done.failed()) {
                call.answer.tryFail(done.cause());
            } else if (done.result() == null) {
                call.answer.tryFail(new IllegalStateException("the checker returned no answer"));
            } else {
                call.answer.tryComplete(done.result());
            }
        }));
        return call;
    }

    Future<T> answer() {
        return answer.future();
    }

    void abandon() {
        answer.tryFail(new Abandoned());
        cancellation.cancel();
    }
}
