package dev.allclear.lock;

import dev.allclear.check.Baseline;
import dev.allclear.model.CheckReport;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Optional;

/** One run under observation, and what was answered about it: calls that come again get the same answer. */
final class Observation {
    private final LockSampler sampler;
    private final Instant begun;
    private Optional<Future<Baseline>> baseline = Optional.empty();
    private Optional<Future<CheckReport>> report = Optional.empty();

    Observation(LockSampler sampler, Instant begun) {
        this.sampler = sampler;
        this.begun = begun;
    }

    LockSampler sampler() {
        return sampler;
    }

    Instant begun() {
        return begun;
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
        return sampler.isStopped() && report().isEmpty();
    }

    synchronized Future<CheckReport> reportIs(Future<CheckReport> answer) {
        report = Optional.of(answer);
        return answer;
    }
}
