package dev.allclear.service;

import dev.allclear.check.Baseline;
import dev.allclear.check.CheckContext;
import dev.allclear.check.Checker;
import dev.allclear.event.MigrationCompleted;
import dev.allclear.event.MigrationStarted;
import dev.allclear.model.CheckName;
import dev.allclear.model.CheckReport;
import dev.allclear.model.Cost;
import dev.allclear.model.DatabaseName;
import dev.allclear.model.RunId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Notes how it was called; answers what the test tells it to, and well otherwise. */
final class FakeChecker implements Checker {
    /** Method names and runs, in order: {@code before r1}, {@code after r1}. */
    final List<String> calls = new CopyOnWriteArrayList<>();

    final List<Optional<Baseline>> baselines = new CopyOnWriteArrayList<>();
    final List<MigrationCompleted> completions = new CopyOnWriteArrayList<>();
    final List<CheckContext> contexts = new CopyOnWriteArrayList<>();

    interface Before {
        Future<Baseline> of(CheckContext context);
    }

    interface After {
        Future<CheckReport> of(CheckContext context);
    }

    Before before = context ->
            Future.succeededFuture(new Baseline(Map.of("rows", 7), Optional.of(Instant.parse("2026-01-31T12:00:00Z"))));
    After after =
            context -> Future.succeededFuture(context.report("all rows are there", List.of(), Map.of(), Cost.NONE));

    static <T> Future<T> never() {
        return Promise.<T>promise().future();
    }

    @Override
    public CheckName name() {
        return CheckName.ROWS;
    }

    @Override
    public Future<Baseline> before(MigrationStarted started, CheckContext context) {
        calls.add("before " + context.run());
        contexts.add(context);
        return before.of(context);
    }

    @Override
    public Future<CheckReport> after(MigrationCompleted completed, Optional<Baseline> baseline, CheckContext context) {
        calls.add("after " + context.run());
        completions.add(completed);
        baselines.add(baseline);
        contexts.add(context);
        return after.of(context);
    }

    @Override
    public void resume(MigrationStarted started, Optional<Baseline> baseline, CheckContext context) {
        calls.add("resume " + context.run());
        baselines.add(baseline);
    }

    @Override
    public void forget(DatabaseName database, RunId run) {
        calls.add("forget " + run);
    }

    @Override
    public void close() {
        calls.add("close");
    }
}
