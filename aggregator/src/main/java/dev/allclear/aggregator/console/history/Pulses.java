package dev.allclear.aggregator.console.history;

import dev.allclear.event.AllclearEvent;
import dev.allclear.event.BaselineCaptured;
import dev.allclear.event.CheckCompleted;
import dev.allclear.event.CheckStarted;
import dev.allclear.event.VerdictReached;
import dev.allclear.kafka.ReceivedEvent;
import dev.allclear.model.CheckName;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** When each service was last heard, as the topics show it. Not thread-safe: the history guards it and gives copies away. */
public final class Pulses {
    private static final int MOST_CHECKS = 100;

    private final Map<CheckName, CheckPulse> checks = new TreeMap<>();
    private Optional<Instant> lastVerdict = Optional.empty();

    Pulses() {}

    void accept(ReceivedEvent received) {
        AllclearEvent event = received.event();
        Instant at = received.timestamp();
        if (event instanceof CheckCompleted completed) {
            heard(completed.report().check(), pulse -> pulse.answered(completed.report(), at));
        } else if (event instanceof CheckStarted started) {
            heard(started.check(), pulse -> pulse.heard(at));
        } else if (event instanceof BaselineCaptured baseline) {
            heard(baseline.check(), pulse -> pulse.heard(at));
        } else if (event instanceof VerdictReached reached) {
            lastVerdict = Optional.of(latest(lastVerdict, at));
            if (reached.verdict().isFinal()) {
                reached.verdict().missing().forEach(check -> heard(check, pulse -> pulse.missing(event.run(), at)));
            }
        }
    }

    private void heard(CheckName check, java.util.function.UnaryOperator<CheckPulse> change) {
        if (checks.containsKey(check) || checks.size() < MOST_CHECKS) {
            checks.put(check, change.apply(checks.getOrDefault(check, CheckPulse.of(check))));
        }
    }

    static Instant latest(Optional<Instant> known, Instant at) {
        return known.filter(before -> before.isAfter(at)).orElse(at);
    }

    /** By check; one that was never heard of is not there. */
    public Map<CheckName, CheckPulse> checks() {
        return Collections.unmodifiableMap(checks);
    }

    /** When the aggregator last decided. */
    public Optional<Instant> lastVerdict() {
        return lastVerdict;
    }

    Pulses copy() {
        Pulses copy = new Pulses();
        copy.checks.putAll(checks);
        copy.lastVerdict = lastVerdict;
        return copy;
    }
}
