package dev.allclear.aggregator;

import dev.allclear.service.ProcessHost;

/** The aggregator's own process: {@code java -jar aggregator.jar [--config FILE]}. */
public final class AggregatorMain {
    private AggregatorMain() {}

    /** Starts and returns; the process lives until it is told to end, or until the aggregator dies, then with exit code 1. */
    public static void main(String[] args) {
        ProcessHost.run("allclear aggregator", args, System.getenv(), parts -> {
            AggregatorProgram program = AggregatorProgram.start(parts);
            // in a thread of its own: the shutdown hook waits for the threads that report the death
            program.aggregator().ended().onFailure(death -> new Thread(() -> System.exit(1), "aggregator-death")
                    .start());
            return program;
        });
    }
}
