package dev.allclear.latency;

import java.util.Optional;

/** Which of two measurements of the same query after the migration counts. Pure. */
final class Retest {
    private Retest() {}

    /**
     * The second one, which confirms or clears. When there was no budget for it, a query that overran the server's time-out stays
     * overrun, and one that was only slower by the clock is left without times: it is unproven.
     */
    static Probe settle(Probe before, Probe first, Probe second) {
        if (!second.failedWith(ProbeFailure.Kind.BUDGET)) {
            return second;
        }
        if (first.failure().isPresent() || TimeComparison.slower(before, first).isEmpty()) {
            return first;
        }
        return new Probe(
                first.query(),
                first.parameters(),
                first.set(),
                first.generic(),
                first.custom(),
                first.blocks(),
                java.util.List.of(),
                java.util.List.of(),
                first.observed(),
                Optional.of(new ProbeFailure(
                        ProbeFailure.Kind.BUDGET,
                        "",
                        "looked slower once, but no budget is left to measure it again")));
    }
}
