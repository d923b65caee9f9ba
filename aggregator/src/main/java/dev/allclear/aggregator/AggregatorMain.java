package dev.allclear.aggregator;

import dev.allclear.service.ProcessHost;

/** The aggregator's own process: {@code java -jar aggregator.jar [--config FILE]}. */
public final class AggregatorMain {
    private AggregatorMain() {}

    /** Starts and returns; the process lives until it is told to end, or until the aggregator dies. */
    public static void main(String[] args) {
        ProcessHost.run("allclear aggregator", args, System.getenv(), AggregatorProgram::start);
    }
}
