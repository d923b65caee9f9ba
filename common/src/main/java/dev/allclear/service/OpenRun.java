package dev.allclear.service;

import dev.allclear.model.DatabaseName;
import dev.allclear.model.RunId;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** A run that this instance observes: the steps of one run happen one after another. For the host's context only. */
final class OpenRun {
    private final RunId run;
    private final DatabaseName database;
    private final Instant since;
    private Future<Void> last = Future.succeededFuture();
    private Optional<Future<Void>> announced = Optional.empty();
    private Optional<Future<Void>> completed = Optional.empty();
    private Optional<Call<?>> current = Optional.empty();
    private boolean abandoned;

    OpenRun(RunId run, DatabaseName database, Instant since) {
        this.run = run;
        this.database = database;
        this.since = since;
    }

    RunKey key() {
        return new RunKey(database, run);
    }

    RunId run() {
        return run;
    }

    DatabaseName database() {
        return database;
    }

    Instant since() {
        return since;
    }

    boolean isCompleting() {
        return completed.isPresent();
    }

    boolean isAbandoned() {
        return abandoned;
    }

    /** The announcement is handled once; a second one shares the first one's future, unless that has failed. */
    Future<Void> announce(Supplier<Future<Void>> step) {
        if (announced.isEmpty() || announced.get().failed()) {
            announced = Optional.of(inTurn(step));
        }
        return announced.get();
    }

    /** As {@link #announce}, for the completion. */
    Future<Void> complete(Supplier<Future<Void>> step) {
        if (completed.isEmpty() || completed.get().failed()) {
            completed = Optional.of(inTurn(step));
        }
        return completed.get();
    }

    <T> Future<T> calling(Call<T> call) {
        current = Optional.of(call);
        return call.answer();
    }

    /** Cancels what is going on and lets nothing further begin. */
    void abandon() {
        abandoned = true;
        current.ifPresent(Call::abandon);
    }

    private Future<Void> inTurn(Supplier<Future<Void>> step) {
        Future<Void> mine =
                last.transform(ignored -> abandoned ? Future.failedFuture(new Call.Abandoned()) : step.get());
        last = mine;
        return mine;
    }
}
