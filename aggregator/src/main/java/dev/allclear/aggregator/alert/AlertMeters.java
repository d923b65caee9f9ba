package dev.allclear.aggregator.alert;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;

/** What is counted of each target: {@code allclear.alerts} by {@code outcome}, and repetitions apart. */
final class AlertMeters {
    private final MeterRegistry registry;

    AlertMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    /** One attempt: {@code accepted}, {@code later} or {@code refused}. */
    void attempted(String target, Reply reply) {
        count("allclear.alerts.attempts", target, reply.kind().name().toLowerCase(Locale.ROOT));
    }

    /** All that fires was told again. */
    void repeated(String target, Reply reply) {
        count("allclear.alerts.repetitions", target, reply.kind().name().toLowerCase(Locale.ROOT));
    }

    /** An alert was given up because of its age: somebody was not told. */
    void expired(String target) {
        count("allclear.alerts.given.up", target, "expired");
    }

    /** An alert was given up because the target calls it malformed: somebody was not told. */
    void refused(String target) {
        count("allclear.alerts.given.up", target, "refused");
    }

    private void count(String name, String target, String outcome) {
        registry.counter(name, "target", target, "outcome", outcome).increment();
    }
}
