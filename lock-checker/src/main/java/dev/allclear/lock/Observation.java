package dev.allclear.lock;

import dev.allclear.check.Baseline;
import dev.allclear.model.CheckReport;
import dev.allclear.model.Cost;
import dev.allclear.postgres.Statements;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/**
 * One run under observation, and what was answered about it: calls that come again get the same answer. Ends by itself after
 * {@link #LONGEST_LIFE}.
 */
final class Observation {
    static final Duration LONGEST_LIFE = Duration.ofHours(24);
    /** How long a server that restarts may take before a question about it is given up. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final LockSampler sampler;
    private final LockTimeline timeline;
    private final Instant begun;
    private final Cost costBefore;
    private Optional<Future<Baseline>> baseline = Optional.empty();
    private Optional<Future<CheckReport>> report = Optional.empty();

    private Observation(LockSampler sampler, LockTimeline timeline, Instant begun) {
        this.sampler = sampler;
        this.timeline = timeline;
        this.begun = begun;
        this.costBefore = sampler.cost();
    }

    /** Empty when the sampler has stopped already. */
    static Optional<Observation> begin(LockSampler sampler, LockTimeline timeline, Instant now) {
        Observation observation = new Observation(sampler, timeline, now);
        return sampler.watch(timeline, now.plus(LONGEST_LIFE)) ? Optional.of(observation) : Optional.empty();
    }

    <T> Future<T> ask(Function<Statements, Future<T>> work) {
        return sampler.ask(work, PATIENCE);
    }

    <T> T seen(Function<LockTimeline, T> work) {
        return sampler.with(timeline, work);
    }

    /** Adds what a question brought to what was seen: it may have come as late as any look. */
    void take(LockSample sample) {
        Duration longest = Pace.longestBetween(sampler.period());
        seen(looks -> {
            looks.expectBefore(sample.at(), longest);
            looks.add(sample);
            return looks;
        });
    }

    /** Completes when the lock table was read as it will be from now on. */
    Future<Void> underWay() {
        return sampler.nextRead();
    }

    Duration period() {
        return sampler.period();
    }

    /** What looking has cost while this run was observed, for whichever run it was done. */
    Cost cost() {
        Cost now = sampler.cost();
        return new Cost(now.databaseTime().minus(costBefore.databaseTime()), now.queries() - costBefore.queries());
    }

    /** Ends the observation. Idempotent. */
    void stop() {
        sampler.unwatch(timeline);
    }

    boolean isStopped() {
        return !sampler.isWatching(timeline);
    }

    boolean isForgettable(Instant now) {
        return isStopped() && begun.plus(LONGEST_LIFE).isBefore(now);
    }

    synchronized Optional<Future<Baseline>> baseline() {
        return baseline;
    }

    synchronized Future<Baseline> baselineIs(Future<Baseline> answer) {
        baseline = Optional.of(answer);
        return answer;
    }

    synchronized Optional<Future<CheckReport>> report() {
        return report.filter(answer -> !answer.failed());
    }

    /** Over, without an answer to give again. */
    boolean isSpent() {
        return isStopped() && report().isEmpty();
    }

    synchronized Future<CheckReport> reportIs(Future<CheckReport> answer) {
        report = Optional.of(answer);
        return answer;
    }
}
