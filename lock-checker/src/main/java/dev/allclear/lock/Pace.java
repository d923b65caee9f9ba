package dev.allclear.lock;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How often to look, so that looking costs at most {@link #SHARE} of one core of the server: sessions every interval, or less often
 * where even that is dear; the lock table as often as what is left allows, sooner when there is news, and never more rarely than
 * {@link #RAREST} or what it costs demands. What a look costs is the least of its latest durations as the server measured them,
 * since a busy machine stretches most of them. Not thread-safe.
 */
final class Pace {
    static final double SHARE = 0.0018;
    static final Duration RAREST = Duration.ofSeconds(2);
    private static final double SHARE_OF_GLANCES = SHARE * 0.75;
    private static final double SHARE_WITHOUT_NEWS = SHARE * 0.2;
    private static final double SHARE_OF_NEWS = 0.001;
    private static final Duration LATEST_ON_NEWS = Duration.ofSeconds(1);
    private static final double MOST_RARELY = 20e9;
    private static final int SLOWEST = 20;
    /** In nanoseconds; saved up, and lent as well, so that several pieces of news in a row find the lock table readable. */
    private static final double MOST_CREDIT = 8_000_000;

    private final Duration interval;
    private final Recent glances = new Recent(250_000);
    private final Recent reads = new Recent(1_500_000);
    private double credit = MOST_CREDIT;

    private static final class Recent {
        private static final int KEPT = 8;
        /** The first looks of a connection fill the server's caches, which says nothing about those to come. */
        private static final int WARM = 3;

        private final double likely;
        private final Deque<Duration> durations = new ArrayDeque<>();

        /** @param likely in nanoseconds, the most to believe of the first few: they may come from a busy machine alone */
        Recent(double likely) {
            this.likely = likely;
        }

        void add(Duration duration) {
            durations.add(duration);
            if (durations.size() > KEPT) {
                durations.remove();
            }
        }

        double leastNanos() {
            if (durations.size() < WARM) {
                return 0;
            }
            double least = durations.stream()
                    .mapToDouble(duration -> (double) duration.toNanos())
                    .min()
                    .orElse(0);
            return durations.size() < KEPT ? Math.min(least, likely) : least;
        }
    }

    Pace(Duration interval) {
        this.interval = interval;
    }

    void glanced(Duration took, Duration sinceLast) {
        glances.add(took);
        credit = Math.min(
                MOST_CREDIT, credit + SHARE * Math.max(0, (double) sinceLast.toNanos()) - glances.leastNanos());
    }

    void readLocks(Duration took) {
        reads.add(took);
        credit = Math.max(-2 * MOST_CREDIT, credit - reads.leastNanos());
    }

    /**
     * Whether the lock table is to be read now.
     *
     * @param news whether a session did something that may have taken a lock
     * @param since the time since it was last read
     */
    boolean isDue(boolean news, Duration since) {
        double cost = reads.leastNanos();
        return news
                ? credit > -MOST_CREDIT || since.compareTo(atLeast(LATEST_ON_NEWS, cost / SHARE_OF_NEWS)) >= 0
                : credit >= MOST_CREDIT / 2 + cost
                        || since.compareTo(atLeast(RAREST, Math.min(cost / SHARE_WITHOUT_NEWS, MOST_RARELY))) >= 0;
    }

    private static Duration atLeast(Duration least, double nanos) {
        return Duration.ofNanos(Math.max(least.toNanos(), (long) nanos));
    }

    /** The time from the beginning of one look at the sessions to the beginning of the next. */
    Duration period() {
        long nanos = Math.max(interval.toNanos(), (long) (glances.leastNanos() / SHARE_OF_GLANCES));
        return Duration.ofNanos(Math.min(nanos, interval.toNanos() * SLOWEST));
    }

    /** Looks that should come at this distance and come further apart have missed something. */
    static Duration longestBetween(Duration period) {
        return period.multipliedBy(4).plusMillis(500);
    }

    /** How long to wait before trying again after so many failures in a row. */
    Duration backOff(int failures) {
        return Duration.ofMillis(Math.min(5_000, 100L << Math.min(10, failures - 1)));
    }
}
