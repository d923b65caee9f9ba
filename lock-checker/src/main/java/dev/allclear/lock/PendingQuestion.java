package dev.allclear.lock;

import dev.allclear.postgres.DatabaseFailure;
import dev.allclear.postgres.Session;
import dev.allclear.postgres.Statements;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Instant;
import java.util.function.Function;

/** Something to be asked over the sampler's connection, and its answer. Asked again after a failure, until that is hopeless. */
final class PendingQuestion<T> {
    private static final int MOST_ATTEMPTS = 3;

    private final Function<Statements, Future<T>> work;
    private final Instant patientUntil;
    private final Promise<T> answer = Promise.promise();
    private int attempts;

    /** @param patientUntil how long a server that cannot be reached may take to come back */
    PendingQuestion(Function<Statements, Future<T>> work, Instant patientUntil) {
        this.work = work;
        this.patientUntil = patientUntil;
    }

    Future<T> answer() {
        return answer.future();
    }

    Future<Void> ask(Session session) {
        attempts++;
        return session.read(work).onSuccess(answer::tryComplete).mapEmpty();
    }

    void fail(Throwable cause) {
        answer.tryFail(cause);
    }

    /** @param failures in a row, of whatever was tried: a question is not even asked while nothing can be opened */
    boolean isHopeless(Throwable cause, int failures, Instant now) {
        if (!(cause instanceof DatabaseFailure failure)) {
            return true;
        }
        boolean tried = failures >= MOST_ATTEMPTS || attempts >= MOST_ATTEMPTS;
        return tried && (!isPassing(failure) || now.isAfter(patientUntil));
    }

    /** A server that starts, stops or does not answer may be back soon; one that refuses our role will not change its mind. */
    private static boolean isPassing(DatabaseFailure failure) {
        return failure.kind() == DatabaseFailure.Kind.UNREACHABLE
                && failure.sqlState().map(state -> state.startsWith("57P")).orElse(true);
    }
}
