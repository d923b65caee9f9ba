package dev.allclear.row;

import java.time.Duration;

/**
 * Whether others, writing as rarely as they were seen to, can have made a difference. Writes are taken as independent of one another
 * (Poisson); a batch that others run once in a while is not foreseen.
 */
final class TrafficJudge {
    /** Of a thousand runs, one may be told wrongly. */
    private static final double DOUBT = 0.001;

    private static final double SURPRISE = -Math.log(DOUBT);

    /** So many writes of others, on average, in the time between two counts are none. */
    private static final double NONE = 0.05;

    private TrafficJudge() {}

    static double perSecond(long events, double seconds) {
        return events / Math.max(seconds, 0.001);
    }

    /** The highest rate at which so few events in that time are not yet a surprise. */
    static double mostPerSecond(long events, double seconds) {
        return (events + 3 * Math.sqrt((double) events) + SURPRISE) / Math.max(seconds, 0.001);
    }

    /**
     * @param distance how many rows a count is off
     * @param window the time in which others could write
     * @param quiet for how long they were watched and wrote nothing
     * @param historicRate their rate at most, by history; infinite when unknown
     */
    static boolean mayBeOthers(long distance, Duration window, Duration quiet, double historicRate) {
        double rate = Math.min(historicRate, mostPerSecond(0, seconds(quiet)));
        return atLeast(distance, rate * seconds(window)) > DOUBT;
    }

    /**
     * Whether a total can be as expected by coincidence: others are known to write, may have done so in that time and made up for what
     * the migration lost, and were not watched for long enough to say that they have ceased.
     *
     * @param window the time in which others could write
     * @param quiet for how long they were watched and wrote nothing
     * @param usualRate how many rows a second they wrote before, by history; 0 when nothing is known
     */
    static boolean mayBeCoincidence(Duration window, Duration quiet, double usualRate) {
        boolean ceased = Math.exp(-usualRate * seconds(quiet)) < DOUBT;
        return !ceased && usualRate * seconds(window) > NONE;
    }

    /** P(X &ge; count) of a Poisson distribution; far from its mean, by Chebyshev's bound. */
    static double atLeast(long count, double mean) {
        if (count <= 0) {
            return 1;
        }
        if (mean > 500) {
            double off = count - mean;
            return off <= 0 ? 1 : Math.min(1, mean / (off * off));
        }
        double term = Math.exp(-mean);
        double below = term;
        for (long i = 1; i < Math.min(count, 2_000); i++) {
            term *= mean / i;
            below += term;
        }
        return Math.max(0, 1 - below);
    }

    private static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }
}
