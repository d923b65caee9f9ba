package dev.allclear.latency;

/**
 * What executions of one statement took together, as PostgreSQL counts them; windows add up and subtract exactly, mean and variance
 * included, since {@code squares = calls * (deviation² + mean²)}. Pure.
 *
 * @param squares the sum of each execution's milliseconds squared
 * @param blocks shared blocks, hit or read
 */
record TrafficWindow(long calls, double millis, double squares, long blocks) {
    static final TrafficWindow NONE = new TrafficWindow(0, 0, 0, 0);

    TrafficWindow plus(TrafficWindow other) {
        return new TrafficWindow(
                calls + other.calls, millis + other.millis, squares + other.squares, blocks + other.blocks);
    }

    /** What came after an earlier count of the same counters. */
    TrafficWindow since(TrafficWindow earlier) {
        return new TrafficWindow(
                calls - earlier.calls,
                Math.max(0, millis - earlier.millis),
                Math.max(0, squares - earlier.squares),
                Math.max(0, blocks - earlier.blocks));
    }

    /** Whether these counters can have grown out of the earlier ones; if not, they were reset or evicted in between. */
    boolean continues(TrafficWindow earlier) {
        return calls >= earlier.calls && millis >= earlier.millis && blocks >= earlier.blocks;
    }

    double mean() {
        return calls == 0 ? 0 : millis / calls;
    }

    double variance() {
        return calls == 0 ? 0 : Math.max(0, squares / calls - mean() * mean());
    }

    double blocksPerCall() {
        return calls == 0 ? 0 : (double) blocks / calls;
    }
}
